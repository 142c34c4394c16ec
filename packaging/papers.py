"""Every kind of paper for real data of each service: PDFs, and their pages side by side to look at.

    python packaging/papers.py FOLDER [--kinds BTS] [--provider] [--dpi 80] [--data FOLDER]

makes a demo desk (or takes one that ``main.py demo --data`` has made), issues one paper of each kind for each
service and writes ``<kind>-<service>.pdf`` and ``<kind>.png``. What was refused for every contract of a
service is told with its reasons. Names are invented.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PIL.Image import Image

    from app.quote.stored import IssuedPaper
    from app.usecases.desk import Desk

GAP = 8  # pixels between pages
GROUND = (150, 156, 160)
DEMO = ("--quotations", "40", "--contracts", "150", "--visits", "40")

Issue = Callable[[str], bytes]

_OPTIONS: dict[str, dict[str, Any]] = {
    "F": {"month": "2026-11"},
    "D": {
        "subject_kind": "contract",
        "purpose": "データ移行のため",
        "until": "2030-12-11",
        "condition": "外装に小さな傷が1か所あります",
        "handed_by": "髙橋 𠮷郎",
        "items": [
            {"name": "ノートパソコン（Latitude 5440）", "quantity": 2, "note": "電源アダプター付き"},
            {"name": "外付けSSD 1TB", "quantity": 1, "note": ""},
        ],
    },
    "L": {
        "subject_kind": "contract",
        "to": "billing",
        "greeting": "season",
        "about": "ご契約書類の送付",
        "enclosed": [
            {"title": "契約内容確認書", "number": "C-HM1-2611-0001", "copies": 1},
            {"title": "重要事項説明書", "number": "E-HM1-2611-0001", "copies": 1},
        ],
    },
}


@dataclass(frozen=True)
class Kind:
    """One kind of paper: what it is made from (ids by service), and how."""

    letter: str
    subjects: Callable[[str], Iterator[str]]
    issue: Issue


class Making:
    """Issues papers at a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._given_back: dict[str, str] = {}

    def kinds(self) -> Iterator[Kind]:
        """Every kind that can be made: those of the table, and those that are older than it."""
        from app.usecases.issue_visit_papers import issue_before, issue_order, issue_report
        from app.usecases.paper_makers import MAKERS

        yield Kind("Q", self._quotations, self._archived)
        for letter in MAKERS:
            if letter != "H":
                yield Kind(letter, self._subjects, self._issuing(letter))
        for letter, issue in (("W", issue_order), ("K", issue_before), ("R", issue_report)):
            yield Kind(letter, self._visits, self._issuing_visit(issue))
        yield Kind("N", self._contracts, self._letter)
        yield Kind("H", self._giving_back, self._issuing("H"))  # last: it closes a month more

    def services(self) -> list[str]:
        """The codes of all services."""
        return [one.code for one in self.desk.catalogue.services()]

    def _issuing(self, letter: str) -> Issue:
        from app.papers.request import PaperRequest
        from app.usecases.make_paper import issue_paper

        def issue(subject: str) -> bytes:
            asked = PaperRequest(kind=letter, subject=subject, options=self._options(letter, subject))
            return issue_paper(self.desk, asked).pdf

        return issue

    def _issuing_visit(self, issue: Callable[[Desk, str], IssuedPaper]) -> Issue:
        return lambda visit: issue(self.desk, visit).pdf

    def _options(self, letter: str, subject: str) -> dict[str, Any]:
        """What only this kind asks for."""
        if letter == "V":
            return self._compared(subject)
        return {**_OPTIONS.get(letter, {})}

    def _compared(self, quotation_id: str) -> dict[str, Any]:
        """Three services that the customer of a quotation could choose from."""
        from app.usecases.compare_services import Buyer, candidate_for_devices
        from app.usecases.comparison_choices import usual_services
        from app.usecases.paper_comparison import comparison_options

        with self.desk.storage.look() as work:
            entry = work.quotations.get(quotation_id).content.services[0]
        catalogue, start = self.desk.catalogue, entry.start or self.desk.today()
        services = usual_services(catalogue, (), 20, start)
        candidates = [candidate_for_devices(catalogue, service, 20, start) for service in services]
        return comparison_options(candidates, start, 24, Buyer())

    def _letter(self, contract_id: str) -> bytes:
        from app.errors import Problem, UserError
        from app.usecases.find_terms_change import changes_of, terms_change
        from app.usecases.tell_terms_change import letter_of

        with self.desk.storage.look() as work:
            service = work.contracts.get(contract_id).content.service
        days = changes_of(self.desk.catalogue, service)
        if not days:
            raise UserError(Problem("no-change", "no edition follows another"))
        change = terms_change(self.desk.catalogue, service, days[-1])
        paper, images = letter_of(self.desk, change, contract_id, self.desk.today())
        return self.desk.draw(paper, images)

    def _archived(self, paper_id: str) -> bytes:
        with self.desk.storage.look() as work:
            return work.papers.get(paper_id).pdf

    def _quotations(self, service: str) -> Iterator[str]:
        """Issued quotations of a service, the largest first, as ids of archived papers."""
        from app.quote.stored import QuotationQuery

        today = self.desk.today()
        with self.desk.storage.look() as work:
            seqs = work.quotations.seqs(QuotationQuery(sort="total"), today)
            for row in work.quotations.rows(seqs, today):
                revisions = work.quotations.revisions(row.id)
                if revisions and any(one.service == service for one in revisions[-1].content.services):
                    yield revisions[-1].paper_id

    def _contracts(self, service: str) -> Iterator[str]:
        """Contracts of a service: of one state after the other, so that each kind soon finds its own."""
        from app.contract.record import ContractQuery

        with self.desk.storage.look() as work:
            seqs = work.contracts.seqs(ContractQuery(services=(service,)))
            rows = work.contracts.rows(seqs)
        by_state: dict[str, list[str]] = {}
        for row in rows:
            by_state.setdefault(str(row.state), []).append(row.id)
        for place in range(max(map(len, by_state.values()), default=0)):
            yield from (ids[place] for ids in by_state.values() if place < len(ids))

    def _subjects(self, service: str) -> Iterator[str]:
        """What a paper may be about: contracts, their bills, their customers, quotations."""
        contracts = list(self._contracts(service))
        bills: list[str] = []
        customers: list[str] = []
        with self.desk.storage.look() as work:
            for contract in contracts:
                bills += [row.id for row in work.bills.rows_of_contract(contract)][-2:]
                customers.append(work.contracts.get(contract).customer_id)
        yield from self._drafts(service)
        yield from contracts
        yield from bills
        yield from dict.fromkeys(customers)

    def _giving_back(self, service: str) -> Iterator[str]:
        """The bill that gives back: of a contract the provider ended in a month that was closed already."""
        if not self._given_back:
            self._give_back()
        contract = self._given_back.get(service)
        if contract is not None:
            with self.desk.storage.look() as work:
                yield max(work.bills.rows_of_contract(contract), key=lambda row: str(row.month)).id

    def _give_back(self) -> None:
        from app.days import Month
        from app.usecases.close_month import close_month
        from app.usecases.run_month import run_month

        with self.desk.storage.look() as work:
            year, number = map(int, max(str(one.month) for one in work.bills.runs()).split("-"))
        last = Month(year, number)
        for service in self.services():
            ended = (
                one for one in self._contracts(service) if self._ends(one, last.first + timedelta(days=1))
            )
            contract = next(ended, None)
            if contract is not None:
                self._given_back[service] = contract
        later = self.desk.now() + timedelta(days=31)
        self.desk.now = lambda: later
        run = run_month(self.desk, last.plus(1))
        close_month(self.desk, run.id, run.version)

    def _ends(self, contract_id: str, on: date) -> bool:
        """Whether a contract could be ended on a day."""
        from app.contract.facts import Ended
        from app.errors import UserError
        from app.usecases.record_entry import record

        with self.desk.storage.look() as work:
            contract = work.contracts.get(contract_id)
            if not any(
                row.total > 0 and str(row.month) == f"{on:%Y-%m}"
                for row in work.bills.rows_of_contract(contract_id)
            ):
                return False
        try:
            record(
                self.desk, contract_id, contract.version, (Ended(on=on, by="company", reason="service-end"),)
            )
        except UserError:
            return False
        return True

    def _drafts(self, service: str) -> Iterator[str]:
        from app.quote.stored import QuotationQuery

        with self.desk.storage.look() as work:
            rows = work.quotations.rows(
                work.quotations.seqs(QuotationQuery(), self.desk.today()), self.desk.today()
            )
            contents = [(row.id, work.quotations.get(row.id).content) for row in rows]
        named = [key for key, content in contents if [one.service for one in content.services] == [service]]
        yield from named[:3]

    def _visits(self, service: str) -> Iterator[str]:
        from app.visit.order import VisitQuery

        with self.desk.storage.look() as work:
            rows = work.visits.rows(work.visits.seqs(VisitQuery(services=(service,))))
        yield from (row.id for row in rows)


