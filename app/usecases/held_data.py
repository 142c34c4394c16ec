"""本人からの開示の求め: collects everything held about one customer, and tells it as a PDF. It is recorded that
it was told, and to which file; the paper itself is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.charge.entry_names import entry_words
from app.contract.facts import Succeeded, Transferred
from app.contract.life import entries_standing
from app.contract.life_table import STATE_WORDS
from app.contract.record import Application, ContractQuery
from app.days import date_words
from app.errors import UserError
from app.papers.archived import PaperQuery
from app.papers.file_names import safe_part
from app.papers.held_data import HeldData, HeldPart, held_data_paper
from app.papers.kinds import title_of
from app.papers.model import Images
from app.quote.stored import QuotationQuery
from app.tariff.catalogue import words as say
from app.usecases.desk import Desk
from app.usecases.erase_customer import kept_until
from app.usecases.held_words import in_words, texts_of, told
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.send_paper import how_words
from app.usecases.write_out import write_out
from app.words import N_, _

if TYPE_CHECKING:
    from app.contract.beside import Subject
    from app.contract.record import ContractRow, Entry
    from app.usecases.ports import UnitOfWork

_COUNTS = (
    ("contract", N_("契約")), ("quotation", N_("見積")), ("visit", N_("訪問")), ("bill", N_("請求")),
    ("payment", N_("入金")), ("claim", N_("次の請求に加える記録")), ("equipment", N_("機器")), ("note", N_("通話メモ")),
    ("attachment", N_("添付ファイル")), ("paper", N_("発行済み書類")),
)  # fmt: skip


_VISIT_STATES = {
    "received": N_("受付"), "arranged": N_("手配"), "confirmed": N_("確定"), "working": N_("作業中"),
    "done": N_("完了"), "cancelled": N_("中止"),
}  # fmt: skip


@dataclass(frozen=True)
class ToldData:
    """The finished paper and how its file may be called."""

    pdf: bytes
    name: str


def collect_held(desk: Desk, work: UnitOfWork, customer_id: str) -> HeldData:
    """Everything held, in the order people ask for it. UserError ``not-found``, ``erased``."""
    customer = work.customers.get(customer_id)
    holding = work.erasures.holding(customer_id)
    settings = work.settings.load()
    return HeldData(
        customer=customer.fields,
        day=desk.today(),
        counts=tuple((_(name), _count(holding.counts.get(kind, 0))) for kind, name in _COUNTS),
        parts=tuple(_parts(desk, work, customer_id, holding.customers)),
        until=kept_until(holding, settings),
        mentions=work.erasures.mentions(customer_id),
    )


def draw_held(desk: Desk, customer_id: str) -> ToldData:
    """The paper as PDF, for looking at it first. Nothing is recorded."""
    with desk.storage.look() as work:
        require(work, work.settings.load(), Act.EXPORT)
        held = collect_held(desk, work, customer_id)
        settings = work.settings.load()
        images = Images(logo=work.settings.image("logo"))
    name = _("保有個人データ_{name}_{day}.pdf").format(
        name=safe_part(held.customer.name), day=f"{held.day:%Y%m%d}"
    )
    return ToldData(desk.draw(held_data_paper(held, settings), images), name)


def tell_held(desk: Desk, customer_id: str, path: Path, passphrase: str = "") -> int:
    """Write the paper to a file and record that it was told; its size in bytes. EnvironmentProblem as
    ``write_out``; UserError ``not-found``, ``erased``, ``not-permitted``.
    """
    told_data = draw_held(desk, customer_id)
    write_out(path, told_data.pdf, _("保有個人データ.pdf"), passphrase)
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.EXPORT)
        work.audit.record(
            who(settings), "held-data-told", customer_id, {"file": path.name, "sealed": bool(passphrase)}
        )
        work.commit()
    return len(told_data.pdf)


def _count(number: int) -> str:
    return _("{count}件").format(count=f"{number:,}")


def _parts(desk: Desk, work: UnitOfWork, customer_id: str, family: tuple[str, ...]) -> Iterator[HeldPart]:
    yield from _of_customer(work, customer_id, _("お客さま"))
    for merge in work.customers.merges(customer_id):
        if merge.gone in family and merge.gone != customer_id:
            yield from _of_customer(work, merge.gone, _("統合したお客さまの記録"))
    contracts = work.contracts.rows(work.contracts.seqs(ContractQuery(customer_id=customer_id)))
    for row in contracts:
        yield from _of_contract(desk, work, row)
    yield from _quotations(desk, work, customer_id)
    yield from _visits(desk, work, customer_id)
    yield from _papers(work, customer_id)


def _of_customer(work: UnitOfWork, customer_id: str, title: str) -> Iterator[HeldPart]:
    details = work.customers.details(customer_id)
    yield HeldPart(title, (*told(work.customers.get(customer_id).fields), *told(details)))
    notices = [
        (in_words(one.on), f"{name}: {before} → {after}", one.proof)
        for one in details.notices
        for name, (before, after) in one.fields.items()
    ]
    if notices:
        heads = (_("届出日"), _("変更の内容"), _("確認した書類"))
        yield HeldPart(_("届出"), heads=heads, shares=(0.2, 0.55, 0.25), rows=tuple(notices))
    changes = tuple((in_words(one.at), one.staff, _count(len(one.fields))) for one in details.changes)
    if changes:
        columns = (_("日時"), _("変更した担当者"), _("変更した項目"))
        yield HeldPart(_("変更の記録"), heads=columns, shares=(0.4, 0.35, 0.25), rows=changes)
    yield from _beside(work, "customer", customer_id, _("お客さま"))


def _beside(
    work: UnitOfWork, subject: Subject, subject_id: str, name: str, since: date = date.min
) -> Iterator[HeldPart]:
    notes = tuple(
        (in_words(one.at), one.staff, " / ".join(part for part in (one.text, one.next_step) if part))
        for one in work.beside.notes_of(subject, subject_id)
        if one.at.date() >= since
    )
    if notes:
        title = _("通話メモ（{name}）").format(name=name)
        heads = (_("日時"), _("担当者"), _("内容"))
        yield HeldPart(title, heads=heads, shares=(0.26, 0.18, 0.56), rows=notes)
    files = tuple(
        (one.name, _("{size}KB").format(size=f"{-(-one.size // 1000):,}"), in_words(one.at), one.note)
        for one in work.beside.attachments_of(subject, subject_id)
        if one.at.date() >= since
    )
    if files:
        title = _("添付ファイル（{name}）").format(name=name)
        columns = (_("ファイル名"), _("大きさ"), _("日時"), _("備考"))
        yield HeldPart(title, heads=columns, shares=(0.36, 0.12, 0.26, 0.26), rows=files)


def _service(desk: Desk, code: str) -> str:
    try:
        return say(desk.catalogue.service(code).short)
    except UserError:  # its tariff file is gone: the code still names it
        return code


def _of_contract(desk: Desk, work: UnitOfWork, row: ContractRow) -> Iterator[HeldPart]:
    stored, name = work.contracts.get(row.id), _("契約 {number}").format(number=row.number)
    facts = [
        (_("契約番号"), row.number),
        (_("サービス"), _service(desk, row.service)),
        (_("状態"), _(STATE_WORDS[row.state])),
    ]
    facts += [(_("開始日"), in_words(row.started_on))] if row.started_on else []
    facts += [(_("解約日"), in_words(row.ended_on))] if row.ended_on else []
    since = _theirs_since([one.entry for one in stored.entries], desk.today())
    content = stored.content
    if since > date.min:
        content = msgspec.structs.replace(content, application=Application())
        facts.append(
            (_("引き継いだ日"), _("{day}（前のご契約者の記録は入りません）").format(day=in_words(since)))
        )
    facts += [one for one in told(content) if one[0] != _("サービス")]
    entries = tuple(
        (in_words(one.recorded_at), entry_words(one.entry), _said(one.entry, one.note))
        for one in stored.entries
        if one.recorded_at.date() >= since or isinstance(one.entry, Transferred | Succeeded)
    )
    heads = (_("記録した日時"), _("できごと"), _("記録された言葉"))
    yield HeldPart(name, tuple(facts))
    yield HeldPart(_("契約の履歴 {number}").format(number=row.number), (), heads, (0.26, 0.36, 0.38), entries)
    yield from _money(work, row, since)
    devices = tuple(
        (" ".join(part for part in (_one_line(one.fields),) if part),)
        for one in work.beside.equipment_of(row.id)
    )
    if devices:
        yield HeldPart(_("機器（{name}）").format(name=name), heads=(_("内容"),), shares=(1.0,), rows=devices)
    yield from _beside(work, "contract", row.id, name, since)


def _theirs_since(entries: Sequence[Entry], today: date) -> date:
    """The day a contract passed to whoever has it now: what was recorded before is somebody else's."""
    passed = [one for one in entries_standing(entries) if isinstance(one, Transferred | Succeeded)]
    return max((one.on for one in passed if one.customer_id and one.on <= today), default=date.min)


