"""What the import shows in sheets: problems by row, and earlier imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.days import date_words, month_words
from app.tariff.clauses import clause_words
from app.usecases.bill_contract import month_of
from app.words import _
from ui.widgets.sheet import Line, SheetColumn, SheetRow, SheetSection

if TYPE_CHECKING:
    from app.contract.imported import Import
    from app.usecases.import_ledger import Trial
    from app.usecases.ledger_rows import RowProblem

MOST_SHOWN = 500


def problem_columns() -> list[SheetColumn]:
    """Of `problem_sections`."""
    return [
        SheetColumn(_("行"), ems=5, right=True),
        SheetColumn(_("列"), ems=10),
        SheetColumn(_("いまの内容"), share=3),
        SheetColumn(_("直すこと"), share=6),
    ]


def problem_sections(problems: Sequence[RowProblem]) -> list[SheetSection]:
    """Every problem with its row in the file; the first ones where there are very many."""
    return [SheetSection("", tuple(_problem(one) for one in problems[:MOST_SHOWN]))]


def _problem(one: RowProblem) -> SheetRow:
    said = [Line(one.what, "panel-bold")]
    if one.remedy:
        said.append(Line(one.remedy, "panel", "text2"))
    if one.clause:
        said.append(Line(clause_words(one.clause), "caption", "text3"))
    return SheetRow(
        (
            (Line(str(one.row), "panel", "text2"),),
            (Line(one.name or _("行全体"), "panel"),),
            (Line(one.found or "—", "panel", "danger" if one.found else "text3"),),
            tuple(said),
        )
    )


def import_columns() -> list[SheetColumn]:
    """Of `import_sections`."""
    return [
        SheetColumn(_("取り込んだ日"), ems=13),
        SheetColumn(_("ファイル"), share=4),
        SheetColumn(_("内容"), share=5),
        SheetColumn("", ems=10, right=True),
    ]


def import_sections(imports: Iterable[Import]) -> list[SheetSection]:
    """Earlier imports; the link of one that stands takes it back."""
    return [SheetSection("", tuple(_import(one) for one in imports))]


def _import(one: Import) -> SheetRow:
    undone = one.undone_at is not None
    tone = "text3" if undone else "text"
    when = date_words(one.at.date(), weekday=False)
    return SheetRow(
        (
            (Line(when, "panel", tone),),
            (Line(one.file_name, "panel", tone),),
            (Line(counts(one.customers, one.contracts, one.facts), "panel", tone),),
            (Line(_("取消し済み") if undone else _("取り消す"), "panel", "text3" if undone else "accent"),),
        ),
        link=None if undone else one,
    )


def counts(customers: int, contracts: int, facts: int) -> str:
    """`顧客 3件・契約 5件・できごと 9件`."""
    return _("顧客 {customers}件・契約 {contracts}件・できごと {facts}件").format(
        customers=f"{customers:,}", contracts=f"{contracts:,}", facts=f"{facts:,}"
    )


def verdict(trial: Trial) -> tuple[str, str, str, str]:
    """Meaning, icon, title and detail of the strip over a trial's result."""
    if trial.problems:
        rows = len({problem.row for problem in trial.problems})
        return (
            "danger",
            "circle-alert",
            _("直すところが{count}件あります（{rows}行）").format(count=len(trial.problems), rows=rows),
            _("台帳を直して保存してから「もう一度試す」を押してください。まだ何も取り込んでいません。"),
        )
    told = counts(len(trial.new), len(trial.contracts), trial.facts)
    detail = [
        _("まだ何も取り込んでいません。"),
        _("{month}分から当店で請求し、それより前の月はほかで請求済みとして扱います。").format(
            month=month_words(month_of(trial.billed_from))
        ),
    ]
    if trial.known:
        detail.append(_("登録済みの顧客{count}件には、契約だけを加えます。").format(count=len(trial.known)))
    if trial.namesakes:
        some = "、".join(str(number) for number in trial.namesakes[:10])
        detail.append(
            _(
                "同じ名前で電話番号か住所が違う顧客があります（{rows}行目）。別の顧客として登録します。"
            ).format(rows=some)
        )
    return "good", "circle-check", _("取り込めます：{counts}").format(counts=told), "".join(detail)