def made(making: Making, wanted: str) -> Iterator[tuple[str, str, bytes | Counter[str]]]:
    """Letter, service and file of each paper, or why none could be made and how often."""
    from app.errors import UserError

    for kind in making.kinds():
        if wanted and kind.letter not in wanted:
            continue
        for service in making.services():
            refused: Counter[str] = Counter()
            for subject in kind.subjects(service):
                try:
                    yield kind.letter, service, kind.issue(subject)
                    break
                except UserError as error:
                    refused[error.code] += 1
            else:
                yield kind.letter, service, refused


def pages_of(pdf: bytes, dpi: int) -> list[Image]:
    """The pages of a file as pictures."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def side_by_side(pages: list[Image]) -> Image:
    """Pages in a row on a grey ground."""
    from PIL import Image

    width = sum(page.width + GAP for page in pages) + GAP
    sheet = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), GROUND)
    x = GAP
    for page in pages:
        sheet.paste(page, (x, GAP))
        x += page.width + GAP
    return sheet


def main(arguments: list[str]) -> int:
    """Make them; 1 where a kind could be made for no service at all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="", help="letters, all unless given")
    parser.add_argument("--dpi", type=int, default=80)
    parser.add_argument(
        "--provider", action="store_true", help="as the provider of all services, not an agent"
    )
    parser.add_argument("--data", type=Path, help="a folder that main.py demo has filled")
    args = parser.parse_args(arguments)
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        return _write(args, args.data or _demo(Path(scratch) / "demo"))


