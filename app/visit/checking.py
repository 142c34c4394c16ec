"""Whether a visit can be priced at all: everything that is wrong with it, at once."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import Problem, Problems
from app.money import figure
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, MenuItem, VisitRules
from app.tariff.texts import words
from app.visit.days import no_visits
from app.visit.migration import choices_of
from app.visit.migration_lines import too_many
from app.visit.work import VisitRequest, Work
from app.words import _

# The order in which refusals are told, the gravest first.
REFUSALS = ("bad-input", "individual-quote", "edition-unknown", "no-rule")

MOST_DEVICES = 10_000  # nobody sets up more at one visit; larger numbers are slips of the keyboard
MOST_APPS = 1_000
MOST_DISPATCHES = 1_000
MOST_GB = 1_000_000_000


def checked_edition(request: VisitRequest, catalogue: Catalogue) -> tuple[Edition, VisitRules]:
    """The edition and the rules that price a visit. Raises UserError as ``price_visit`` tells."""
    problems = Problems()
    edition: Edition | None = None
    catalogue.service(request.service)
    with problems.collecting():
        edition = catalogue.priced_edition(request.service, request.on)
    known = edition or _first_priced(request.service, catalogue)
    rules = known.visit if known else None
    menu = {item.code: item for item in rules.menu} if rules else _all_menus(catalogue)
    problems.extend(_counts(request))
    for place, work in enumerate(request.work):
        problems.extend(_work_problems(work, menu), under=f"work.{place}")
    if rules is None:
        problems.extend((no_visits(catalogue, request.service),))
    elif rules.migration is not None and not any(problem.code == "bad-input" for problem in problems):
        choices = choices_of(
            rules.migration, lambda name: catalogue.choice(request.service, name, request.on)
        )
        for item in rules.menu:
            if item.price is None:
                problems.extend(too_many(rules.migration, request.work, item.code, choices))
    problems.raise_if_any(REFUSALS)
    assert edition is not None
    assert rules is not None
    return edition, rules


def _first_priced(service: str, catalogue: Catalogue) -> Edition | None:
    """The first edition with printed prices: its menu tells which codes exist before it too."""
    return next((one for one in catalogue.service(service).editions if one.priced), None)


def _all_menus(catalogue: Catalogue) -> dict[str, MenuItem]:
    """The codes of every service's menu, for services whose terms know no visits."""
    return {
        item.code: item
        for service in catalogue.services()
        for edition in service.editions
        if edition.visit is not None
        for item in edition.visit.menu
    }


def _counts(request: VisitRequest) -> Iterator[Problem]:
    if not 1 <= request.dispatches <= MOST_DISPATCHES:
        yield _wrong_number(_("派遣回数"), MOST_DISPATCHES, "dispatches")


def _work_problems(work: Work, menu: dict[str, MenuItem]) -> Iterator[Problem]:
    if not 1 <= work.devices <= MOST_DEVICES:
        yield _wrong_number(_("台数"), MOST_DEVICES, "devices")
    if not 1 <= work.apps <= MOST_APPS:
        yield _wrong_number(_("アプリ数"), MOST_APPS, "apps")
    named = {code for code, item in menu.items() if not item.automatic}
    for place, code in enumerate(work.menu):
        if code not in named:
            yield Problem(
                "bad-input",
                _("「{code}」は訪問サポートのメニューにありません。").format(code=code[:40]),
                remedy=_("次の中からお選びください：{names}").format(names=_("、").join(sorted(named))),
                field=f"menu.{place}",
            )
        elif code in work.menu[:place]:
            yield Problem(
                "bad-input",
                _("「{name}」が二重に入っています。").format(name=words(menu[code].name)),
                remedy=_("一方を取り除いてください。"),
                field=f"menu.{place}",
            )
    migrates = any(code in named and menu[code].price is None for code in work.menu)
    yield from _migration_problems(work, migrates=migrates)


def _migration_problems(work: Work, *, migrates: bool) -> Iterator[Problem]:
    if work.migrate_gb is None:
        if migrates:
            yield Problem(
                "bad-input",
                _("データ移行の容量がありません。"),
                remedy=_("1台あたりのGB数を入力してください。"),
                field="migrate_gb",
            )
    elif not 0 < work.migrate_gb <= MOST_GB:
        yield Problem(
            "bad-input",
            _("データ移行の容量が正しくありません。"),
            remedy=_("1台あたりのGB数を、0より大きい数で入力してください。"),
            field="migrate_gb",
        )
    if work.by_hand is not None and not migrates:
        yield Problem(
            "bad-input",
            _("個別見積の単価は、データ移行のある作業にだけ入力できます。"),
            remedy=_("データ移行を加えるか、単価を取り除いてください。"),
            field="by_hand",
        )


def _wrong_number(name: str, most: int, field: str) -> Problem:
    return Problem(
        "bad-input",
        _("{name}は1から{most}までの整数です。").format(name=name, most=figure(most)),
        field=field,
    )
