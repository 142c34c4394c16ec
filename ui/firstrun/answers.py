"""What the first run asks, as plain values, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from app.errors import Problem, Problems
from app.papers.issuer import Company, Settings, Staff
from app.postal import normalized
from app.usecases.vault_ports import KeyKind
from app.words import _

LEAST_PASSPHRASE = 8


@dataclass(frozen=True)
class Answers:
    """Everything typed on the first page. Empty texts are allowed: all of it can be filled in later."""

    company_name: str = ""
    registration: str = ""
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    desk_name: str = ""
    desk_code: str = ""
    staff_name: str = ""
    staff_kana: str = ""
    key_kind: KeyKind = "keyring"
    passphrase: str = ""
    passphrase_again: str = ""
    logo: bytes | None = None
    seal: bytes | None = None

    def settings(self) -> Settings:
        """The settings these answers make."""
        staff: tuple[Staff, ...] = ()
        if self.staff_name:
            staff = (Staff(id=str(uuid4()), name=self.staff_name, kana=self.staff_kana),)
        return Settings(
            company=Company(
                name=self.company_name,
                registration=self.registration.upper(),
                postal_code=normalized(self.postal_code) or self.postal_code,
                address=self.address,
                phone=self.phone,
            ),
            desk_name=self.desk_name,
            desk_code=self.desk_code.upper(),
            staff=staff,
            current_staff=staff[0].id if staff else "",
        )


def check(answers: Answers) -> Problems:
    """Everything wrong with the answers; fields as in Settings, and `passphrase`, `again`."""
    from app.usecases.keep_settings import check_settings

    problems = check_settings(answers.settings())
    if answers.key_kind != "passphrase":
        return problems
    if len(answers.passphrase) < LEAST_PASSPHRASE:
        problems.add(
            "passphrase-too-short",
            _("パスフレーズは{count}文字以上にしてください。").format(count=LEAST_PASSPHRASE),
            field="passphrase",
        )
    elif answers.passphrase != answers.passphrase_again:
        problems.add("bad-input", _("2回の入力が違います。同じものを入力してください。"), field="again")
    return problems


def required(answers: Answers) -> Problems:
    """What is still needed before a paper can be issued; asked for here, but it may be skipped."""
    problems = Problems()
    if not answers.company_name:
        problems.add("missing", _("会社名を入力してください。"), field="company.name")
    if not answers.desk_code:
        problems.add("missing", _("符号を入力してください。"), field="desk_code")
    if not answers.staff_name:
        problems.add("missing", _("氏名を入力してください。"), field="staff.0.name")
    return problems


def all_problems(answers: Answers) -> tuple[Problem, ...]:
    """Missing first, then wrong."""
    return (*required(answers), *check(answers))


def without_wrong(answers: Answers) -> Answers:
    """The answers without the fields that are wrong."""
    names = {
        "company.name": "company_name", "company.registration": "registration",
        "company.postal_code": "postal_code", "company.address": "address", "company.phone": "phone",
        "desk_name": "desk_name", "desk_code": "desk_code", "staff.0.name": "staff_name",
    }  # fmt: skip
    wrong = {names[problem.field]: "" for problem in check(answers) if problem.field in names}
    return replace(answers, **wrong)  # type: ignore[arg-type]
