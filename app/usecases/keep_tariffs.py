"""Keep tariff files of the owner's own: check one, add it, take one away. Issued quotations never change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.errors import Problem, UserError
from app.places import private_folder, unwritable, write_atomically
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.tariff.model import Edition, Service
    from app.tariff.problems import TariffProblem
    from app.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class TariffFile:
    """A file somebody wants to add, read and checked.

    ``problems``: everything wrong with it; then nothing else is said. ``service``: as it will be, with the
    file's editions. ``new``: no service of its code was known. ``after``: the catalogue as it will be.
    """

    path: Path
    data: bytes
    problems: tuple[TariffProblem, ...] = ()
    service: Service | None = None
    editions: tuple[Edition, ...] = ()
    new: bool = False
    after: Catalogue | None = None

    def predecessor(self, edition: Edition) -> Edition | None:
        """The edition whose place this one takes: the last earlier one with prices, else the last earlier
        one, else (an edition before all others) the next later one of others; None in a new service.
        """
        if self.service is None:
            return None
        start = edition.start or date.min
        others = [one for one in self.service.editions if one is not edition and one != edition]
        earlier = [one for one in others if (one.start or date.min) < start]
        priced = [one for one in earlier if one.priced]
        return (priced or earlier or others or [None])[-1]  # type: ignore[list-item]


@dataclass(frozen=True)
class RemovedFile:
    """A file that was taken away, so that it can be put back, and the readings whose choice went with it."""

    name: str
    data: bytes
    readings: tuple[str, ...]


def check_file(desk: Desk, path: Path) -> TariffFile:
    """Read and check a file somebody chose, together with the files of its service that are there already.

    Raises EnvironmentProblem when it can't be read.
    """
    from app.tariff.parse import MAX_BYTES, unreadable

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    return check_data(desk, path, data)


def check_data(desk: Desk, path: Path, data: bytes) -> TariffFile:
    """Check the bytes of a file called ``path``."""
    from app.tariff.editions import oldest_first
    from app.tariff.model import Service
    from app.tariff.parse import parse, read, together

    content, problems = parse(data, path)
    if content is None:
        return TariffFile(path, data, tuple(problems))
    before = desk.catalogue.anew()
    beside = [one for one in before.files(content.code) if not _same_file(one, path)]
    if len(beside) < len(before.files(content.code)):
        return TariffFile(path, data, (_already_there(path),))
    others = []
    for other in beside:
        known, wrong = read(other)
        problems += wrong
        if known is not None:
            others.append((other, known))
    problems += together([*others, (path, content)])
    if problems:
        return TariffFile(path, data, tuple(problems))
    head = next(one for _path, one in [*others, (path, content)] if isinstance(one, Service))
    editions = [edition for _path, one in [*others, (path, content)] for edition in one.editions]
    service = msgspec.structs.replace(head, editions=oldest_first(editions))
    after = before.anew(added=path)
    return TariffFile(path, data, (), service, oldest_first(content.editions), not others, after)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _already_there(path: Path) -> TariffProblem:
    from app.tariff.problems import TariffProblem

    return TariffProblem(
        path,
        "",
        _("このファイルは、すでに料金表のフォルダーにあります"),
        _("ほかの場所にあるファイルを選んでください"),
    )


def add_file(desk: Desk, file: TariffFile) -> Path:
    """Copy a checked file into the owner's folder and work with it from now on. Returns where it is kept.

    It is checked once more, for another window may have added something meanwhile. Raises UserError
    (``tariff-file`` with every problem, ``no-tariff-folder``) and EnvironmentProblem; then everything is as
    it was.
    """
    now = check_data(desk, file.path, file.data)
    if now.problems or now.service is None:
        raise UserError(*(problem.as_problem() for problem in now.problems))
    folder = private_folder(_own_folder(desk))
    code = now.service.code
    target = _free_name(folder, code, now.editions)
    detail = {
        "file": target.name,
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "editions": [str(edition.start or "") for edition in now.editions],
    }
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.TARIFFS)
        work.audit.record(who(work.settings.load()), "tariff-added", code, detail)
        write_atomically(target, file.data)
        try:
            catalogue = desk.catalogue.anew()
            catalogue.service(code)  # as everybody will read it
            work.contracts.look_again(desk.today(), (code,))
            work.commit()
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    desk.take_catalogue(catalogue)
    return target


def _own_folder(desk: Desk) -> Path:
    folder = desk.catalogue.own_folder
    if folder is None:
        raise UserError(
            Problem(
                "no-tariff-folder",
                _("料金表を追加するフォルダーがありません。"),
                remedy=_("データの置き場所を決めて開き直してください。"),
            )
        )
    return folder


def _free_name(folder: Path, code: str, editions: Iterable[Edition]) -> Path:
    """``mihariban-2027-04-01.toml``; a number after it where the name is taken."""
    start = next((edition.start for edition in editions if edition.start), None)
    stem = f"{code}-{start}" if start else code
    number = 1
    while (path := folder / (f"{stem}.toml" if number == 1 else f"{stem}-{number}.toml")).exists():
        number += 1
    return path


def remove_file(desk: Desk, path: Path) -> RemovedFile:
    """Take one of the owner's files away. Choices of readings nothing has any more are dropped with it.

    Raises UserError ``not-own-file`` for a file of the program, ``service-in-use`` for a service that has
    contracts, EnvironmentProblem; then everything is as it was.
    """
    if path not in desk.catalogue.own_files():
        raise UserError(
            Problem(
                "not-own-file",
                _("「{name}」は追加した料金表ではありません。").format(name=path.name),
                remedy=_("追加したファイルだけを外せます。"),
            )
        )
    catalogue = desk.catalogue.anew(left_out=path)
    lost = set(desk.catalogue.codes()) - set(catalogue.codes())
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.TARIFFS)
        for code in sorted(lost):
            _refuse_used(work, code)
        settings = work.settings.load()
        gone = tuple(
            name for name, choice in settings.readings.items() if not _is_known(catalogue, name, choice)
        )
        data = _taken_away(path)
        try:
            if gone:
                work.settings.save(
                    msgspec.structs.replace(
                        settings,
                        readings=_without(settings.readings, gone),
                        reading_reasons=_without(settings.reading_reasons, gone),
                    )
                )
            detail = {"file": path.name, "sha256": hashlib.sha256(data).hexdigest(), "readings": list(gone)}
            work.audit.record(who(settings), "tariff-removed", path.stem, detail)
            work.contracts.look_again(desk.today())
            work.commit()
        except BaseException:
            write_atomically(path, data)
            raise
    desk.take_catalogue(desk.catalogue.anew())
    return RemovedFile(path.name, data, gone)


def _refuse_used(work: UnitOfWork, code: str) -> None:
    """A service that has contracts must stay known: their charges follow its terms."""
    from app.contract.record import ContractQuery  # the window needs no contracts to show tariffs

    if len(work.contracts.seqs(ContractQuery(services=(code,)), 1)):
        raise UserError(
            Problem(
                "service-in-use",
                _("このサービスの契約があるため、料金表を外せません。"),
                why=_("契約の料金と期限は、この料金表から計算しています。"),
                remedy=_("料金が変わったときは、新しい改定版を追加してください。"),
            )
        )


def _taken_away(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        path.unlink()
    except OSError as error:
        raise unwritable(path, error) from error
    return data


def put_back(desk: Desk, removed: RemovedFile) -> Path:
    """Add a file again that was taken away."""
    return add_file(desk, check_data(desk, Path(removed.name), removed.data))


def _is_known(catalogue: Catalogue, name: str, choice: str) -> bool:
    try:
        catalogue.with_choices({name: choice})
    except UserError as error:
        return error.code != "bad-input"  # a file that is wrong may have it all the same
    return True


def _without(values: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name not in names}