def _said(record: object, note: str = "") -> str:
    return _("、").join(dict.fromkeys([*texts_of(record), *([note] if note else [])]))


def _one_line(record: object) -> str:
    return _("、").join(f"{label}: {value}" for label, value in told(record))  # type: ignore[arg-type]


def _money(work: UnitOfWork, row: ContractRow, since: date) -> Iterator[HeldPart]:
    first = since.isoformat()[:7]
    name = _("契約 {number}").format(number=row.number)
    bills = tuple(
        (
            one.month,
            _("締め済み") if one.closed else _("締め前"),
            in_words(one.due_on) if one.due_on else "",
            one.total,
        )
        for one in work.bills.rows_of_contract(row.id)
        if one.month >= first
    )
    if bills:
        heads = (_("月"), _("状態"), _("支払期限"), _("税込の金額"))
        yield HeldPart(_("請求（{name}）").format(name=name), (), heads, (0.2, 0.2, 0.3, 0.3), bills)
    paid = tuple(
        (in_words(one.on), in_words(one.method), one.voided or one.note, one.amount)
        for one in work.bills.payments_of(row.id)
        if one.on >= since
    )
    if paid:
        heads = (_("日付"), _("方法"), _("備考"), _("金額"))
        yield HeldPart(_("入金（{name}）").format(name=name), (), heads, (0.26, 0.2, 0.3, 0.24), paid)
    claims = tuple(
        (in_words(one.created_at), line.name, line.detail, line.amount)
        for one in work.bills.claims_of(row.id)
        if one.created_at.date() >= since
        for line in one.lines
    )
    if claims:
        heads = (_("日時"), _("名前"), _("内容"), _("税抜の金額"))
        title = _("次の請求に加える記録（{name}）").format(name=name)
        yield HeldPart(title, (), heads, (0.26, 0.26, 0.26, 0.22), claims)


