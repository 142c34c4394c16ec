"""Everything of the program that reads bytes from outside, with good files to begin from."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from email import message_from_bytes
from pathlib import Path
from random import Random

import icalendar
import msgspec

from app.answers.questions import answer_line, as_line
from app.answers.telling import tell
from app.contract.attachments import check_file
from app.contract.beside import Attachment
from app.contract.customer import CustomerFields
from app.contract.record import ContractState, DeadlineDay, DeadlineRow
from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.terms_loading import read_terms
from app.places import resources
from app.quote.pricing import price_quotation
from app.strict_json import read_json
from app.tariff.parse import parse
from app.usecases.carry_box import unseal
from app.usecases.carry_visits import pack_day, unpack
from app.usecases.export_calendar import calendar_file
from app.usecases.ledger_columns import guess_columns, missing
from app.usecases.ledger_file import read_ledger
from app.usecases.ledger_rows import understand
from app.usecases.mail_draft import MailDraft, mail_bytes
from app.usecases.quote_request import read_request
from db.backups import Note, file_at
from db.folder import DATABASE_FILE
from db.keys import KeyStore
from db.own_tariffs import files_beside, pack_path
from db.restore import plan_restore
from db.sqlite import connect
from reports.images import picture
from tests.faults import traps
from tests.faults.edits import edited, edited_json
from tests.faults.fuzz import Reader
from tests.faults.sealed import PASSPHRASE, Pages, box
from tests.fresh import fresh_storage
from tests.shipped import EXAMPLES, ROOT, TODAY, catalogue
from tests.workbooks import PARTS, SHEET, sheet, workbook, zipped

_NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _shipped(folder: str) -> tuple[bytes, ...]:
    """The files that ship, the short ones more often: reading one takes long in proportion to its length."""
    files = sorted((path.read_bytes() for path in (resources() / folder).glob("*.toml")), key=len)
    return (*files[:3] * 3, *files[3:])


def _tariffs(_folder: Path) -> Reader:
    files = _shipped("tariffs")

    def read(data: bytes) -> None:
        _content, problems = parse(data, Path("own.toml"))
        if problems:
            raise UserError(*problems)

    return Reader("tariff files", read, files)


def _terms(_folder: Path) -> Reader:
    files = _shipped("terms")
    return Reader("terms files", lambda data: read_terms(data, Path("own.toml")), files)


def _requests(_folder: Path) -> Reader:
    examples = tuple((ROOT / "docs" / "examples" / f"{name}.json").read_bytes() for name in EXAMPLES)

    def read(data: bytes) -> object:
        try:
            document, _doubled = read_json(data)
        except (ValueError, RecursionError):
            return read_request(None, TODAY)  # the command tells it with ``why_unreadable``
        return price_quotation(read_request(document, TODAY).content, catalogue(), TODAY)

    return Reader("quotation requests", read, examples, edited_json)


def _questions(_folder: Path) -> Reader:
    """``answer`` and ``explain``: what they find to be a bug of ours must not be found."""
    shortest: dict[str, list[bytes]] = {}
    for path in sorted((ROOT / "tests" / "golden").glob("*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            question = json.dumps({name: case[name] for name in ("ask", "given")}, ensure_ascii=False)
            shortest.setdefault(case["ask"], []).append(question.encode())

    def read(data: bytes) -> None:
        reply = answer_line(data, catalogue(), TODAY)
        as_line(reply)
        document = json.loads(data) if "answer" in reply else {}
        list(tell(document, reply, catalogue()))
        refusal = reply.get("error")
        if isinstance(refusal, dict):
            if refusal["code"] == "bug":
                raise AssertionError("an answer was a bug")
            raise UserError(Problem(str(refusal["code"]), "", field=str(refusal.get("clause"))))

    seeds = tuple(
        one for many in shortest.values() for one in sorted(many, key=len)[:: max(1, len(many) // 6)]
    )
    return Reader("questions of answer, explain", read, seeds, edited_json)


def _images(_folder: Path) -> Reader:
    good = (traps.image("PNG"), traps.image("JPEG"), traps.image("PNG", 3, 900), traps.many_pixels())
    return Reader("images", lambda data: picture(data, "seal"), good, traps=(traps.most_pixels,))


def _attachments(_folder: Path) -> Reader:
    good = (*(traps.image(kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")), b"%PDF-1.7\n")
    return Reader("attachments", lambda data: check_file("scan.pdf", data), good)


def _previews(_folder: Path) -> Reader:
    """Attachments as they are shown: a picture of each that can be drawn, of a size that fits any memory."""
    from ui.contracts.beside.file_preview import picture_of_file

    def read(data: bytes) -> None:
        kind = check_file("scan.pdf", data)
        one = Attachment(
            id="1", subject="contract", subject_id="1", name="x", media_type=kind, size=len(data), sha256="",
            at=_NOW, staff="",
        )  # fmt: skip
        if picture_of_file(one, data).image.isNull():
            raise EnvironmentProblem("not-shown", "")

    kinds = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
    good = (*(traps.image(kind) for kind in kinds), *(traps.pdf(size) for size in ("595 842", "9 99999")))
    return Reader(
        "attachments, shown", read, good, traps=(traps.most_pixels, traps.many_pixels, traps.large_page)
    )


def _ledger(path: Path) -> Callable[[bytes], object]:
    """A ledger as the import takes it: rows, columns, and what they say."""

    def read(data: bytes) -> None:
        path.write_bytes(data)
        ledger = read_ledger(path)
        columns = guess_columns(ledger.heads)
        if not missing(columns):
            understand(ledger, columns, catalogue(), TODAY)

    return read


def _tables(folder: Path) -> Reader:
    text = (
        "管理番号,お客様名,〒,サービス,数量,利用開始日,解約日,異動区分,異動日,備考\n"
        "7,髙橋精工,541-0053,見張り番,15,2026-08-01,,,,\n7,髙橋精工,,見張り番,18,,,変更,R8.10.1,=1+1\n"
        "8,実商店,,どこでもプライム,五,令和8年5月20日,2026/11/30,,,@x\n"
    )
    seeds = (text.encode("utf-8-sig"), text.replace("髙", "高").encode("cp932"), b"a,b\n1,2\n")
    return Reader("ledgers (CSV)", _ledger(folder / "ledger.csv"), seeds, traps=traps.LONG_TABLES)


def _workbooks(folder: Path) -> Reader:
    seeds = (workbook(packed=True), workbook())
    return Reader("ledgers (Excel)", _ledger(folder / "outside.xlsx"), seeds, traps=traps.HEAVY_BOOKS)


def _workbook_parts(folder: Path) -> Reader:
    """One part is bad, in an archive that is good. A file is the part's name in a line, and the part."""
    read_book = _ledger(folder / "inside.xlsx")

    def read(data: bytes) -> None:
        name, _line, part = data.partition(b"\n")
        read_book(workbook({name.decode(errors="replace"): part}))

    def edit(data: bytes, chance: Random) -> bytes:
        name, line, part = data.partition(b"\n")
        return name + line + edited(part, chance)

    parts = {**PARTS, SHEET: sheet()}.items()
    seeds = tuple(f"{name}\n{part}".encode() for name, part in parts)
    several = (f"{SHEET}\n{sheet(size='A1')}".encode(),) * len(seeds)
    return Reader("ledgers (Excel), inside", read, (*seeds, *several), edit)


