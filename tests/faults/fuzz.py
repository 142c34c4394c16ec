"""Files nobody made with care: whatever a reader gets, it reads it or says what is wrong, soon and small."""

from __future__ import annotations

import base64
import hashlib
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import policy
from email.parser import BytesParser
from functools import cache
from io import BytesIO
from pathlib import Path

import icalendar
import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from app.answers.questions import answer_lines
from app.contract.attachments import check_file
from app.errors import EnvironmentProblem, UserError
from app.papers.terms_loading import read_terms
from app.places import resources
from app.strict_json import read_json
from app.tariff.parse import parse
from app.usecases.carry_box import MAGIC, Header, _key, _vouched, unseal
from app.usecases.ledger_file import read_ledger
from app.usecases.mail_draft import MailDraft, mail_bytes
from app.usecases.quote_request import read_request
from db.folder import DATABASE_FILE, KEY_FILE
from db.keys import KeyStore
from db.restore import plan_restore
from reports.images import picture
from tests.faults.power import Found
from tests.fresh import fresh_storage
from tests.shipped import catalogue

MOST_SECONDS = 10.0
"""No single file may keep the processor busy longer."""

_PASSPHRASE = "正しい馬の電池とホチキス"

Edit = tuple[int, float, bytes]


@dataclass(frozen=True)
class Reader:
    """Something that reads files. ``seeds``: good ones, from which bad ones are made."""

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


@cache
def readers(folder: Path) -> tuple[Reader, ...]:
    """Everything of the program that reads bytes from outside."""
    folder.mkdir(parents=True, exist_ok=True)
    tariffs = tuple(path.read_bytes() for path in sorted((resources() / "tariffs").glob("*.toml")))
    terms = tuple(path.read_bytes() for path in sorted((resources() / "terms").glob("*.toml")))
    pictures = (_png(40, 40), _png(3, 900), _bomb(30_000, 30_000))
    request = b'{"customer": {"name": "x"}, "services": [{"service": "mihariban", "items": {"license": 5}}]}'
    question = (
        b'{"ask": "bill", "service": "mihariban", "contract": {"start": "2026-08-01"}, "months": ["2026-09"]}'
    )
    return (
        Reader("tariff files", lambda data: parse(data, Path("own.toml")), tariffs),
        Reader("terms files", lambda data: read_terms(data, Path("own.toml")), terms),
        Reader("quotation requests", _request, (request,)),
        Reader("questions of answer", _answer, (question,)),
        Reader("images", lambda data: picture(data, "seal"), pictures),
        Reader("attachments", lambda data: check_file("scan.pdf", data), (*pictures, b"%PDF-1.7\n")),
        Reader("ledgers (CSV)", _in_file(folder / "ledger.csv", read_ledger), _tables()),
        Reader("ledgers (Excel)", _in_file(folder / "ledger.xlsx", read_ledger), (_workbook(), _zip_bomb())),
        Reader("visits carried in", lambda data: unseal(data, _PASSPHRASE), (_box(),)),
        Reader("backups", _Backups(folder / "backups").read, _Backups(folder / "backups").seeds),
        Reader("letters (.eml)", _mail, ("髙橋\r\nBcc: x@example.com".encode(),)),
        Reader("calendars", _calendar, ("解約の期限\nBEGIN:VALARM".encode(),)),
    )


def fuzzed(reader: Reader, count: int, chance: int) -> Found:
    """So many files for one reader."""
    found = Found(f"files: {reader.name}")
    longest = [0.0]

    @seed(chance)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=False,
    )  # fmt: skip
    @given(_files(reader.seeds))
    def read(data: bytes) -> None:
        found.tried += 1
        began = time.process_time()
        try:
            reader.read(data)
        except (UserError, EnvironmentProblem):
            pass
        except Exception as error:
            found.lost.append(f"{type(error).__name__}: {error!s:.120} ({len(data)} bytes)")
        longest[0] = max(longest[0], time.process_time() - began)

    read()
    for good in reader.seeds:  # the good ones, and the worst we know of
        read.hypothesis.inner_test(good)  # type: ignore[attr-defined]
    if longest[0] > MOST_SECONDS:
        found.lost.append(f"one file took {longest[0]:.1f} s")
    return found


def _files(seeds: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    edits = st.lists(
        st.tuples(st.integers(0, 5), st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=12)),
        min_size=1,
        max_size=6,
    )
    mutated = st.builds(_edited, st.sampled_from(seeds), edits)
    return st.one_of(mutated, mutated, mutated, st.binary(max_size=200))


