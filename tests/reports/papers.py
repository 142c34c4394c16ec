"""Finished papers to draw: an ordinary quotation and its difficult relatives. Names and numbers are
invented.
"""

from __future__ import annotations

from msgspec.structs import replace

from app.papers.model import (
    Addressee,
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    IssuerBlock,
    LabelValue,
    LineGroup,
    LineRow,
    LineTable,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Table,
)

HEADS = ("品目", "根拠", "数量", "単位", "単価", "金額（税抜）")

ADDRESSEE = Addressee(
    postal="〒650-0099",
    address=("兵庫県神戸市中央区波止場西町3丁目1番12号", "青葉野第二ビル5階"),
    name="株式会社青葉野精密工業",
    department="総務部 情報システム課",
    honorific="御中",
)
ISSUER = IssuerBlock(
    name="株式会社まどぐち通信サービス",
    lines=(
        "〒541-9999 大阪市中央区北窓町2-5",
        "窓口ビル4階  TEL 06-0000-1234",
        "登録番号  T9990001000123",
        "担当  営業第一課  高瀬 直人",
    ),
    seal=True,
    logo=True,
)


def visit_rows() -> tuple[LineRow, ...]:
    """The work of one visit."""
    return (
        LineRow("基本作業費", "", "別紙5", 1, "回", 7_500, 7_500),
        LineRow("状況診断費", "", "別紙5", 1, "回", 1_500, 1_500),
        LineRow("OSリカバリ", "", "別紙5", 3, "台", 17_100, 51_300),
        LineRow(
            "データ移行（1台50GBまで）", "6〜10台の単価を7台すべてに適用", "別紙6", 7, "台", 21_000, 147_000
        ),
        LineRow("プリンター設定", "", "別紙5", 1, "台", 4_400, 4_400),
    )


def lines() -> LineTable:
    """The priced lines of the ordinary quotation."""
    return LineTable(
        HEADS,
        (
            LineGroup(
                "月額",
                "毎月の料金",
                (
                    LineRow(
                        "どこでもプライム 利用料",
                        "30〜39 IDの単価を31 IDすべてに適用",
                        "別紙4",
                        31,
                        "ID",
                        2_400,
                        74_400,
                    ),
                ),
            ),
            LineGroup(
                "初月",
                "2026年12月分",
                (
                    LineRow(
                        "初月の利用料（2026年12月分）",
                        "12月10日〜31日  74,400円 × 22日 ÷ 31日",
                        "27条2項・3項",
                        1,
                        "式",
                        52_800,
                        52_800,
                    ),
                ),
            ),
            LineGroup(
                "訪問サポート",
                "2026年12月11日（金）  1回かぎりの料金",
                visit_rows(),
                "訪問サポート 小計",
                211_700,
            ),
        ),
    )


def payments() -> Table:
    """What is paid when."""
    return Table(
        "24か月のお支払い",
        (
            Column("ご利用月", "left", 51.5),
            Column("計算", "left", 41.0),
            Column("税抜", "right", 25.0),
            Column("消費税", "right", 24.0),
            Column("税込", "right", 28.5),
        ),
        (
            Row(("2026年12月分と訪問", "52,800 + 211,700", 264_500, 26_450, 290_950)),
            Row(("2027年1月分〜2028年11月分", "74,400 × 23か月", 1_711_200, 171_120, 1_882_320)),
            Row(("2028年12月分（9日分）", "74,400 × 9日 ÷ 31日", 21_600, 2_160, 23_760)),
            Row(("", "合計", 1_997_300, 199_730, 2_197_030), total=True),
        ),
    )


def halves() -> Halves:
    """Tax by rate beside what the quotation rests on."""
    return Halves(
        Table(
            "消費税の内訳",
            (
                Column("区分", "left", 30),
                Column("税抜の合計", "right", 27.5),
                Column("消費税額", "right", 25.5),
            ),
            (Row(("10％対象", 1_997_300, 199_730)), Row(("不課税", 0, "—"))),
        ),
        Facts(
            "この見積の前提",
            (
                LabelValue("料金の版", "2026年5月11日実施"),
                LabelValue("有効期限", "2026年12月4日（金）まで"),
                LabelValue("お支払い", "月末締め、翌月末日までにお振込み"),
            ),
        ),
    )


def readings() -> Table:
    """The readings the sums rest on."""
    return Table(
        "計算に用いた読み方",
        (
            Column("対象", "left", 43.5),
            Column("採用した読み方", "left", 100.5),
            Column("条", "right", 26, small=True),
        ),
        (
            Row(
                (
                    "データ移行の単価",
                    "同じ訪問・同じ容量区分の台数で単価を決め、その区分の全台に使います",
                    "別紙6",
                )
            ),
            Row(
                (
                    "日割りと端数",
                    "契約全体の月額に日数を掛け、暦の日数で割り、1円未満を切り捨てます",
                    "27条3項・28条",
                )
            ),
            Row(("消費税の端数", "税抜の合計に税率を掛け、書類ごとに一度だけ切り捨てます", "消令70条の10")),
            Row(("残りの月数", "ご利用開始の月を1か月目と数え、24か月に足りない月数とします", "別紙4 ※1")),
            Row(("解約金の消費税", "消費税はかからないものとします", "別紙4 ※1・31条")),
        ),
        remark="規約の文言だけでは一つに決まらない点",
    )


