"""The parts pages are made of. Import them from their modules; importing this package loads nothing.

Each line: module, then what it gives; signals stand after the semicolon. Items of `row` and `column` are
widgets, layouts, or None for a stretch.

layout        row(*items, gap="s", pad=None)  column(…)  holding(layout, surface, edge)  rule(down=False)
              scrolling(content)  on_surface(widget, surface)  open_size(window)  grow(widget)  clear(layout)
text          Label(text, role="body", tone="", wrap=False)  ElidedLabel(text, role, tone)
              roles: key caption caption-bold table panel panel-bold body body-bold heading title sum headline
              tones: text2 text3 accent good note warn danger
button        Button(text, icon, kind="normal"|"filled"|"quiet"|"danger", key="Ctrl+N", small, listen)
              IconButton(icon, name, key="")
frame         Picture(icon, tone, size)  FramedControl(leading): .edit .box .set_error .take_key
field         Field(label, control, helper="", optional=""): .set_error .set_helper .set_label
              show_problems({path: Field}, user_error) gives the sentences that belong to no field
entries       TextField(placeholder, leading, ems, secret)  KanaField: .follow(field); edited finished
              MoneyField(unit); value_changed   TextArea(placeholder); edited
              read_whole_number(text)  to_katakana(text)
number        NumberStepper(unit, least, most, value): .set_range .set_unit; value_changed
dates         DateField(today, day, wareki=False): .day .readable; day_changed
app.date_reading  read_date(text, today)
choices       Segments([(value, words)], value)  Choice(…); chosen
              Switch(text, on, name="")  Check(text, checked): Qt's isChecked, toggled
cards         Cards([Card(title, explanation, value, badge)], value); chosen   Radio(name)
chips         Chip(icon, text, meaning)  KeyHint(key, words)
              FilterChip(label, [(value, words)], several=True, always=False): .values; chosen
              meanings: plain quiet neutral accent on-panel good note warn danger
strips        AdviceStrip(title, detail, button, meaning="note", icon="lightbulb", closable); accepted closed
              EmptyState(icon, title, text, button); accepted   BusyBar: .start .stop (shows after 300 ms)
              Toasts(window).show_message(words, action, act, seconds=8)
reason_tree   ReasonTree(ReasonWords(formula, exact, (ReasonRow(depth, words, value, clause, strong), …)))
price_group   PriceGroup(name): .set_head .set_lines([PriceLine(name, calculation, amount, reason)])
              .set_extra .open_reason .set_open
search_field  SearchField(placeholder, key="", wait_ms=40): .set_count; searched up down entered escaped
side_panel    SidePanel(title, icon): .body .add_to_foot; closed
rows_model    RowsModel(hub, columns, read_ids, read_rows): .find .again .record; found loading
              Column(head, ems, cell, sort, right, stretch, fold)  Cell(text, after, second, tone, chip, raw)
table         RowTable(model, name=…); opened menu_wanted order_wanted typed left_up
marked_table  MarkedTable(model, Marks(), name=…): .chosen .unmark_all; marks_changed
list_frame    ListFrame(title, search, table, make_nothing): .add_filter .add_order; query_changed
sheet         Sheet([SheetColumn(head, ems, share, right)], name, pad): .narrow .mark; opened shown
              .set_sections([SheetSection(heading, [SheetRow(cells, link)])])
              a cell: [Line(text, role, tone, icon)]   SheetArea: .sheet
tabs          Tabs([(value, words)], value): .set_count; chosen
form          form(*sections)  Section(title, *rows)  shares((field, weight), …)
hits          hit_in(text, words)  folded(text): where a search stands, in any script
paint         box words chip lines_of width_of: for what paints itself
focus_ring    setProperty(focus_ring.OUTSIDE, True) gives a painted widget the ring of the focus

Widths are said in full-width characters (`ems=`), spaces by name (`gap="m"`), colours by token: see ui.theme.
"""