def _edited(data: bytes, edits: list[Edit]) -> bytes:
    """Turned over, put in, taken out, cut off, doubled, or with something hostile in it."""
    changed = bytearray(data)
    for kind, place, piece in edits:
        at = int(place * (len(changed) or 1))
        if kind == 0 and changed:
            changed[min(at, len(changed) - 1)] ^= piece[0] or 1
        elif kind == 1:
            changed[at:at] = piece
        elif kind == 2:
            del changed[at : at + len(piece) * 9]
        elif kind == 3:
            del changed[at:]
        elif kind == 4:
            changed[at:at] = changed[: min(at, 2_000)]
        else:
            changed[at:at] = _HOSTILE[piece[0] % len(_HOSTILE)]
    return bytes(changed)


_HOSTILE = (
    b"\x00", b"\xff\xfe", b"9" * 400, b"-1", b"1e999", b"[" * 300, b"{" * 300, b'"', b"\n=cmd|'/c calc'!A1\n",
    "𠮷".encode() + b"\xe2\x80\xae", b"0000-99-99", b"null", b"<!ENTITY a 'b'>", b"../../../x", b"inf",
    b"\r\n",
)  # fmt: skip


# --- readers that need a little more


def _request(data: bytes) -> object:
    try:
        document, _doubled = read_json(data)
    except (ValueError, RecursionError):
        return None  # the command tells it with ``why_unreadable``
    return read_request(document, date(2026, 11, 20))


def _answer(data: bytes) -> object:
    return list(answer_lines([data], catalogue(), date(2026, 11, 20)))


def _in_file(path: Path, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def reading(data: bytes) -> object:
        path.write_bytes(data)
        return read(path)

    return reading


class _Backups:
    """Backups of a small desk, looked into before somebody goes back to one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "madoguchi-20261120-143200-000000.db"
        if not (folder / KEY_FILE).exists():
            fresh_storage(folder).close()
        self._key = KeyStore(folder).unlock()
        self.seeds = ((folder / DATABASE_FILE).read_bytes(),)

    def read(self, data: bytes) -> object:
        """What going back to it would lose."""
        self._path.write_bytes(data)
        return plan_restore(self._folder / "nothing.db", self._key, self._path, 0.1)


def _mail(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    draft = MailDraft(
        to="taro@example.com", subject=text, body=text, at=datetime(2026, 11, 20, 12, tzinfo=UTC),
        file_name=text, pdf=b"%PDF",
    )  # fmt: skip
    mail = BytesParser(policy=policy.default).parsebytes(mail_bytes(draft))
    extra = set(mail.keys()) - {"X-Unsent", "Date", "To", "Subject", "MIME-Version", "Content-Type"}
    if extra:
        raise AssertionError(f"a header came in: {extra}")


def _calendar(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    event = icalendar.Event()
    event.add("summary", text)
    event.add("description", text)
    outer = icalendar.Calendar()
    outer.add_component(event)
    read = icalendar.Calendar.from_ical(outer.to_ical())
    if [one.name for one in read.walk()] != ["VCALENDAR", "VEVENT"]:
        raise AssertionError("a component came in")


# --- good files, and some that are meant to hurt


def _png(width: int, height: int) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGBA", (width, height), (200, 40, 40, 255)).save(out, "PNG")
    return out.getvalue()


def _bomb(width: int, height: int) -> bytes:
    """A picture of 900 million pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def _tables() -> tuple[bytes, ...]:
    text = "顧客名,サービス,開始日,数量\n髙橋精工,見張り番,2026-08-01,15\n=1+1,@x,R8.8.1,五\n"
    return text.encode("utf-8-sig"), text.replace("髙", "高").encode("cp932"), b"a,b\n1,2\n"


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("顧客名", "サービス"), ("髙橋精工", "見張り番"), ("=1+1", "@x")):
        book.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _zip_bomb() -> bytes:
    """A workbook whose sheet unpacks to two gigabytes."""
    good, out = BytesIO(_workbook()), BytesIO()
    with zipfile.ZipFile(good) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in book.namelist():
            if not name.startswith("xl/worksheets"):
                bomb.writestr(name, book.read(name))
        with bomb.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in _gigabytes():
                sheet.write(piece)
    return out.getvalue()


def _gigabytes() -> Iterator[bytes]:
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    piece = b"<row><c><v>1</v></c></row>" * 40_000
    for _megabyte in range(300):
        yield piece
    yield b"</sheetData></worksheet>"


def _box() -> bytes:
    """A box whose key costs little, so that many can be tried."""
    light = Header(
        passes=1, lanes=1, memory_kib=64, salt="c2FsdHNhbHRzYWx0c2FsdA==", nonce="bm9uY2Vub25jZQ=="
    )
    closed = AESGCM(_key(light, _PASSPHRASE)).encrypt(
        base64.b64decode(light.nonce), zlib.compress(b'{"visits": []}'), _vouched(light)
    )
    header = msgspec.structs.replace(light, sha256=hashlib.sha256(closed).hexdigest())
    return b"".join((MAGIC, msgspec.json.encode(header), b"\n", closed))
