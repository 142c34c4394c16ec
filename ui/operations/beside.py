"""Writes about what stands beside a contract or a customer: notes, scans and photos, devices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.contract.beside import Attachment, CallNote, Equipment, EquipmentFields, Subject
    from app.usecases.keep_beside import NoteWritten


def add_note(desk: Desk, subject: Subject, subject_id: str, written: NoteWritten) -> Outcome[CallNote]:
    """Store a note."""
    from app.usecases.keep_beside import add_note as add

    return Outcome(add(desk, subject, subject_id, written), _beside(subject, subject_id))


def change_note(desk: Desk, note: CallNote, written: NoteWritten) -> Outcome[CallNote]:
    """Store other words of a note."""
    from app.usecases.keep_beside import change_note as change

    return Outcome(change(desk, note, written), _beside(note.subject, note.subject_id))


def set_note_done(desk: Desk, note: CallNote, done: bool) -> Outcome[CallNote]:
    """The next step was done, or is open again."""
    from app.usecases.keep_beside import set_done

    return Outcome(set_done(desk, note, done=done), _beside(note.subject, note.subject_id))


def attach_file(desk: Desk, subject: Subject, subject_id: str, path: Path) -> Outcome[Attachment]:
    """Store a copy of a file inside. Raises UserError, EnvironmentProblem ``file-unreadable``."""
    from app.usecases.attach_file import attach_file as attach

    return Outcome(attach(desk, subject, subject_id, path), _beside(subject, subject_id))


def remove_attachment(desk: Desk, attachment: Attachment, why: str) -> Outcome[Attachment]:
    """Show a file no longer."""
    from app.usecases.keep_beside import remove_attachment as remove

    remove(desk, attachment, why)
    return Outcome(attachment, _beside(attachment.subject, attachment.subject_id))


def put_attachment_back(desk: Desk, attachment: Attachment) -> Outcome[Attachment]:
    """Show a removed file again."""
    from app.usecases.keep_beside import put_back

    return Outcome(put_back(desk, attachment), _beside(attachment.subject, attachment.subject_id))


def save_copy(desk: Desk, attachment: Attachment, path: Path) -> Outcome[Path]:
    """Write a file out again, byte for byte. Raises EnvironmentProblem ``file-unwritable``."""
    from app.usecases.attach_file import save_copy as save

    return Outcome(save(desk, attachment, path), Changed())


def add_device(desk: Desk, contract_id: str, fields: EquipmentFields) -> Outcome[Equipment]:
    """Store a device."""
    from app.usecases.keep_equipment import add_device as add

    return Outcome(add(desk, contract_id, fields), Changed(contracts=frozenset({contract_id})))


def change_device(desk: Desk, device: Equipment, fields: EquipmentFields) -> Outcome[Equipment]:
    """Store other fields of a device."""
    from app.usecases.keep_equipment import change_device as change

    stored = change(desk, device, fields)
    return Outcome(stored, Changed(contracts=frozenset({device.contract_id})))


def strike_device_out(desk: Desk, device: Equipment, why: str) -> Outcome[Equipment]:
    """Leave a device away that never belonged here."""
    from app.usecases.keep_equipment import strike_out

    return Outcome(strike_out(desk, device, why), Changed(contracts=frozenset({device.contract_id})))


def put_device_back(desk: Desk, device: Equipment) -> Outcome[Equipment]:
    """A device that was struck out belongs to the contract after all."""
    from app.usecases.keep_equipment import put_device_back as put_back

    return Outcome(put_back(desk, device), Changed(contracts=frozenset({device.contract_id})))


def _beside(subject: Subject, subject_id: str) -> Changed:
    """Who shows the subject, or next steps, reads again."""
    ids = frozenset({subject_id})
    return Changed(
        contracts=ids if subject == "contract" else frozenset(),
        customers=ids if subject == "customer" else frozenset(),
        notes=True,
    )
