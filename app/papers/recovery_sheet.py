"""復旧コードの控え: one page to be locked away. It has no number, is never archived and never kept as data."""

from __future__ import annotations

from datetime import date

from app.papers.issuer import Settings
from app.papers.model import (
    Addressee,
    Column,
    Facts,
    Headline,
    LabelValue,
    Paper,
    Place,
    Point,
    Points,
    Row,
    Section,
    Strong,
    Table,
)
from app.papers.parts import issuer_block, paper_date
from app.recovery_code import GROUP
from app.words import _, language


def recovery_sheet(code: str, settings: Settings, day: date, path: str = "") -> Paper:
    """The page in the language in use. ``code``: its 28 signs; ``path``: where the data were when it was
    made, "" where that is not said.
    """
    company = settings.company
    title = _("復旧コードの控え")
    return Paper(
        kind="",
        language=language(),
        title=title,
        number="",
        revision="",
        head_rows=(LabelValue(_("作成日"), paper_date(day, company)),),
        addressee=Addressee("", (), ""),
        issuer=issuer_block(settings, (), seal=False),
        opening="",
        subject_rows=(),
        headline=Headline("", "", 0),
        sections=tuple(_sections(code, settings, path)),
        closing="",
        footer="  ".join(part for part in (company.name, title) if part),
        continued_title=_("（つづき）"),
        continuation="",
        continues=_("次のページにつづく"),
        mailed=False,
        place=Place(
            _("保管する方へ"),
            _("金庫など、端末とは別の場所に保管してください"),
            (_("写真に撮ったり、端末に保存したりしないでください。"),),
            (),
        ),
    )


def _sections(code: str, settings: Settings, path: str) -> list[Section]:
    groups = [code[place : place + GROUP] for place in range(0, len(code), GROUP)]
    columns = tuple(Column(str(number), "center", 1) for number in range(1, len(groups) + 1))
    facts = (
        LabelValue(_("窓口"), settings.desk_name),
        LabelValue(_("データの場所"), path),
    )
    return [
        Table(
            _("復旧コード"),
            columns,
            (Row(tuple(Strong(one) for one in groups)),),
            note=_(
                "28文字。大文字と小文字の区別はありません。区切りは打たなくてもかまいません。0・O・1・I は使っていません。"
            ),
        ),
        Facts(_("どのデータのものか"), tuple(one for one in facts if one.value)),
        Points(
            _("使うとき"),
            (
                Point(
                    _(
                        "パスフレーズを忘れたとき、または端末を移して鍵が見つからないときに、「復旧コードで開く」から入力します。開いたあと、新しいパスフレーズを決めます。"
                    )
                ),
                Point(
                    _(
                        "管理者が暗証番号を忘れたとき、ロックの画面の「暗証番号を忘れたとき」から入力して決め直します。"
                    )
                ),
            ),
        ),
        Points(
            _("お守りください"),
            (
                Point(
                    _(
                        "このコードとデータのファイルを両方手に入れた人は、すべての内容を読めます。紙は端末と一緒に持ち歩かないでください。"
                    )
                ),
                Point(
                    _(
                        "紙をなくしたとき、人に見られたときは、設定の「データ」で作り直してください。この紙のコードはその時から使えなくなります。"
                    )
                ),
                Point(_("コードはどこにも保存していません。もう一度表示することはできません。")),
            ),
        ),
    ]
