"""Change the settings of the desk: company, desk code, staff, roles, readings, images."""

from __future__ import annotations

import re

import msgspec

from app.errors import Problems
from app.papers.image_facts import JPEG, MOST_PIXELS, PNG, image_facts
from app.papers.issuer import Settings
from app.papers.kinds import TITLES
from app.quote.validate import check_line
from app.usecases.check_visit_settings import check_visit_settings
from app.usecases.desk import Desk
from app.usecases.differences import differences
from app.usecases.keep_accounts import check_staff
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _

DESK_CODE = re.compile(r"[A-Z0-9]{2,4}", re.ASCII)
REGISTRATION = re.compile(r"T\d{13}", re.ASCII)
MOST_IMAGE_BYTES = 4_000_000


def save_settings(desk: Desk, settings: Settings) -> Settings:
    """Store all settings. Raises UserError with every problem (fields as in the record), ConflictError."""
    with desk.storage.work() as work:
        before = work.settings.load()
        for act in _acts(before, settings):
            require(work, before, act)
        problems = check_settings(settings)
        problems.extend(check_staff(work, before, settings))
        if before.desk_code and settings.desk_code != before.desk_code and work.papers.any_issued():
            problems.add(
                "desk-code-fixed",
                _("書類を発行したあとは、窓口の符号を変えられません。"),
                why=_("符号は発行済みの書類の番号の一部です。"),
                remedy=_("{code}に戻してください。").format(code=before.desk_code),
                field="desk_code",
            )
        desk.catalogue.with_choices(settings.readings)  # refuses unknown readings and choices
        problems.raise_if_any()
        stored = work.settings.save(settings)
        if stored.readings != before.readings:  # deadlines may rest on one
            work.contracts.look_again(desk.today())
        changes = differences(before, stored, leave_out=("version",))
        detail = {"fields": _changed(before, stored), "changes": changes}
        work.audit.record(who(work.settings.load()), "settings-changed", "settings", detail)
        work.commit()
    return stored


def save_image(desk: Desk, name: str, data: bytes | None) -> Settings:
    """Store or remove the ``seal`` or ``logo`` image (PNG or JPEG, at most 4 MB). Raises UserError
    ``bad-image``.
    """
    if data is not None:
        check_image(data)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SETTINGS)
        work.settings.save_image(name, data)
        flag = {"seal": "has_seal", "logo": "has_logo"}[name]
        settings = msgspec.structs.replace(work.settings.load(), **{flag: data is not None})
        stored = work.settings.save(settings)
        work.audit.record(who(stored), "image-changed", name, {"present": data is not None})
        work.commit()
    return stored


