"""個人情報の消去: lets all go that tells who a customer was, once nothing of it has to be kept any longer.

Numbers, days and amounts stay for the books, and tombstones with salted hashes in both chains, so that
everything left can still be proved. Nothing is ever erased in part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.days import date_words
from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.issuer import Settings
from app.papers.retention import retention_of
from app.usecases.desk import Desk
from app.usecases.erasure_ports import Holding
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import N_, _

_GOES: Final = (
    ("contract", N_("契約の内容と履歴")), ("quotation", N_("見積の内容")), ("visit", N_("訪問の内容・報告・署名")),
    ("equipment", N_("機器")), ("note", N_("通話メモ")), ("attachment", N_("添付ファイル")),
    ("paper", N_("発行済み書類のPDFと宛名")),
)  # fmt: skip
_STAYS: Final = (("bill", N_("請求の金額")), ("payment", N_("入金の金額")))
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class ErasurePlan:
    """Whether a customer may be erased, and what that means. ``problems``: what forbids it, all at once;
    ``until``: the last day something has to be kept (None: nothing has to); ``goes`` and ``stays``: what
    there is of each, as words and number.
    """

    customer_id: str
    name: str
    version: int
    problems: tuple[Problem, ...]
    until: date | None
    goes: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Erased:
    """What was erased. ``links``: details of the audit that went; ``left``: why bytes may still lie in the
    file itself, None when they don't.
    """

    papers: int
    links: int
    left: EnvironmentProblem | None = None


def kept_until(holding: Holding, settings: Settings) -> date | None:
    """The last day anything of it has to be kept; None where nothing has to."""
    return max((retention_of(one.day, settings).until for one in holding.days), default=None)


def plan_erasure(desk: Desk, customer_id: str) -> ErasurePlan:
    """What erasing a customer would mean today. UserError ``not-found``, ``erased``."""
    with desk.storage.look() as work:
        customer = work.customers.get(customer_id)
        holding, settings = work.erasures.holding(customer_id), work.settings.load()
    until = kept_until(holding, settings)
    counts = holding.counts
    return ErasurePlan(
        customer_id=customer_id,
        name=customer.fields.name,
        version=customer.version,
        problems=tuple(_problems(holding, settings, desk.today())),
        until=until,
        goes=((_("顧客（連絡先・拠点・届出を含む）"), len(holding.customers)), *_counted(_GOES, counts)),
        stays=_counted(_STAYS, counts),
    )


def _counted(kinds: tuple[tuple[str, str], ...], counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((_(name), counts[kind]) for kind, name in kinds if counts.get(kind))


def erase_customer(desk: Desk, customer_id: str, version: int, reason: str) -> Erased:
    """Erase for good. ``version``: the customer's, as it was seen when that was decided.

    Raises UserError with every problem: ``no-reason``, ``contract-running``, ``money-open``, ``visit-open``,
    ``visit-carried``, ``retention``; ``erased``, ``not-permitted``; ConflictError ``conflict``.
    """
    reason = reason.strip()
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.ERASE)
        customer = work.customers.get(customer_id)
        holding = work.erasures.holding(customer_id)
        problems = [*_missing(reason), *_problems(holding, settings, desk.today())]
        if problems:
            raise UserError(*problems)
        if customer.version != version:
            raise _changed()
        links = work.erasures.erase(customer_id, who(settings), reason)
        papers = holding.counts.get("paper", 0)
        detail = {"reason": reason, "papers": papers, "links": links}
        work.audit.record(who(settings), "customer-erased", customer_id, detail)
        work.commit()
    return replace(Erased(papers, links), left=_scrubbed(desk))


def _scrubbed(desk: Desk) -> EnvironmentProblem | None:
    """The erasure stands whatever comes of this: only freed bytes are at stake."""
    try:
        desk.storage.scrub()
    except EnvironmentProblem as problem:
        return problem
    return None


def _missing(reason: str) -> Iterator[Problem]:
    if not reason:
        yield Problem(
            "no-reason",
            _("消去する理由が入力されていません。"),
            remedy=_("「本人の求め」「保存期間の満了」など、あとから分かる理由を入力してください。"),
            field="reason",
        )


def _problems(holding: Holding, settings: Settings, today: date) -> Iterator[Problem]:
    if holding.running:
        yield Problem(
            "contract-running",
            _("終わっていない契約があります。"),
            why=_named(holding.running),
            remedy=_("契約が終わってから消去してください。"),
        )
    if holding.open_money:
        yield Problem(
            "money-open",
            _("精算の済んでいない契約があります。"),
            why=_named(holding.open_money),
            remedy=_("入金・前受・次の請求に加える記録・締め前の請求を片付けてから消去してください。"),
        )
    if holding.open_visits:
        yield Problem(
            "visit-open",
            _("終わっていない訪問があります。"),
            why=_named(holding.open_visits),
            remedy=_("訪問を完了するか中止してから消去してください。"),
        )
    if holding.carried:
        yield Problem(
            "visit-carried",
            _("持出中の訪問があります。"),
            why=_named(holding.carried),
            remedy=_("持ち帰りを取り込んでから消去してください。"),
        )
    until = kept_until(holding, settings)
    if until is not None and today <= until:
        last = max(holding.days, key=lambda one: one.day)
        why = _("「{name}」（{day}）などの取引の記録と書類を、{years}年間保存するためです。").format(
            name=last.name, day=date_words(last.day, weekday=False), years=settings.papers.retention_years
        )
        yield Problem(
            "retention",
            _("法令による保存期間が、{until}まで続きます。").format(until=date_words(until, weekday=False)),
            why=why,
            remedy=_("{day}から消去できます。").format(
                day=date_words(until + timedelta(days=1), weekday=False)
            ),
        )


def _named(numbers: tuple[str, ...]) -> str:
    shown = _("、").join(numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    return shown if more <= 0 else _("{shown} ほか{count}件").format(shown=shown, count=more)


def _changed() -> UserError:
    from app.errors import ConflictError

    return ConflictError(
        Problem(
            "conflict",
            _("確認のあとで、この顧客の内容が変更されています。"),
            why=_("消去はしていません。"),
            remedy=_("開き直して確かめてから、もう一度消去してください。"),
        )
    )
