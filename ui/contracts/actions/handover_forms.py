"""譲渡 and 承継: the contract passes to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.contract.customer import charged_as
from app.contract.facts import Succeeded, Transferred
from app.tariff.catalogue import words as say
from app.tariff.clauses import clause_note
from app.words import N_, _
from ui.contracts.actions.customer_pick import CustomerPick
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.raw import Raw, raw_of
from ui.contracts.actions.shown import Note
from ui.quotes.form_rows import RowField
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.contract.record import Entry
    from app.tariff.life import Succession, Transfer, TransferCondition


class _Handover(ActionForm):
    """What both share: who has it from which day on."""

    ALIASES: ClassVar[Mapping[str, str]] = {"customer_id": "customer", "to": "customer"}

    def add_customer(self, label: str) -> None:
        """The new contractor, chosen or typed in on the spot."""
        self.pick = CustomerPick(self.context.session, self.board, label)
        self.controls["customer"] = self.pick
        self.pick.changed.connect(self._on_changed)
        self.add(self.pick)

    def kept(self) -> dict[str, Raw]:
        found = {name: raw_of(one) for name, one in self.controls.items() if one is not self.pick}
        return found | {"customer": self.pick.customer_id or None}

    def put_back(self, kept: Mapping[str, Raw]) -> None:
        from app.usecases.keep_customer import get_customer

        customer_id = kept.get("customer")
        super().put_back({name: raw for name, raw in kept.items() if name != "customer"})
        if isinstance(customer_id, str) and customer_id:
            self.context.session.hub.look(get_customer, customer_id, done=self._on_got, owner=self)

    def _on_got(self, customer: object) -> None:
        from app.contract.customer import Customer

        assert isinstance(customer, Customer)
        self.pick.show_customer(customer.id, customer.fields)

    def customer_of(self) -> tuple[str, str]:
        """Id and name of the new contractor; notes who lacks."""
        if not self.pick.customer_id:
            typed = bool(self.pick.fields.name)
            self.wrong(
                "customer",
                _("新しい契約者がまだ登録されていません。") if typed else _("新しい契約者を選んでください。"),
                _("「顧客として登録」で登録してください。") if typed else "",
                code="missing",
            )
        elif self.pick.customer_id == self.context.stored.customer_id:
            self.wrong("customer", _("今の契約者と同じです。"), _("別の顧客を選んでください。"))
        return self.pick.customer_id, self.pick.fields.name

    def summary(self) -> tuple[str, ...]:
        head, *rest = super().summary()
        return (head, _("新しい契約者：{name}").format(name=self.pick.fields.name), *rest)

    def handed_on(self) -> tuple[Note, ...]:
        """What stays and what becomes the new contractor's."""
        return (
            Note("info", _("料金と最低契約期間はそのまま引き継がれます。")),
            Note("info", _("請求先と連絡先は、その日から新しい契約者のものになります。")),
        )

    def start(self) -> None:
        self.pick.start()