def check_image(data: bytes, size: int | None = None) -> None:
    """Refuse what is no PNG or JPEG, broken, or too large to be a seal. ``size``: bytes of the whole file
    where only its beginning was read.
    """
    problems = Problems()
    facts = image_facts(data)
    length = max(len(data), size or 0)
    if length > MOST_IMAGE_BYTES:
        problems.add(
            "bad-image",
            _("画像が大きすぎます（{size}MB）。").format(size=-(-length // 1_000_000)),
            remedy=_("4MB以下のPNGかJPEGをお使いください。"),
        )
    elif not data.startswith((PNG, JPEG)):
        problems.add(
            "bad-image",
            _("PNGかJPEGの画像ではありません。"),
            remedy=_("PNGかJPEGで保存し直してください。"),
        )
    elif facts is None or not facts.whole:
        problems.add(
            "bad-image",
            _("画像が壊れているか、途中で切れています。"),
            remedy=_("元の画像を開き、PNGで保存し直してください。"),
        )
    elif facts.width * facts.height > MOST_PIXELS:
        problems.add(
            "bad-image",
            _("画像が大きすぎます（{width}×{height}画素）。").format(width=facts.width, height=facts.height),
            remedy=_("1辺1,000画素ほどに縮めてお使いください。"),
        )
    problems.raise_if_any()


def doubt_of_image(name: str, data: bytes | None) -> str:
    """What looks wrong with a picture that may be used all the same; "" where nothing does."""
    facts = image_facts(data) if data else None
    if name != "seal" or facts is None or facts.square:
        return ""
    return _(
        "社印が正方形ではありません（{width}×{height}画素）。縦横の比を保ったまま、枠に収めて印刷します。"
    ).format(width=facts.width, height=facts.height)


def check_settings(settings: Settings) -> Problems:
    """Everything wrong with the settings as typed, each with its field."""
    problems = Problems()
    company = settings.company
    if settings.desk_code and not DESK_CODE.fullmatch(settings.desk_code):
        problems.add(
            "bad-input",
            _("窓口の符号は英大文字と数字の2〜4文字です。"),
            remedy=_("例：HM1"),
            field="desk_code",
        )
    if company.registration:
        registration_problem(company.registration, problems, "company.registration")
    for name in ("name", "kana", "address", "building", "phone", "fax", "complaints_desk", "payment_terms"):
        check_line(getattr(company, name), _("会社の情報"), f"company.{name}", problems)
    postal = company.postal_code.replace("-", "")
    if postal and not (len(postal) == 7 and postal.isascii() and postal.isdigit()):
        problems.add("bad-input", _("郵便番号は数字7桁です。"), field="company.postal_code")
    if not 0 <= company.due_months <= 2:
        problems.add("bad-input", _("支払期日は当月末から翌々月末までです。"), field="company.due_months")
    if not 1 <= company.validity_days <= 365:
        problems.add("bad-input", _("見積の有効日数は1〜365日です。"), field="company.validity_days")
    if not 1 <= company.fiscal_year_end_month <= 12:
        problems.add("bad-input", _("決算月は1〜12です。"), field="company.fiscal_year_end_month")
    for place, member in enumerate(settings.staff):
        if not member.name.strip():
            problems.add("bad-input", _("担当者の氏名がありません。"), field=f"staff.{place}.name")
        check_line(member.name, _("氏名"), f"staff.{place}.name", problems)
    _check_papers(settings, problems)
    check_visit_settings(settings.visits, problems)
    return problems


def _check_papers(settings: Settings, problems: Problems) -> None:
    unknown = sorted(set(settings.papers.approve) - set(TITLES))
    if unknown:
        problems.add(
            "bad-input",
            _("「{kind}」という書類はありません。").format(kind=_("、").join(unknown)),
            field="papers.approve",
        )


def registration_problem(number: str, problems: Problems, field: str) -> None:
    """登録番号: T and 13 digits whose check digit holds (the 法人番号 rule)."""
    digits = sum(one.isdigit() for one in number)
    if not REGISTRATION.fullmatch(number):
        missing = 13 - digits
        what = (
            _("数字が{count}桁足りません（T＋13桁）。").format(count=missing)
            if number.startswith("T") and 0 < missing < 13 and number[1:].isdigit()
            else _("登録番号はTと数字13桁です。")
        )
        problems.add("bad-input", what, remedy=_("例：T9990001000123"), field=field)
    elif not check_digit_holds(number[1:]):
        problems.add(
            "bad-input",
            _("登録番号の検査数字が合いません。"),
            remedy=_("番号の打ち間違いがないか、登録通知書をご確認ください。"),
            field=field,
        )


def check_digit_holds(thirteen: str) -> bool:
    """Whether the first of thirteen digits is the check digit of the other twelve (法人番号)."""
    from stdnum.jp import cn  # heavy package, needed only where such a number is typed

    return bool(cn.is_valid(thirteen))


def _acts(before: Settings, after: Settings) -> set[Act]:
    """What somebody has to be permitted to store this. Who is at the desk is nobody's secret."""
    acts = {"staff": Act.STAFF, "readings": Act.READINGS, "reading_reasons": Act.READINGS}
    changed = set(_changed(before, after)) - {"current_staff"}
    return {acts.get(name, Act.SETTINGS) for name in changed}


def _changed(before: Settings, after: Settings) -> list[str]:
    names = (name for name in after.__struct_fields__ if name != "version")
    return [name for name in names if getattr(before, name) != getattr(after, name)]
