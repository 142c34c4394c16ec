"""The explanation of the important points (重要事項の説明): what is shown, signed, issued and recorded.

What the customer is shown is frozen by its digest; the signature is drawn into the paper, which is issued
(and hashed) in the same transaction as the step of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from app.contract.record import StoredContract
from app.errors import Problem, Problems, UserError
from app.papers.explanation import Explanation
from app.papers.model import Images, Paper
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.tariff.editions import stands_for
from app.usecases.desk import Desk
from app.usecases.make_paper import digest_of, images_in, issue_in, making_of
from app.usecases.record_entry import record_in
from app.usecases.work_on_site import check_signature
from app.words import _, speaking

KIND: Final = "E"


@dataclass(frozen=True)
class ToExplain:
    """The summary as the customer is shown it, with its pictures; ``digest`` names what it says."""

    paper: Paper
    images: Images
    digest: str


@dataclass(frozen=True)
class ExplanationMade:
    """The contract with the step, and the summary as it was issued."""

    contract: StoredContract
    paper: IssuedPaper


def show_terms(desk: Desk, contract_id: str, language: Literal["ja", "en"] = "ja") -> ToExplain:
    """The summary of a contract as it would be issued now. Raises UserError with what keeps it from being
    made.
    """
    with desk.storage.look() as work, speaking(language):
        making = making_of(desk, work, _request(contract_id, language))
        paper = making.make(None)
        return ToExplain(paper, images_in(work), digest_of(paper))


def record_explanation(
    desk: Desk,
    contract_id: str,
    version: int,
    told: Explanation,
    digest: str,
    language: Literal["ja", "en"] = "ja",
) -> ExplanationMade:
    """Issue the summary with the record of its explanation, and record the step, together or not at all.

    ``digest``: of what was shown. Raises ConflictError; UserError ``terms-changed`` where the summary says
    something else by now, ``signature-empty``, ``bad-input``, and what keeps the paper from being issued.
    """
    check_explanation(told).raise_if_any()
    with desk.storage.work() as work:
        stored = work.contracts.get(contract_id)
        with speaking(language):
            shown = making_of(desk, work, _request(contract_id, language)).make(None)
        if digest_of(shown) != digest:
            raise _changed()
        service = desk.catalogue_for(work.settings.load()).service(stored.content.service)
        start = stored.content.application.wished_start
        day = max(start, desk.today()) if start is not None else desk.today()
        edition = stands_for(service.editions, day).start
        paper = issue_in(desk, work, _request(contract_id, language, told))
        number = f"{paper.number}/{paper.revision}"
        step = told.step(edition, paper.id, number)
        changed = record_in(desk, work, contract_id, version, (step,))
        work.commit()
    return ExplanationMade(changed, paper)


def check_explanation(told: Explanation) -> Problems:
    """Whether it says who explained to whom; face to face it is signed, on the screen or on paper."""
    problems = Problems()
    if not told.by.strip():
        problems.add(
            "bad-input",
            _("説明した人の名前がありません。"),
            remedy=_("名前を入力してください。"),
            field="by",
        )
    signing = told.how == "in-person" or bool(told.strokes)
    if signing:
        problems.extend(check_signature(told.signer, told.strokes, told.on_paper))
    elif not told.signer.strip():
        problems.add(
            "bad-input",
            _("説明を受けた方の名前がありません。"),
            remedy=_("お名前を入力してください。"),
            field="name",
        )
    return problems


def _request(
    contract_id: str, language: Literal["ja", "en"], told: Explanation | None = None
) -> PaperRequest:
    options: dict[str, Any] = {} if told is None else {"explained": msgspec.to_builtins(told)}
    return PaperRequest(kind=KIND, subject=contract_id, language=language, options=options)


def _changed() -> UserError:
    return UserError(
        Problem(
            "terms-changed",
            _("お見せした重要事項説明書と、いまの内容が違います。"),
            why=_("説明のあいだに、契約・料金・設定のどれかが変わりました。"),
            remedy=_("いまの内容を見ていただいてから、もう一度記録してください。"),
        )
    )