def _boxes(_folder: Path) -> Reader:
    packed = zlib.compress(b'{"visits": []}')

    def edit(data: bytes, chance: Random) -> bytes:
        return edited(data, chance) if chance.random() < 0.3 else box(edited(packed, chance))

    return Reader(
        "visits carried in", lambda data: unseal(data, PASSPHRASE), (box(packed),), edit, (traps.heavy_box,)
    )


def _packs(folder: Path) -> Reader:
    from tests.app.usecases import visits

    desk = visits.desk_with(folder / "home")
    person = visits.technicians(desk, "大西 航")[0]
    owner = visits.customer(desk)
    contract = visits.contract(desk, owner)
    visits.confirmed(desk, owner, person, visits.span("13", "14"), contract_id=contract.id)
    packed = unseal(pack_day(desk, [person.id], visits.TUESDAY, visits.TUESDAY, PASSPHRASE), PASSPHRASE)
    desk.storage.close()
    laptop = visits.desk_with(folder / "laptop")
    return Reader(
        "visits carried in, inside",
        lambda data: unpack(laptop, box(zlib.compress(data, 1)), PASSPHRASE),
        (packed,),
        edited_json,
        close=laptop.storage.close,
    )


class _Desk:
    """A small database, backups of it, and what going back to one would lose."""

    def __init__(self, folder: Path) -> None:
        storage = fresh_storage(folder)
        with storage.work() as work:
            for name in ("髙橋精工", "実商店", "田村工業"):
                made = work.customers.add(CustomerFields(name=name))
                work.audit.record("田村", "customer-saved", made.id, {"name": name})
            work.commit()
        storage.close()
        self.key = KeyStore(folder).unlock()
        self.whole = (folder / DATABASE_FILE).read_bytes()
        self.small = self._small(folder / "small.db")
        self._current = folder / DATABASE_FILE
        self._path = folder / "madoguchi-20261120-143200-000000.db"

    def _small(self, path: Path) -> bytes:
        """The database with the tables alone that are looked into: as of an early schema, and soon read."""
        kept = {"customers", "audit", "counters", "alembic_version"}
        path.write_bytes(self.whole)
        with closing(connect(path, self.key, 0.1)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            listed = (
                "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index', 'view', 'table')"
            )
            found = connection.execute(listed).fetchall()
            for kind, name in sorted(found, key=lambda one: one[0] == "table"):
                there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchall()
                if there and name not in kept and not name.startswith("sqlite_"):
                    connection.execute(f'DROP {kind} "{name}"')
            connection.execute("VACUUM")
        return path.read_bytes()

    def read(self, data: bytes) -> None:
        """What going back would lose. A backup that is not sound is told as one that is refused."""
        self._path.write_bytes(data)
        plan = plan_restore(self._current, self.key, self._path, 0.1)
        if plan.problems:
            raise EnvironmentProblem("backup-unsound", plan.problems[0])


def _backups(folder: Path) -> Reader:
    desk = _Desk(folder / "desk")
    return Reader("backups", desk.read, (*(desk.small,) * 99, desk.whole))


def _backup_pages(folder: Path) -> Reader:
    desk = _Desk(folder / "desk")
    return Reader("backups, inside", desk.read, (desk.small,), Pages(desk.key).inside)


def _tariff_packs(folder: Path) -> Reader:
    """The owner's own tariff files beside a backup, and the note of what it holds."""
    backup = folder / "madoguchi-20261120-143200-000000.db"
    backup.write_bytes(b"")
    files = {"own.toml": b"x = 1\n" * 20, "料金.toml": b"y = 2\n"}
    seeds = tuple(zipped(files.items(), packed=packed) for packed in (True, False))

    def read(data: bytes) -> None:
        if data[:1] == b"{":
            backup.with_name(f"{backup.name}.json").write_bytes(data)
            file_at(backup)
        else:
            pack_path(backup).write_bytes(data)
            files_beside(backup, ())

    note = Note(made_at=_NOW, size=0, schema="0009", counts={"customers": 3}, tariffs=("own.toml",))
    return Reader("tariff files of backups", read, (*seeds, msgspec.json.encode(note)))


def _letters(_folder: Path) -> Reader:
    """Letters are only written; what a mail program reads in them must be what was meant."""

    def read(data: bytes) -> None:
        text = data.decode("utf-8", errors="replace")[:400]  # names that long can't be stored
        draft = MailDraft(
            to="taro@example.com", subject=text, body=text, at=_NOW, file_name=text, pdf=b"%PDF"
        )
        mail = message_from_bytes(mail_bytes(draft))
        extra = set(mail.keys()) - {"X-Unsent", "Date", "To", "Subject", "MIME-Version", "Content-Type"}
        if extra or len(list(mail.walk())) != 3:
            raise AssertionError(f"something came in: {extra}")

    return Reader("letters (.eml)", read, ("髙橋\r\nBcc: x@example.com\r\n\r\n--=".encode(),))


def _calendars(_folder: Path) -> Reader:
    """As letters: one deadline stays one, whatever its customer is called."""
    deadline = DeadlineDay(code="notice", on=date(2026, 12, 1))

    def read(data: bytes) -> None:
        text = data.decode("utf-8", errors="replace")
        row = DeadlineRow(
            contract_id="contract-1", number=text, customer=text, phone=text, service="mdr-ndr",
            state=ContractState.ACTIVE, deadline=deadline,
        )  # fmt: skip
        written = calendar_file([row], {}, _NOW)
        lines = written.replace(b"\r\n ", b"").split(b"\r\n")
        begun = [line for line in lines if line.upper().startswith((b"BEGIN:", b"END:"))]
        if begun != good or b"\n" in b"".join(lines) or b"\r" in b"".join(lines):
            raise AssertionError("a line came in")
        if zlib.crc32(data) % 8 == 0:  # seldom: reading takes longer than writing
            found = icalendar.Calendar.from_ical(written).walk("VEVENT")
            if len(found) != 1 or found[0].name != "VEVENT":
                raise AssertionError("an event came in")

    alarm = [b"BEGIN:VALARM", b"END:VALARM"]
    good = [b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", *alarm * 2, b"END:VEVENT", b"END:VCALENDAR"]
    seeds = ("髙橋\r\nEND:VEVENT\r\nBEGIN:VALARM\r\n;X=1:\\n,\\".encode(),)
    return Reader("calendars", read, seeds)


MAKERS: dict[str, Callable[[Path], Reader]] = {
    "tariffs": _tariffs,
    "terms": _terms,
    "requests": _requests,
    "questions": _questions,
    "images": _images,
    "attachments": _attachments,
    "previews": _previews,
    "csv": _tables,
    "excel": _workbooks,
    "excel-inside": _workbook_parts,
    "visits": _boxes,
    "visits-inside": _packs,
    "backups": _backups,
    "backups-inside": _backup_pages,
    "backups-tariffs": _tariff_packs,
    "letters": _letters,
    "calendars": _calendars,
}


def reader(name: str, folder: Path) -> Reader:
    """One of ``MAKERS``, which may keep files in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    return MAKERS[name](folder)
