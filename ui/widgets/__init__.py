"""The parts pages are made of. Import them from their modules; importing this package loads nothing.

layout        row(*items, gap="s", pad=None) column(…) holding(layout, surface="", edge="") rule(down=False)
              scrolling(content, surface="panel") grow(widget) clear(layout)            items: widget |
              layout | None = stretch
text          Label(text, role="body", tone="", wrap=False) .set_text .set_tone .words    ElidedLabel(text,
role, tone)
              roles: key caption caption-bold table panel panel-bold body body-bold heading title sum headline
              tones: text2 text3 accent good note warn danger
button        Button(text, icon="", kind="normal"|"filled"|"quiet"|"danger", key="Ctrl+N", small=False,
listen=True)
              .set_text .set_icon .set_kind .set_on .on        IconButton(icon, name, small=True, key="")
frame         Picture(icon, tone="text2", size="icon") .set_icon      FramedControl(leading="") (.edit .box
.set_error)
field         Field(label, control, helper="", optional="") .set_error(words) .set_helper .set_label .error
.control
              show_problems({path: Field}, user_error) -> sentences that belong to no field
entries       TextField(placeholder, leading="", ems=0, secret=False) .text .set_text; edited(str) finished()
              KanaField .follow(TextField)   MoneyField(unit) .value .set_value; value_changed(int|None)
              TextArea(placeholder) .text .set_text; edited(str)   read_whole_number(text)   to_katakana(text)
number        NumberStepper(unit, least, most, value, ems=9) .value .set_value .set_range .set_unit;
value_changed(int|None)
dates         DateField(today, day=None, wareki=False) .day .set_day .readable .text; day_changed(date|None)
date_reading  read_date(text, today) -> date | None
choices       Segments([(value, words)], value) .value .set_value .set_options; chosen(value)
              Switch(text, on, name="") Check(text, checked): Qt's isChecked setChecked toggled
              Choice([(value, words)], value, ems=0) .value .set_value .set_options; chosen(value)
cards         Cards([Card(title, explanation, value, badge)], value) .value .set_value; chosen(value)   Radio(name)
chips         Chip(icon, text, meaning) .set_chip   meanings: plain quiet neutral accent on-panel good note
warn danger
              FilterChip(label, [(value, words)], several=True) .values .set_values .set_options;
              chosen(tuple)
              KeyHint(key, words)
strips        AdviceStrip(title, detail, button, meaning="note", icon="lightbulb", closable=False)
.set_words; accepted closed
              EmptyState(icon, title, text, button); accepted       BusyBar .start .stop (shows after 300 ms)
              Toasts(window).show_message(words, action, act, seconds=8)
reason_tree   ReasonTree(ReasonWords(formula, exact, (ReasonRow(depth, words, value, clause, strong), …)))
.set_reason
price_group   PriceGroup(name) .set_head(name, caption, sum) .set_lines([PriceLine(name, calculation, amount,
reason)])
              .set_extra(widget|None) .open_reason(n) .set_open
search_field  SearchField(placeholder, key="", wait_ms=40) .text .set_text .set_count .take_focus; searched
down entered escaped
side_panel    SidePanel(title, icon) .body .add_to_foot(*buttons); closed
table         RowTable, Column: a list of any length, see the module
paint         box words chip lines_of width_of: for what paints itself
focus_ring    setProperty(focus_ring.OUTSIDE, True) gives a painted widget the ring of the focus

Widths are said in full-width characters (`ems=`), spaces by name (`gap="m"`), colours by token: see ui.theme.
"""
