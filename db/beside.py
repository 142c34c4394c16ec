"""What is kept beside contracts, customers and quotations: equipment, call notes, attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.beside import Attachment, CallNote, DueNote, Equipment, EquipmentFields, Subject
from app.errors import EnvironmentProblem
from app.folding import fold
from app.words import _
from db.base import Session, conflict, next_seq, not_found, refuse_stale
from db.contract_tables import attachment_bytes, attachments, contracts, equipment, notes
from db.ids import uuid7
from db.payloads import pack, unpack
from db.sqlite import among
from db.tables import customers, quotations

_NAMES: Final[dict[str, sa.Select[Any]]] = {
    "contract": sa.select(contracts.c.id, contracts.c.customer, contracts.c.number).where(
        contracts.c.hidden == ""
    ),
    "customer": sa.select(customers.c.id, customers.c.name, sa.literal("")).where(customers.c.hidden == ""),
    "quotation": sa.select(quotations.c.id, quotations.c.customer, sa.func.coalesce(quotations.c.number, "")),
}
"""What a note is about: id, whose, number."""


class BesideTable:
    """``app.usecases.ports.BesideRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def equipment_of(self, contract_id: str) -> list[Equipment]:
        """The devices of a contract in the order they were entered."""
        return self._devices(equipment.c.contract_id == contract_id)

    def with_serial(self, serial: str) -> list[Equipment]:
        """Devices of any contract with a serial number, however its letters are written."""
        key = fold(serial)
        return self._devices(equipment.c.serial_key == key) if key else []

    def add_equipment(self, contract_id: str, fields: EquipmentFields) -> Equipment:
        """Enter a device. UserError ``not-found`` where there is no such contract."""
        if self._connection.scalar(sa.select(contracts.c.id).where(contracts.c.id == contract_id)) is None:
            raise not_found()
        device = Equipment(id=uuid7(), version=1, contract_id=contract_id, fields=fields)
        self._connection.execute(
            equipment.insert(), equipment_row(device, next_seq(self._connection, "equipment"))
        )
        return device

    def save_equipment(self, equipment_id: str, version: int, fields: EquipmentFields) -> Equipment:
        """Store changed fields. ConflictError; UserError ``not-found``."""
        refuse_stale(self._connection, equipment, equipment_id, version)
        contract_id = self._connection.scalar(
            equipment.update()
            .where(equipment.c.id == equipment_id, equipment.c.version == version)
            .values(version=version + 1, **_device_columns(fields))
            .returning(equipment.c.contract_id)
        )
        if contract_id is None:
            raise conflict()
        return Equipment(id=equipment_id, version=version + 1, contract_id=contract_id, fields=fields)

    def notes_of(self, subject: Subject, subject_id: str) -> list[CallNote]:
        """The notes on a contract, customer or quotation, the newest first."""
        found = self._connection.execute(
            sa.select(notes)
            .where(notes.c.subject_id == subject_id, notes.c.subject == subject)
            .order_by(notes.c.at.desc(), notes.c.id.desc())
        )
        return [CallNote(**row) for row in found.mappings()]

    def add_note(self, note: CallNote) -> CallNote:
        """Store a note as version 1; without an id it gets one."""
        new = msgspec.structs.replace(note, id=note.id or uuid7(), version=1)
        self._connection.execute(notes.insert(), msgspec.structs.asdict(new))
        return new

    def save_note(self, note: CallNote) -> CallNote:
        """Store a changed note; ``version`` as last seen. ConflictError; UserError ``not-found``."""
        refuse_stale(self._connection, notes, note.id, note.version)
        new = msgspec.structs.replace(note, version=note.version + 1)
        done = self._connection.execute(
            notes.update()
            .where(notes.c.id == note.id, notes.c.version == note.version)
            .values(msgspec.structs.asdict(new))
        )
        if done.rowcount != 1:
            raise conflict()
        return new

    def due_notes(self, until: date) -> list[DueNote]:
        """Open next steps due by a day, the earliest first; of what lists don't show, none."""
        found = self._connection.execute(
            sa.select(notes)
            .where(notes.c.done_at.is_(None), notes.c.due_on <= until)
            .order_by(notes.c.due_on, notes.c.at, notes.c.id)
        )
        due = [CallNote(**row) for row in found.mappings()]
        names = self._names(due)
        return [
            DueNote(note=note, customer=names[note.subject_id][0], number=names[note.subject_id][1])
            for note in due
            if note.subject_id in names
        ]

    def _names(self, due: Sequence[CallNote]) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for subject, statement in _NAMES.items():
            ids = [note.subject_id for note in due if note.subject == subject]
            if ids:
                table = statement.columns_clause_froms[0]
                rows = self._connection.execute(statement.where(among(table.c.id, ids)))
                found |= {row[0]: (row[1], row[2]) for row in rows}
        return found

    def attachments_of(self, subject: Subject, subject_id: str) -> list[Attachment]:
        """The attachments, without those removed, the newest first."""
        found = self._connection.execute(
            sa.select(attachments)
            .where(
                attachments.c.subject_id == subject_id,
                attachments.c.subject == subject,
                attachments.c.removed == "",
            )
            .order_by(attachments.c.at.desc(), attachments.c.id.desc())
        )
        return [Attachment(**row) for row in found.mappings()]

    def attach(self, attachment: Attachment, data: bytes) -> Attachment:
        """Store bytes with their size and SHA-256, which are worked out here; without an id it gets one."""
        new = msgspec.structs.replace(
            attachment,
            id=attachment.id or uuid7(),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            removed="",
        )
        self._connection.execute(attachments.insert(), msgspec.structs.asdict(new))
        self._connection.execute(attachment_bytes.insert(), {"attachment_id": new.id, "data": data})
        return new

    def attached(self, attachment_id: str) -> bytes:
        """The bytes as they came, also of one that was removed.

        Raises UserError ``not-found``, and EnvironmentProblem ``attachment-damaged`` when they don't match
        their SHA-256.
        """
        row = self._connection.execute(
            sa.select(attachments.c.name, attachments.c.sha256, attachment_bytes.c.data)
            .join_from(attachments, attachment_bytes)
            .where(attachments.c.id == attachment_id)
        ).first()
        if row is None:
            raise not_found()
        data = bytes(row.data)
        if hashlib.sha256(data).hexdigest() != row.sha256:
            raise EnvironmentProblem(
                "attachment-damaged",
                _("添付ファイル「{name}」が、保存したときの内容と一致しません。").format(name=row.name),
                kept=_("保管されている内容は変えていません。"),
                remedy=_("「backups」フォルダーにある控えから取り出してください。"),
            )
        return data

    def remove_attachment(self, attachment_id: str, why: str) -> None:
        """Show it no longer; its bytes stay. UserError ``not-found`` (also when it was removed before).

        ValueError without a reason.
        """
        if not why:
            raise ValueError("removing needs a reason")
        done = self._connection.execute(
            attachments.update()
            .where(attachments.c.id == attachment_id, attachments.c.removed == "")
            .values(removed=why)
        )
        if done.rowcount != 1:
            raise not_found()

    def _devices(self, condition: sa.ColumnElement[bool]) -> list[Equipment]:
        found = self._connection.execute(
            sa.select(equipment.c.id, equipment.c.version, equipment.c.contract_id, equipment.c.fields)
            .where(condition)
            .order_by(equipment.c.seq)
        )
        return [
            Equipment(
                id=row.id,
                version=row.version,
                contract_id=row.contract_id,
                fields=unpack(EquipmentFields, row.fields),
            )
            for row in found
        ]


def equipment_row(device: Equipment, seq: int) -> dict[str, Any]:
    """The row of a device."""
    return {
        "id": device.id,
        "seq": seq,
        "version": device.version,
        "contract_id": device.contract_id,
        **_device_columns(device.fields),
    }


def _device_columns(fields: EquipmentFields) -> dict[str, Any]:
    return {"kind": fields.kind, "serial_key": fold(fields.serial), "fields": pack(fields)}
