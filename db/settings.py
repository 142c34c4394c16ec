"""The settings of the company and the images that belong to them."""

from __future__ import annotations

from typing import Final

import msgspec
import sqlalchemy as sa

from app.papers.issuer import Settings
from db.base import Session, conflict
from db.payloads import pack, unpack
from db.staff_accounts import pins_exist
from db.tables import images, settings

_NAME: Final = "company"


class SettingsTable:
    """``app.usecases.ports.SettingsRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def load(self) -> Settings:
        """The settings; empty ones of version 0 before any were saved.

        Once anybody has a PIN, ``current_staff`` is who signed in at this window ("" before that), and no
        longer what stands in the row all windows share (docs/decisions/0012).
        """
        stored = self._stored()
        if not pins_exist(self._connection):
            return stored
        return msgspec.structs.replace(stored, current_staff=self._session.signed_in)

    def _stored(self) -> Settings:
        row = self._connection.execute(
            sa.select(settings.c.version, settings.c.content).where(settings.c.name == _NAME)
        ).first()
        if row is None:
            return Settings()
        return msgspec.structs.replace(unpack(Settings, row.content), version=row.version)

    def save(self, new: Settings) -> Settings:
        """Store settings that were loaded before. ConflictError when another window saved since. Who signed
        in at this window stays who it is, whatever they say.
        """
        changed = msgspec.structs.replace(new, version=new.version + 1)
        shared = changed
        if pins_exist(self._connection):
            shared = msgspec.structs.replace(changed, current_staff=self._stored().current_staff)
            changed = msgspec.structs.replace(changed, current_staff=self._session.signed_in)
        columns = {
            "version": changed.version,
            "updated_at": self._session.now(),
            "content": pack(shared),
        }
        if new.version == 0:
            if self.load().version:
                raise conflict()
            self._connection.execute(settings.insert(), {"name": _NAME, **columns})
            return changed
        done = self._connection.execute(
            settings.update()
            .where(settings.c.name == _NAME, settings.c.version == new.version)
            .values(columns)
        )
        if done.rowcount != 1:
            raise conflict()
        return changed

    def image(self, name: str) -> bytes | None:
        """An image (``seal``, ``logo``) as it was given, or None."""
        return self._connection.scalar(sa.select(images.c.data).where(images.c.name == name))

    def save_image(self, name: str, data: bytes | None) -> None:
        """Store an image in place of the one before; None takes it away."""
        self._connection.execute(images.delete().where(images.c.name == name))
        if data is not None:
            row = {"name": name, "updated_at": self._session.now(), "data": data}
            self._connection.execute(images.insert(), row)
