"""The record of an explanation (重要事項の説明) as the summary carries it: who, when, how, and the signature."""

from __future__ import annotations

from datetime import date, time
from typing import Final, Literal

import msgspec

from app.contract.steps import Explained
from app.papers.issuer import Settings
from app.papers.model import SignatureBox
from app.papers.parts import paper_date
from app.words import N_, _

HowTold = Literal["in-person", "phone", "online", "post", "e-mail"]
Strokes = tuple[tuple[tuple[int, int], ...], ...]

# In the order people choose from.
HOW_WORDS: Final[dict[HowTold, str]] = {
    "in-person": N_("対面"),
    "phone": N_("電話"),
    "online": N_("オンライン"),
    "post": N_("郵送"),
    "e-mail": N_("メール"),
}


class Explanation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is recorded of an explanation. ``on`` and ``at``: the day and minute; ``signer``: to whom it was
    given, who signed with ``strokes`` (hundredths of a millimetre) or on paper (``on_paper``: why).
    """

    on: date
    by: str
    signer: str
    at: time | None = None
    how: HowTold = "in-person"
    strokes: Strokes = ()
    on_paper: str = ""
    remark: str = ""

    def step(self, edition: date | None, paper_id: str, paper_number: str) -> Explained:
        """The step of the contract that records it."""
        return Explained(
            on=self.on,
            by=self.by.strip(),
            how=self.how,
            edition=edition,
            at=self.at,
            paper_id=paper_id,
            paper_number=paper_number,
            signer=self.signer.strip(),
            strokes=self.strokes,
            on_paper=self.on_paper.strip(),
            remark=self.remark.strip(),
        )


def how_words(how: HowTold) -> str:
    """対面, 電話 …."""
    return _(HOW_WORDS[how])


def when_words(told: Explanation, settings: Settings) -> str:
    """``2026年11月20日（金） 14:32``; the day alone where the minute is not known."""
    day = paper_date(told.on, settings.company)
    return f"{day} {told.at:%H:%M}" if told.at is not None else day


def signed_box(told: Explanation | None, settings: Settings) -> SignatureBox:
    """Where the customer signs that they were told, with the signature where it was given."""
    words, label = _("重要事項の説明を受け、内容を確認しました。"), _("お客さまご署名")
    if told is None:
        return SignatureBox(words, label, "", _("　　年　　月　　日"))
    if told.on_paper.strip():
        label = _("お客さまご署名  用紙にいただきました（{why}）").format(why=told.on_paper.strip())
    signed = bool(told.strokes or told.on_paper.strip())
    name = _with_honorific(told.signer) if signed else ""
    when = when_words(told, settings) if told.strokes else _("　　年　　月　　日")
    return SignatureBox(words, label, name, when, told.strokes)


def _with_honorific(name: str) -> str:
    name = name.strip()
    return _("{name} 様").format(name=name) if name and not name.endswith("様") else name
