"""Lists tell fees by the year apart from those by the month, and a draft that is not finished yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns. What is stored keeps 0 until it is opened and saved again."""
    op.add_column("quotations", sa.Column("yearly_net", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("quotations", sa.Column("open_items", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("quotations", "open_items")
    op.drop_column("quotations", "yearly_net")
