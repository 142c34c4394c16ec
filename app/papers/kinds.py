"""The kinds of paper, by the letter of their numbers."""

from __future__ import annotations

from typing import Final

from app.words import N_, _

TITLES: Final = {
    "Q": N_("見積書"),
    "V": N_("比較見積書"),
    "E": N_("重要事項説明書"),
    "A": N_("申込内容確認書"),
    "C": N_("契約内容確認書"),
    "F": N_("料金計算書"),
    "B": N_("請求書"),
    "T": N_("適格請求書"),
    "H": N_("適格返還請求書"),
    "S": N_("解約精算書"),
    "P": N_("支払証明書"),
    "D": N_("預り証"),
    "L": N_("送付状"),
    "N": N_("規約改定のお知らせ"),
    "W": N_("訪問作業指示書"),
    "K": N_("作業前確認書"),
    "R": N_("作業完了報告書"),
}


def title_of(kind: str) -> str:
    """What a kind of paper is called, in the language in use; the letter itself for an unknown one."""
    return _(TITLES[kind]) if kind in TITLES else kind