def _quotations(desk: Desk, work: UnitOfWork, customer_id: str) -> Iterator[HeldPart]:
    today = desk.today()
    rows = work.quotations.rows(work.quotations.seqs(QuotationQuery(customer_id=customer_id), today), today)
    if not rows:
        return
    heads = (_("番号"), _("件名・宛名・設置場所・備考"), _("発行日"), _("初回のお支払い"))
    cells = []
    for row in rows:
        content = work.quotations.get(row.id).content
        sites = [site for one in content.services for site in _site(one.site)]
        texts = [row.title, content.customer.name, *sites, content.remarks]
        said = " / ".join(dict.fromkeys(text for text in texts if text))
        day = in_words(row.issued_on) if row.issued_on else _("下書き")
        cells.append((row.number or "—", said, day, row.total))
    yield HeldPart(_("見積"), (), heads, (0.22, 0.4, 0.2, 0.18), tuple(cells))
    for row in rows:
        name = _("見積 {number}").format(number=row.number or _("下書き"))
        yield from _beside(work, "quotation", row.id, name)


def _site(site: object) -> Iterator[str]:
    yield " ".join(text for text in (getattr(site, "name", ""), getattr(site, "address", "")) if text)


def _visits(desk: Desk, work: UnitOfWork, customer_id: str) -> Iterator[HeldPart]:
    for row in work.visits.of_customer(customer_id):
        stored = work.visits.get(row.id)
        facts = [(_("訪問番号"), row.number), (_("状態"), _(_VISIT_STATES[row.state]))]
        facts += list(told(stored.content))
        facts = [
            (label, _service(desk, value) if label == _("サービス") else value) for label, value in facts
        ]
        yield HeldPart(_("訪問 {number}").format(number=row.number), tuple(facts))
        events = tuple((in_words(one.at), one.staff, _said(one)) for one in stored.events)
        heads = (_("日時"), _("担当者"), _("記録された言葉"))
        title = _("訪問の履歴 {number}").format(number=row.number)
        yield HeldPart(title, (), heads, (0.26, 0.2, 0.54), events)


def _papers(work: UnitOfWork, customer_id: str) -> Iterator[HeldPart]:
    query = PaperQuery(customer_id=customer_id, sort="issued_on", descending=False)
    rows = [row for row in work.papers.rows(work.papers.seqs(query)) if not row.erased]
    cells = tuple(
        (
            date_words(row.issued_on, weekday=False),
            f"{row.title or title_of(row.kind)} {row.number}/{row.revision}",
            _("、").join(
                " ".join(part for part in (how_words(one.how), one.to) if part)
                for one in work.papers.sends(row.id)
            ),
            row.total,
        )
        for row in rows
    )
    if cells:
        heads = (_("発行日"), _("書類"), _("送付"), _("合計"))
        yield HeldPart(_("発行済み書類"), (), heads, (0.22, 0.38, 0.24, 0.16), cells)