def _demo(folder: Path) -> Path:
    command = [sys.executable, str(ROOT / "main.py"), "demo", "--data", str(folder), *DEMO]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def _provide(desk: Desk) -> None:
    """Let the company be the provider itself: then it invoices."""
    import msgspec

    from app.papers.issuer import ServiceRole
    from app.usecases.keep_settings import save_settings

    roles = {one.code: ServiceRole(role="provider") for one in desk.catalogue.services()}
    save_settings(desk, msgspec.structs.replace(desk.settings(), roles=roles))


def _write(args: argparse.Namespace, data: Path) -> int:
    from main import Parts

    desk = Parts(data).desk()
    if args.provider:
        _provide(desk)
    found: dict[str, list[Image]] = {}
    try:
        for letter, service, paper in made(Making(desk), args.kinds):
            pages = found.setdefault(letter, [])
            if isinstance(paper, Counter):
                print(f"{letter} {service}: none ({', '.join(f'{code} {n}' for code, n in paper.items())})")
                continue
            (args.folder / f"{letter}-{service}.pdf").write_bytes(paper)
            new = pages_of(paper, args.dpi)
            print(f"{letter} {service}: {len(new)} pages, {len(paper) / 1024:.0f} KB")
            pages += new
    finally:
        desk.storage.close()
    for letter, pages in found.items():
        if pages:
            side_by_side(pages).save(args.folder / f"{letter}.png")
    return int(not all(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