def confirmations() -> Points:
    """What the customer is asked to note."""
    return Points(
        "ご確認いただきたいこと",
        (
            Point(
                "本見積は、2026年5月11日実施の利用規約と料金表によります。ご契約の前に料金表が改まったときは、"
                "あらためてお見積りします。",
                "2条1項",
            ),
            Point(
                "最低契約期間は2028年12月9日（土）までの2年間です。期間の途中で解約するとき、またはIDを減らすときは、"
                "減らすID数に変更前の単価と残りの月数を掛けた解約金をいただきます。",
                "別紙4 ※1",
            ),
            Point(
                "月の途中でID数を変えたときは、変更の前と後をそれぞれ日割りして合計します。変更の当日は新しいID数で計算します。",
                "別紙4 ※2",
            ),
            Point(
                "解約は、希望する日の5営業日前までにお申し出ください。料金は解約日の前日までいただきます。",
                "20条1項・24条1項",
            ),
            Point(
                "訪問サポートは、作業の結果にかかわらず料金をいただきます。台数や容量が変わると単価も変わります。",
                "24条3項・別紙6",
            ),
            Point(
                "訪問できるのは月曜日から土曜日の9:00〜17:00です。祝日と12月29日〜1月3日は伺えません。",
                "別紙3",
            ),
            Point(
                "消費税は請求書ごとに計算します。お支払いの合計は、本見積と数円ちがうことがあります。", "31条"
            ),
        ),
    )


def quotation(sections: tuple[Section, ...] | None = None) -> Paper:
    """An ordinary quotation, issued."""
    return Paper(
        kind="Q",
        language="ja",
        title="見積書",
        number="Q-A1-2611-0318",
        revision="第1版",
        head_rows=(
            LabelValue("見積番号", "Q-A1-2611-0318  第1版"),
            LabelValue("発行日", "2026年11月20日（金）"),
            LabelValue("有効期限", "2026年12月4日（金）まで"),
        ),
        addressee=ADDRESSEE,
        issuer=ISSUER,
        opening="下記のとおりお見積り申し上げます。",
        subject_rows=(
            LabelValue("件名", "セキュリティおまかせプラン どこでもプライム（31 ID）"),
            LabelValue("ご利用開始日", "2026年12月10日（木）"),
            LabelValue("最低契約期間", "2028年12月9日（土）までの2年間（24か月）"),
        ),
        headline=Headline(
            "お見積総額",
            "24か月・訪問1回・税込",
            2_197_030,
            (
                HeadlineFact("月額（税抜）", 74_400),
                HeadlineFact("初月（税抜）", 52_800),
                HeadlineFact("訪問（税抜）", 211_700),
            ),
        ),
        sections=(lines(), payments(), halves(), readings(), confirmations())
        if sections is None
        else sections,
        closing="以上",
        footer="株式会社まどぐち通信サービス  見積書 Q-A1-2611-0318 第1版",
        continued_title="（つづき）",
        continuation="Q-A1-2611-0318  第1版  株式会社青葉野精密工業 御中  2026年11月20日（金）",
        continues="次のページにつづく",
        qr="Q-A1-2611-0318/1",
    )


def draft() -> Paper:
    """The same before it is issued."""
    paper = quotation()
    return replace(
        paper, number="", revision="", qr="", draft=True, draft_mark="下書き", head_rows=paper.head_rows[1:]
    )


def long_quotation(visits: int, rows: int) -> Paper:
    """Many visits with many rows each; every amount is different."""
    groups = list(lines().groups[:2])
    total = 0
    for visit in range(1, visits + 1):
        work = tuple(
            LineRow(
                f"インターネット接続設定 {visit}-{row}",
                "6〜10台の単価を8台すべてに適用" if row % 4 == 0 else "",
                "別紙5",
                row,
                "台",
                1_000 * visit + 7 * row,
                row * (1_000 * visit + 7 * row),
            )
            for row in range(1, rows + 1)
        )
        subtotal = sum(int(line.amount) for line in work)
        total += subtotal
        remark = f"2026年12月{10 + visit}日"
        groups.append(
            LineGroup(
                f"訪問サポート {visit}回目  第{visit}研究所", remark, work, f"{visit}回目 小計", subtotal
            )
        )
    groups.append(LineGroup("", "", (), f"訪問サポート {visits}回の合計", total))
    base = quotation()
    return replace(base, sections=(LineTable(HEADS, tuple(groups)), *base.sections[1:]))
