"""Files of this computer: taken in as attachments, written out again."""

from __future__ import annotations

from pathlib import Path

from app.contract.attachments import MOST_BYTES, too_large
from app.contract.beside import Attachment, Subject
from app.errors import EnvironmentProblem
from app.usecases.desk import Desk
from app.usecases.keep_beside import attach, attached
from app.words import _


def attach_file(desk: Desk, subject: Subject, subject_id: str, path: Path) -> Attachment:
    """Store a copy of a file inside; the file itself stays where it is.

    Raises UserError as ``attach``, EnvironmentProblem ``file-unreadable``.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise too_large(path.name, size)
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file-unreadable",
            _("「{name}」を読み込めません。").format(name=path.name),
            remedy=_("ファイルがあるか、ほかのプログラムで開いていないかを確かめてください。"),
        ) from error
    return attach(desk, subject, subject_id, path.name, data)


def save_copy(desk: Desk, attachment: Attachment, path: Path) -> Path:
    """Write an attachment to a file, byte for byte. Raises EnvironmentProblem ``file-unwritable``."""
    data = attached(desk, attachment.id)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem(
            "file-unwritable",
            _("「{name}」に保存できません。").format(name=path.name),
            kept=_("添付は元のまま残っています。"),
            remedy=_("保存先の空き容量と、書き込めるフォルダーかどうかを確かめてください。"),
        ) from error
    return path