class TransferForm(_Handover):
    """譲渡: the conditions of the terms answered, and the provider's approval."""

    TITLE = N_("譲渡")
    BUTTON = N_("譲渡を登録")

    def build(self) -> None:
        rule = self._rule
        self.add_customer(_("譲り受ける方"))
        self.add(
            self.day_row("approved", self._approved_label(), None),
            self.day_row("on", _("譲渡の日"), self.today),
        )
        if rule is not None and self._conditions():
            self.say(_("承認の条件（{clause}）").format(clause=clause_note(rule.clause)), "text2")
        for condition in self._conditions():
            self.add(self._answer(condition))
        if rule is not None and self._form_needed:
            label = (
                _("連名の書面か、譲渡を証明する書類を受け取った")
                if rule.proof_instead
                else _("連名の書面を受け取った")
            )
            self.add(self.switch("joint", label, False, clause_note(rule.form_clause)))
        self.add(
            self.text("proof", _("確認した書類"), hint=_("例：譲渡承認請求書"), optional=_("（なくても可）"))
        )

    @property
    def _rule(self) -> Transfer | None:
        life = self.edition_on(self.today).life
        return life.transfer if life is not None else None

    @property
    def _form_needed(self) -> bool:
        """Whether both parties ask in writing, on the line of this contract."""
        rule, line = self._rule, self.context.stored.content.line
        return rule is not None and rule.joint_form and (not rule.form_lines or line in rule.form_lines)

    def _approved_label(self) -> str:
        rule = self._rule
        if rule is not None and rule.policy == "with-consent":
            return _("書面で承諾された日")
        return _("承認された日")

    def _conditions(self) -> tuple[TransferCondition, ...]:
        rule, line = self._rule, self.context.stored.content.line
        if rule is None:
            return ()
        return tuple(one for one in rule.conditions if not one.lines or line in one.lines)

    def _answer(self, condition: TransferCondition) -> RowField:
        control = Segments([(True, _("はい")), (False, _("いいえ"))])
        control.chosen.connect(self._on_changed)
        name = f"answers.{condition.code}"
        field = RowField(say(condition.name), control, clause_note(condition.clause))
        self._know(name, say(condition.name), control, field)
        return field

    def entries(self) -> tuple[Entry, ...]:
        on, approved = self.day_of("on"), self.day_of("approved")
        customer_id, name = self.customer_of()
        answers: dict[str, bool] = {}
        for condition in self._conditions():
            answer = self.value_of(f"answers.{condition.code}")
            if isinstance(answer, bool):
                answers[condition.code] = answer
            else:
                self.wrong(
                    f"answers.{condition.code}",
                    _("「はい」か「いいえ」を選んでください。"),
                    clause=condition.clause,
                    code="missing",
                )
        rule = self._rule
        if rule is not None and self._form_needed and not self.value_of("joint"):
            self.wrong(
                "joint",
                _("両者の連名による書面か、譲渡を証明する書類が必要です。")
                if rule.proof_instead
                else _("両者の連名による書面が必要です。"),
                _("書面を受け取ってから登録してください。"),
                clause=rule.form_clause,
                code="missing",
            )
        if on is None:
            return ()
        return (
            Transferred(
                on=on,
                to=name,
                customer_id=customer_id,
                customer_kind=charged_as(self.pick.fields.kind),
                approved=approved,
                answers=answers,
                proof=self.text_of("proof"),
            ),
        )

    def obligations(self) -> tuple[Note, ...]:
        rule = self._rule
        found = list(self.handed_on())
        if rule is not None and rule.note is not None:
            found.append(Note("info", say(rule.note)))
        return tuple(found)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Transferred):
            self.control("on", DateField).set_day(entry.on)
            self.control("approved", DateField).set_day(entry.approved)
            for code, answer in entry.answers.items():
                if f"answers.{code}" in self.controls:
                    self.choose(f"answers.{code}", answer)
            self.put_text("proof", entry.proof)
            self.put_back({"customer": entry.customer_id})


class SucceedForm(_Handover):
    """承継: to an heir or a successor company, with documents and a representative."""

    TITLE = N_("承継")
    BUTTON = N_("承継を登録")

    def build(self) -> None:
        rule = self._rule
        self.add_customer(_("承継する方"))
        self.add(
            self.day_row("on", _("承継の日"), self.today),
            self.day_row("filed", _("届出のあった日"), self.today),
        )
        self.add(
            self.text(
                "documents",
                _("承継を証明する書類"),
                hint=_("例：登記事項証明書、戸籍謄本"),
                helper=clause_note(rule.clause) if rule is not None else "",
            )
        )
        self.add(
            self.segments("several", _("承継する方の数"), [(False, _("おひとり")), (True, _("複数"))], False)
        )
        self.add(
            self.text(
                "representative",
                _("代表者"),
                helper=clause_note(rule.representative_clause) if rule is not None else "",
            )
        )

    @property
    def _rule(self) -> Succession | None:
        life = self.edition_on(self.today).life
        return life.succession if life is not None else None

    def refresh(self) -> None:
        rule = self._rule
        several = bool(self.value_of("several"))
        self.fields["several"].setVisible(rule is None or rule.representative)
        self.fields["representative"].setVisible(several)

    def entries(self) -> tuple[Entry, ...]:
        on, rule = self.day_of("on"), self._rule
        customer_id, name = self.customer_of()
        documents = self.text_of("documents")
        if not documents and (rule is None or rule.documents):
            self.wrong(
                "documents",
                _("承継を証明する書類が必要です。"),
                _("受け取った書類の名前を入力してください。"),
                clause=rule.clause if rule is not None else "",
                code="missing",
            )
        several = bool(self.value_of("several"))
        representative = self.text_of("representative", needed=several) if several else ""
        filed = self.day_of("filed")
        if on is None:
            return ()
        if filed is not None and filed < on:
            self.wrong("filed", _("届出の日が承継の日より前です。"), _("日付を確かめてください。"))
        return (
            Succeeded(
                on=on,
                to=name,
                customer_id=customer_id,
                customer_kind=charged_as(self.pick.fields.kind),
                representative=representative,
                filed=filed,
                documents=documents,
            ),
        )

    def obligations(self) -> tuple[Note, ...]:
        found, rule = list(self.handed_on()), self._rule
        if rule is not None and rule.note is not None:
            found.append(Note("info", say(rule.note)))
        return tuple(found)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Succeeded):
            self.control("on", DateField).set_day(entry.on)
            self.control("filed", DateField).set_day(entry.filed)
            self.put_text("documents", entry.documents)
            self.choose("several", bool(entry.representative))
            self.put_text("representative", entry.representative)
            self.put_back({"customer": entry.customer_id})
