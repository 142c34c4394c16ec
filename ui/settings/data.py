"""データ: where the data are, how their key is kept, and keeping it otherwise."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from app.errors import EnvironmentProblem, UserError
from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.usecases.vault_ports import KeyKind, Vault
from app.words import _
from ui.lock.new_key_dialog import own_words
from ui.lock.recovery_part import RecoveryPart
from ui.lock.strength import StrengthHint
from ui.operations.accounts import change_key
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.cards import Card, Cards
from ui.widgets.choices import Choice
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import Section, form, shares
from ui.widgets.layout import row
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


def key_cards(*, keyring: bool) -> list[Card]:
    """The ways a key can be kept, each with what follows from it. Without a key ring that way is absent."""
    cards = [
        Card(
            _("この端末に鍵を預ける"),
            _("起動時の入力は不要です。この端末のあなたの利用者だけが開けます。"),
            "keyring",
            _("おすすめ"),
        ),
        Card(
            _("パスフレーズを決める"),
            _("起動のたびに入力します。忘れたときは復旧コードで開きます。"),
            "passphrase",
            "" if keyring else _("おすすめ"),
        ),
        Card(
            _("鍵を保護しない"),
            _("この端末を使える人は、だれでも開けます。持ち歩く端末には向きません。"),
            "none",
        ),
    ]
    return cards if keyring else cards[1:]


def read_keyring(_desk: Desk, vault: Vault) -> bool:
    """On the database worker: whether there is a key ring, which may take a moment to answer."""
    return vault.keyring_usable()


class DataSection(SettingsSection):
    """The fields for passphrases appear as the chosen way needs them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kind = ""
        self.cards: Cards | None = None
        self.where = Label("", "body", wrap=True).selectable()
        self.open_folder = Button(_("フォルダーを開く"), "folder-open", small=True)
        self.old = TextField(secret=True)
        self.new = TextField(secret=True)
        self.again = TextField(secret=True)
        self.fields = {
            "old": Field(_("いまのパスフレーズ"), self.old),
            "passphrase": Field(_("新しいパスフレーズ"), self.new),
            "again": Field(_("もう一度"), self.again),
        }
        self.change = Button(_("鍵の置き方を変える"), "key-round")
        self.done = AdviceStrip(meaning="good", icon="check", closable=True)
        self.done.hide()
        self._strength = StrengthHint(self.fields["passphrase"], self.new, self._own_words)
        self.refused = Label("", "panel", "text2", wrap=True)
        self.refused.hide()
        self._key_section = Section(_("データの鍵"), self.refused)
        self.recovery = RecoveryPart(session)
        self._recovery_section = Section(_("復旧コード"), self.recovery)
        self.lock = Choice(
            [(0, _("しない")), *((m, _("{count}分").format(count=m)) for m in (5, 10, 15, 30))]
        )
        self.lock.setFixedWidth(theme.ems(9))
        self.lock_field = Field(_("だれも触らないとき、画面をロックするまで"), self.lock)
        self.lay_out(
            form(
                Section(_("置き場所"), self.where, row(self.open_folder, None)),
                self._key_section,
                self._recovery_section,
                Section(_("自動ロック"), self.lock_field),
            )
        )
        for section in (self._key_section, self._recovery_section):
            section.setVisible(session.vault is not None)
        self.lock.chosen.connect(self._on_edited)
        self.open_folder.clicked.connect(self._on_open)
        self.change.clicked.connect(self._on_change)
        for entry in (self.old, self.new, self.again):
            entry.edited.connect(self._on_typed)
        if session.vault is not None:
            session.hub.look(read_keyring, session.vault, done=self._on_keyring, owner=self)

    def _on_keyring(self, usable: bool) -> None:
        self.cards = Cards(key_cards(keyring=usable), self._kind)
        self.cards.setAccessibleName(_("データの鍵"))
        self._key_section.add(self.cards)  # before the fields: the Tab key goes in the order of adding
        self._key_section.add(self.fields["old"])
        self._key_section.add(shares((self.fields["passphrase"], 1), (self.fields["again"], 1)))
        self._key_section.add(row(self.change, None))
        self._key_section.add(self.done)
        self.cards.chosen.connect(self._on_card)
        self._show_needed()

    def show_settings(self, settings: Settings) -> None:
        standing = self.session.standing
        if standing is None:
            return
        self.where.set_text(standing.status.path)
        self._kind = standing.status.key_kind
        if self.cards is not None:
            self.cards.set_value(self._kind)
        self._show_needed()
        self.recovery.show_kind(self._kind)
        self._show_lock(settings)

    def _show_lock(self, settings: Settings) -> None:
        self.lock.set_value(settings.lock_minutes)
        self.lock.setEnabled(not self.session.refusal(Act.SETTINGS))
        can = self.session.uses_pins or self._kind == "passphrase"
        self.lock_field.set_helper(
            _("Ctrl+L ですぐにロックできます。入力中の内容はそのまま残ります。")
            if can
            else _(
                "暗証番号もパスフレーズもないため、いまはロックしません。「担当者」で暗証番号を決められます。"
            )
        )

    def collect(self, settings: Settings) -> Settings:
        return replace(settings, lock_minutes=self.lock.value())

    def _own_words(self) -> tuple[str, ...]:
        return own_words(self.session)

    def _wanted(self) -> KeyKind:
        return self.cards.value() if self.cards is not None else "none"

    def _show_needed(self) -> None:
        if self.cards is None:
            return  # nothing stands there before the key ring has answered
        wanted = self._wanted()
        refused = self.session.refusal(Act.KEY)
        self.refused.set_text(refused)
        self.refused.setVisible(bool(refused))
        for widget in (self.cards, self.change):
            widget.setEnabled(not refused)
        self.fields["old"].setVisible(self._kind == "passphrase")
        for name in ("passphrase", "again"):
            self.fields[name].setVisible(wanted == "passphrase")
        same = wanted == self._kind and wanted != "passphrase"
        self.change.setVisible(not same)
        changing = wanted == self._kind == "passphrase"
        self.change.set_text(_("パスフレーズを変える") if changing else _("鍵の置き方を変える"))

    def _on_card(self, _kind: str) -> None:
        self.done.hide()
        self.clear_errors()
        self._show_needed()
        if (
            self._wanted() == "passphrase"
        ):  # the arrow keys take the cursor back: they go on walking the cards
            (self.old if self._kind == "passphrase" else self.new).setFocus()

    def _on_typed(self, _value: object = None) -> None:
        self.clear_errors()

    def _on_change(self) -> None:
        wanted, vault = self._wanted(), self.session.vault
        if vault is None:
            return
        if wanted == "passphrase" and self.new.edit.text() != self.again.edit.text():
            self.fields["again"].set_error(_("2回の入力が違います。同じものを入力してください。"))
            self.again.setFocus()
            return
        self.change.setEnabled(False)
        new = self.new.edit.text() if wanted == "passphrase" else None
        old = self.old.edit.text() if self._kind == "passphrase" else None
        self.session.hub.run(
            change_key,
            vault,
            wanted,
            new,
            old,
            done=self._on_changed,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self.change.setEnabled(True)

    def _on_changed(self, _kind: KeyKind) -> None:
        for entry in (self.old, self.new, self.again):
            entry.set_text("")
        self.clear_errors()
        self.done.set_words(
            _("鍵の置き方を変えました"), _("データはそのままです。次に開くときから変わります。")
        )
        self.done.show()

    def _on_refused(self, error: UserError) -> None:
        wrong_old = error.code in {"wrong-passphrase", "passphrase-needed"} and self._kind == "passphrase"
        if wrong_old:
            self.fields["old"].set_error(error.problems[0].sentence())
            self.old.setFocus()
        else:
            show_problems(self.fields, error)

    def _on_open(self) -> None:
        from app.places import open_with_system

        try:
            open_with_system(Path(self.where.words()).parent)
        except EnvironmentProblem as problem:
            self.session.tasks.environment_problem.emit(problem)
