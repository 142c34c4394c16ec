"""Papers that are hard to set: long names, huge sums, English, next to nothing."""

from __future__ import annotations

from msgspec.structs import replace

from app.papers.model import (
    Addressee,
    Headline,
    HeadlineFact,
    IssuerBlock,
    LabelValue,
    LineGroup,
    LineRow,
    LineTable,
    Paper,
)
from tests.reports import papers


def long_names() -> Paper:
    """Everything longer than usual."""
    paper = papers.quotation()
    work = LineRow(
        "mediaセキュリティライト ゲートウェイ（24時間365日の有人監視付き、クライアント100台まで、機器の設置と初期設定を含む）",
        "1年ごとの自動更新。契約更新月のほかに解約すると、残りの月数に応じた解約金がかかります（基本料金のみ）",
        "別紙4 ※1・※3、第27条第2項・第3項",
        100,
        "クライアント",
        1_234_567,
        123_456_700,
    )
    dear = LineRow("個別見積", "承認 高瀬", "—", 1, "ライセンス", 12_345_678_901, 12_345_678_901)
    less = LineRow("値引き", "別段の合意", "", "—", "", -1_000, -1_000, bold=True)
    title = "media セキュリティライト（姫路キャンパス 産学連携棟 第3実験室および附属図書館）"
    table = LineTable(
        papers.HEADS, (LineGroup(title, "2026年12月11日（金）", (work, dear, less), "小計", 12_469_134_601),)
    )
    return replace(
        paper,
        addressee=Addressee(
            "〒044-0081",
            (
                "北海道虻田郡倶知安町字山田一九三番地の一六 ニセコグランヒラフマウンテンリゾート内",
                "イーストウイング別館アネックスタワー12階 1204号室 情報システム企画推進室",
            ),
            "特定非営利活動法人播磨灘沿岸地域情報通信基盤整備推進協議会連合会姫路支部東部地区連絡事務所設立準備委員会",
            "情報システム企画推進室 基盤整備担当",
            "髙橋 𠮷郎",
            "様",
        ),
        issuer=IssuerBlock(
            "東日本まどぐちネットワークセキュリティサービス株式会社",
            (
                *paper.issuer.lines,
                "提供  見張り番ネットワークセキュリティ株式会社（当社は取次店）",
                "お問い合わせ・苦情  お客さま相談室 0120-000-000（平日 9:00〜17:30）",
            ),
            seal=True,
        ),
        subject_rows=(
            LabelValue(
                "件名",
                "どこでもプライム（31 ID）、見張り番（12ライセンス）、OsecT（2センサー）、訪問サポート4回ほか",
            ),
            *paper.subject_rows[1:],
        ),
        headline=Headline(
            "お見積総額",
            "24か月・訪問1回・税込",
            123_456_789_012,
            (
                HeadlineFact("月額（税抜）", 123_456_789),
                HeadlineFact("初月（税抜）", 52_800_000),
                HeadlineFact("訪問（税抜）", 1_211_700_000),
            ),
        ),
        sections=(table, *paper.sections[1:]),
    )


def english() -> Paper:
    """Long labels, as English has them."""
    paper = papers.quotation()
    return replace(
        paper,
        language="en",
        title="Quotation",
        head_rows=(
            LabelValue("Quotation number", "Q-A1-2611-0318 Revision 1"),
            LabelValue("Date of issue", "Fri, 20 November 2026"),
        ),
        subject_rows=(
            LabelValue("Subject", "Security Omakase Plan, Dokodemo Prime (31 IDs)"),
            LabelValue("Minimum contract period", "until Sat, 9 December 2028 (24 months)"),
        ),
        headline=Headline(
            "Total of the quotation",
            "24 months, 1 visit, tax included",
            2_197_030,
            (
                HeadlineFact("Monthly (without tax)", 74_400),
                HeadlineFact("First month (without tax)", 52_800),
                HeadlineFact("Visits (without tax)", 211_700),
            ),
        ),
    )


def everyday() -> dict[str, Paper]:
    """Papers that must all look right, by name."""
    paper = papers.quotation()
    return {
        "ordinary": paper,
        "draft": papers.draft(),
        "long": papers.long_quotation(4, 9),
        "very long": papers.long_quotation(8, 10),
        "long names": long_names(),
        "english": english(),
        "no department": replace(paper, addressee=replace(paper.addressee, department="", name="青" * 20)),
        "two lines": replace(paper, addressee=replace(paper.addressee, name="株式会社" + "青葉野" * 11)),
        "bare": replace(
            paper,
            addressee=Addressee("", (), "髙﨑"),
            issuer=IssuerBlock("㈱髙﨑", ()),
            head_rows=(),
            subject_rows=(),
        ),
    }
