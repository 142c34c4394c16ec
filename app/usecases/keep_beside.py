"""Keep what stands beside a contract, a customer or a quotation: call notes, scans and photos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

import msgspec

from app.contract.attachments import LONGEST_NAME, check_file
from app.contract.beside import Attachment, CallNote, Subject
from app.errors import Problem, Problems, UserError
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _

LONGEST_TEXT: Final = 4_000
LONGEST_STEP: Final = 200


@dataclass(frozen=True)
class NoteWritten:
    """What somebody wrote: what was said, what is to be done next, by whom (staff id), until when."""

    text: str
    next_step: str = ""
    owner: str = ""
    due_on: date | None = None


def notes_of(desk: Desk, subject: Subject, subject_id: str) -> list[CallNote]:
    """The notes of a subject, the newest first."""
    with desk.storage.look() as work:
        return work.beside.notes_of(subject, subject_id)


def add_note(desk: Desk, subject: Subject, subject_id: str, written: NoteWritten) -> CallNote:
    """Store a note. Raises UserError with every problem."""
    written = _tidy(written)
    _check(written)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        staff = who(work.settings.load())
        note = work.beside.add_note(
            CallNote(
                id="",
                version=1,
                subject=subject,
                subject_id=subject_id,
                at=desk.now(),
                staff=staff,
                text=written.text,
                next_step=written.next_step,
                owner=written.owner,
                due_on=written.due_on,
            )
        )
        work.audit.record(staff, "note-added", subject_id, {"note": note.id})
        work.commit()
    return note


def change_note(desk: Desk, note: CallNote, written: NoteWritten) -> CallNote:
    """Store other words of a note. Raises UserError, ConflictError when another window changed it first."""
    written = _tidy(written)
    _check(written)
    return _save(
        desk,
        msgspec.structs.replace(
            note,
            text=written.text,
            next_step=written.next_step,
            owner=written.owner,
            due_on=written.due_on,
        ),
        "note-changed",
    )


def set_done(desk: Desk, note: CallNote, *, done: bool) -> CallNote:
    """The next step was done, or is open again."""
    return _save(
        desk,
        msgspec.structs.replace(note, done_at=desk.now() if done else None),
        "note-done" if done else "note-reopened",
    )


def _save(desk: Desk, note: CallNote, what: str) -> CallNote:
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        stored = work.beside.save_note(note)
        work.audit.record(who(work.settings.load()), what, note.subject_id, {"note": note.id})
        work.commit()
    return stored


def _tidy(written: NoteWritten) -> NoteWritten:
    return NoteWritten(written.text.strip(), written.next_step.strip(), written.owner, written.due_on)


def _check(written: NoteWritten) -> None:
    problems = Problems()
    if not written.text:
        problems.add(
            "bad-input",
            _("メモの内容がありません。"),
            remedy=_("お話の内容を入力してください。"),
            field="text",
        )
    for text, most, label, field in (
        (written.text, LONGEST_TEXT, _("メモ"), "text"),
        (written.next_step, LONGEST_STEP, _("次にすること"), "next_step"),
    ):
        if len(text) > most:
            problems.add(
                "bad-input",
                _("{label}が長すぎます（{length}文字）。").format(label=label, length=f"{len(text):,}"),
                remedy=_("{most}文字以内にしてください。").format(most=f"{most:,}"),
                field=field,
            )
    if (written.due_on or written.owner) and not written.next_step:
        problems.add(
            "bad-input",
            _("期日や担当だけでは、何をするのか分かりません。"),
            remedy=_("次にすることを入力してください。"),
            field="next_step",
        )
    problems.raise_if_any()


# --- scans and photos ----------------------------------------------------------------------------------


def attachments_of(desk: Desk, subject: Subject, subject_id: str) -> list[Attachment]:
    """What is attached, the newest first."""
    with desk.storage.look() as work:
        return work.beside.attachments_of(subject, subject_id)


def attach(
    desk: Desk, subject: Subject, subject_id: str, name: str, data: bytes, note: str = ""
) -> Attachment:
    """Store a file inside, with its SHA-256.

    Raises UserError: ``file-empty``, ``file-too-large``, ``file-type``, ``already-attached``.
    """
    media_type = check_file(name, data)
    digest = sha256(data).hexdigest()
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        twin = next(
            (one for one in work.beside.attachments_of(subject, subject_id) if one.sha256 == digest), None
        )
        if twin is not None:
            raise UserError(
                Problem(
                    "already-attached",
                    _("「{name}」は添付済みです。").format(name=name),
                    why=_("同じ内容のファイル「{name}」があります。").format(name=twin.name),
                    field="file",
                )
            )
        staff = who(work.settings.load())
        stored = work.beside.attach(
            Attachment(
                id="",
                subject=subject,
                subject_id=subject_id,
                name=file_name(name),
                media_type=media_type,
                size=len(data),
                sha256=digest,
                at=desk.now(),
                staff=staff,
                note=note.strip(),
            ),
            data,
        )
        work.audit.record(staff, "file-attached", subject_id, {"attachment": stored.id, "sha256": digest})
        work.commit()
    return stored


def attached(desk: Desk, attachment_id: str) -> bytes:
    """The bytes as they were stored. EnvironmentProblem ``attachment-damaged``."""
    with desk.storage.look() as work:
        return work.beside.attached(attachment_id)


def remove_attachment(desk: Desk, attachment: Attachment, why: str) -> None:
    """Show a file no longer; it stays stored with the reason. UserError ``bad-input`` without a reason."""
    why = why.strip()
    if not why:
        raise UserError(
            Problem(
                "bad-input",
                _("外す理由がありません。"),
                remedy=_("理由を入力してください。例：別のお客さまの書類"),
                field="why",
            )
        )
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        work.beside.remove_attachment(attachment.id, why)
        staff = who(work.settings.load())
        work.audit.record(staff, "file-removed", attachment.subject_id, {"attachment": attachment.id})
        work.commit()


def put_back(desk: Desk, attachment: Attachment) -> Attachment:
    """Show a removed file again: its bytes are stored once more under the same name, day and staff, for the
    removal and its reason stay in the record.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        data = work.beside.attached(attachment.id)
        stored = work.beside.attach(msgspec.structs.replace(attachment, id="", removed=""), data)
        detail = {"attachment": stored.id, "before": attachment.id}
        work.audit.record(who(work.settings.load()), "file-put-back", attachment.subject_id, detail)
        work.commit()
    return stored


def file_name(name: str) -> str:
    """A name without folders and control characters, cut before its ending when it is too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable()).strip()
    if len(plain) <= LONGEST_NAME:
        return plain or _("名称なし")
    stem, dot, ending = plain.rpartition(".")
    return stem[: LONGEST_NAME - len(ending) - 2] + "…" + dot + ending
