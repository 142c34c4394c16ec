"""データ: where the data are, how their key is kept, and keeping it otherwise."""

from __future__ import annotations

from pathlib import Path

from app.errors import EnvironmentProblem, UserError
from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.usecases.ports import KeyKind, Vault
from app.words import _
from ui.operations.hub import Changed, Outcome
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.widgets.button import Button
from ui.widgets.cards import Card, Cards
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
            _("起動のたびに入力します。忘れると開けなくなり、だれにも戻せません。"),
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


def change_key(
    _desk: Desk, vault: Vault, kind: KeyKind, new: str | None, old: str | None
) -> Outcome[KeyKind]:
    """On the database worker: keep the key otherwise."""
    vault.change(kind, new, old)
    return Outcome(kind, Changed(settings=True))


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
            "passphrase": Field(
                _("新しいパスフレーズ"), self.new, _("8文字以上。文のように長いほど安全です。")
            ),
            "again": Field(_("もう一度"), self.again),
        }
        self.change = Button(_("鍵の置き方を変える"), "key-round")
        self.done = AdviceStrip(meaning="good", icon="check", closable=True)
        self.done.hide()
        self._key_section = Section(_("データの鍵"))
        self.lay_out(
            form(
                Section(_("置き場所"), self.where, row(self.open_folder, None)),
                self._key_section,
            )
        )
        self._key_section.setVisible(session.vault is not None)
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

    def collect(self, settings: Settings) -> Settings:
        return settings

    def _wanted(self) -> KeyKind:
        return self.cards.value() if self.cards is not None else "none"

    def _show_needed(self) -> None:
        if self.cards is None:
            return  # nothing stands there before the key ring has answered
        wanted = self._wanted()
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

    def _on_typed(self, _text: str) -> None:
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
