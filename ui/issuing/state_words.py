"""How a paper stands, in the words and colours of a chip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.words import _

if TYPE_CHECKING:
    from app.usecases.paper_stand import PaperStand

ChipWords = tuple[str, str, str]


def number_words(number: str, revision: int) -> str:
    """``B-HM1-2611-0012 第2版``; the first is not told."""
    return number if revision == 1 else _("{number} 第{revision}版").format(number=number, revision=revision)


def state_chip(stand: PaperStand | None) -> ChipWords:
    """Icon, word and meaning: 下書き, 承認待ち, 承認済み, 差し戻し, 発行済み."""
    if stand is None:
        return "pencil", _("下書き"), "neutral"
    if stand.same:
        return "circle-check", _("発行済み"), "good"
    state = stand.approval.state if stand.approval is not None and stand.needs_approval else ""
    if state == "asked":
        return "clock", _("承認待ち"), "note"
    if state == "approved":
        return "check", _("承認済み"), "good"
    if state == "refused":
        return "undo-2", _("差し戻し"), "warn"
    return "pencil", _("下書き"), "neutral"


def state_sentence(stand: PaperStand) -> tuple[str, str, str, str]:
    """Meaning, icon, a bold sentence and what to do next; words "" where there is nothing to say."""
    issued, approval = stand.issued, stand.approval
    if stand.same and issued is not None:
        return "good", "circle-check", number_words(issued.number, issued.revision), ""
    if stand.needs_approval and approval is not None and approval.state == "asked":
        told = _("{who}が依頼しました。承認されると発行できます。").format(
            who=approval.asked_by or _("担当者")
        )
        return "note", "clock", _("承認を待っています"), told
    if stand.needs_approval and approval is not None and approval.state == "approved":
        told = _("{who}が承認しました。この内容のまま発行できます。").format(
            who=approval.answered_by or _("担当者")
        )
        return "good", "check", _("承認されています"), told
    if stand.needs_approval and approval is not None and approval.state == "refused":
        return (
            "warn",
            "undo-2",
            _("差し戻されました"),
            approval.why or _("内容を直して、もう一度依頼してください。"),
        )
    if issued is not None:
        return (
            "warn",
            "history",
            _("{number}を発行したあとに、内容が変わっています").format(
                number=number_words(issued.number, issued.revision)
            ),
            _("発行すると次の版になります。前の版も残ります。"),
        )
    if stand.needs_approval:
        return (
            "note",
            "shield-check",
            _("発行の前に承認が必要です"),
            _("内容を確かめて「承認を依頼」を押してください。"),
        )
    return "note", "info", "", ""
