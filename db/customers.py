"""Customers in the database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.customer import Customer, CustomerDetails, CustomerFields, Merge
from app.folding import fold, fold_name, fold_words, phone_digits
from app.quote.stored import CustomerRow
from db import search
from db.base import ERASED_MARK, Session, conflict, erased, next_seq, not_found, refuse_stale
from db.contract_rows import rename
from db.contract_tables import customer_details, customer_keys
from db.ids import uuid7
from db.lists import hidden_seqs, ordered, rows_by_seq, without
from db.merges import merge, merges_of, undo_merge
from db.payloads import pack, unpack
from db.tables import customers, quotations
from db.towns import town_of
from db.visit_rows import rename as rename_visits

_FIELDS: Final = CustomerFields.__struct_fields__
_LAST: Final = "\U0010ffff"
"""After every text that begins the same."""

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "kana": customers.c.kana_key,
    "name": customers.c.name_key,
    "town": customers.c.town,
    "phone": customers.c.phone_key,
    "updated_at": customers.c.updated_at,
}

_WEIGHTS: Final = {"phone_key": 4, "email_key": 4, "name_key": 3, "kana_key": 2}
_NUMBER_WEIGHT: Final = 8
"""How much it says that two customers have the same."""

_quotation_count: Final = (
    sa.select(sa.func.count())
    .where(quotations.c.customer_id == customers.c.id)
    .correlate(customers)
    .scalar_subquery()
)
_ROW: Final = sa.select(
    *(customers.c[name] for name in ("seq", "id", "kind", "name", "kana", "town", "phone", "person")),
    *(customers.c[name] for name in ("prefecture", "address", "building")),
    _quotation_count.label("quotations"),
)


def columns_of(fields: CustomerFields) -> dict[str, Any]:
    """The columns the fields make, those to sort and compare by included."""
    name = fold_name(fields.name)
    return {
        **msgspec.structs.asdict(fields),
        "town": town_of(fields.prefecture, fields.address),
        "name_key": name,
        "kana_key": fold_name(fields.kana) or name,
        "phone_key": phone_digits(fields.phone),
        "email_key": fold(fields.email),
    }


def keys_of(details: CustomerDetails) -> set[tuple[str, str]]:
    """What of the details tells that two customers may be one: kind and folded text."""
    phones = [one.phone for one in details.contacts] + [one.phone for one in details.sites]
    found = {("phone", phone_digits(phone)) for phone in phones}
    found |= {("email", fold(one.email)) for one in details.contacts}
    found.add(("number", fold(details.corporate_number)))
    return {(kind, key) for kind, key in found if key}


class CustomerTable:
    """``app.usecases.ports.CustomerRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(self, fields: CustomerFields) -> Customer:
        """Store a new customer."""
        now = self._session.now()
        seq = next_seq(self._connection, "customers")
        customer = Customer(id=uuid7(), seq=seq, version=1, fields=fields)
        self._connection.execute(
            customers.insert(),
            {
                "id": customer.id,
                "seq": seq,
                "version": 1,
                "created_at": now,
                "updated_at": now,
                **columns_of(fields),
            },
        )
        search.put(self._connection, search.CUSTOMER_INDEX, search.customer_entry(seq, fields), is_new=True)
        return customer

    def get(self, customer_id: str) -> Customer:
        """A customer. UserError ``not-found``, ``erased``."""
        row = self._connection.execute(
            sa.select(
                *(customers.c[name] for name in ("hidden", "seq", "version", *_FIELDS)),
            ).where(customers.c.id == customer_id)
        ).first()
        if row is None:
            raise not_found()
        hidden, seq, version, *values = row
        if hidden.startswith(ERASED_MARK):
            raise erased()
        fields = CustomerFields(**dict(zip(_FIELDS, values, strict=True)))
        return Customer(id=customer_id, seq=seq, version=version, fields=fields)

    def save(self, customer_id: str, version: int, fields: CustomerFields) -> Customer:
        """Store changed fields. ConflictError when somebody else did since ``version``; UserError
        ``not-found``.
        """
        refuse_stale(self._connection, customers, customer_id, version)
        seq = self._connection.scalar(
            customers.update()
            .where(customers.c.id == customer_id, customers.c.version == version)
            .values(version=version + 1, updated_at=self._session.now(), **columns_of(fields))
            .returning(customers.c.seq)
        )
        if seq is None:
            raise conflict()
        self._enter(seq, customer_id, fields, self.details(customer_id))
        rename(self._connection, customer_id)
        rename_visits(self._connection, customer_id)
        return Customer(id=customer_id, seq=seq, version=version + 1, fields=fields)

    def details(self, customer_id: str) -> CustomerDetails:
        """What is known beyond the fields; empty details where nothing was stored."""
        text = self._connection.scalar(
            sa.select(customer_details.c.content).where(customer_details.c.customer_id == customer_id)
        )
        return CustomerDetails() if text is None else unpack(CustomerDetails, text)

    def save_details(self, customer_id: str, version: int, details: CustomerDetails) -> Customer:
        """Store details; the customer's version grows. ConflictError; UserError ``not-found``."""
        refuse_stale(self._connection, customers, customer_id, version)
        done = self._connection.execute(
            customers.update()
            .where(customers.c.id == customer_id, customers.c.version == version)
            .values(version=version + 1, updated_at=self._session.now())
        )
        if done.rowcount != 1:
            raise conflict()
        row = {"customer_id": customer_id, "content": pack(details)}
        for table in (customer_details, customer_keys):
            self._connection.execute(table.delete().where(table.c.customer_id == customer_id))
        self._connection.execute(customer_details.insert(), row)
        keys = [{"customer_id": customer_id, "kind": kind, "key": key} for kind, key in keys_of(details)]
        if keys:
            self._connection.execute(customer_keys.insert(), keys)
        customer = self.get(customer_id)
        self._enter(customer.seq, customer_id, customer.fields, details)
        return customer

    def _enter(self, seq: int, customer_id: str, fields: CustomerFields, details: CustomerDetails) -> None:
        """Bring the search entry up to date; a hidden customer has none."""
        hidden = sa.select(customers.c.hidden).where(customers.c.id == customer_id)
        if not self._connection.scalar(hidden):
            entry = search.customer_entry(seq, fields, details)
            search.put(self._connection, search.CUSTOMER_INDEX, entry)

    def merge(
        self, kept: str, kept_version: int, gone: str, gone_version: int, staff: str, memo: str = ""
    ) -> Merge:
        """Let ``gone`` become part of ``kept``. ConflictError; UserError ``not-found``, ``same-customer``,
        ``customer-hidden``.
        """
        return merge(self._session, (kept, kept_version), (gone, gone_version), staff, memo)

    def undo_merge(self, merge_id: str) -> Merge:
        """Take a merge back. UserError ``not-found``, ``merge-undone``."""
        undone = undo_merge(self._session, merge_id)
        customer = self.get(undone.gone)
        self._enter(customer.seq, customer.id, customer.fields, self.details(customer.id))
        return undone

    def merges(self, customer_id: str) -> list[Merge]:
        """The merges a customer took part in, the newest first."""
        return merges_of(self._connection, customer_id)

    def find(self, words: str, limit: int = 20) -> list[CustomerRow]:
        """The likeliest customers: those whose name or reading begins so, in order of reading; then those
        whose name holds the words; then those who have them anywhere (address, phone, person, e-mail).
        """
        terms = fold_words(words)
        if not terms:
            return []
        found: dict[int, None] = {}
        for part in self._ranked(terms, limit):
            found.update(dict.fromkeys(part))
            if len(found) >= limit:
                break
        return self.rows(list(found)[:limit])

    def _ranked(self, terms: list[str], limit: int) -> Iterable[Iterable[int]]:
        """Hits in falling likelihood, each part asked for only when those before did not fill the list."""
        if len(terms) == 1:
            yield self._beginning(terms[0], limit)
        else:
            yield self._matching(search.match(terms, within="name kana", beginning=True), limit)
        # Those already found may fill a part: it has to bring as many again.
        yield self._matching(search.match(terms, within="name kana"), 2 * limit)
        yield self._matching(search.match(terms), 3 * limit)

    def _matching(self, expression: str, limit: int) -> array[int]:
        return search.hits(self._connection, search.CUSTOMER_INDEX, expression, limit)

    def _beginning(self, term: str, limit: int) -> list[int]:
        """Customers whose reading or name begins with the term, in order of reading."""
        parts: list[tuple[str, int]] = []
        for key in (customers.c.kana_key, customers.c.name_key):
            part = (
                sa.select(key, customers.c.seq)
                .where(key >= term, key < term + _LAST, customers.c.hidden == "")
                .order_by(key, customers.c.seq)
                .limit(limit)
            )
            parts += [(folded, seq) for folded, seq in self._connection.execute(part)]
        return [seq for _folded, seq in sorted(parts)]

    def similar(
        self, fields: CustomerFields, limit: int = 5, details: CustomerDetails | None = None
    ) -> list[CustomerRow]:
        """Customers that may be the same: equal phone, e-mail, name or reading, and the corporate number,
        phones and e-mails of contacts and sites wherever they stand. Most in common first.
        """
        columns, scores = columns_of(fields), dict[int, int]()
        for column, weight in _WEIGHTS.items():
            if columns[column]:
                equal = customers.c[column] == columns[column]
                self._score(scores, weight, sa.select(customers.c.seq).where(equal), limit)
        given = keys_of(details or CustomerDetails())
        for kind, column in (("phone", "phone_key"), ("email", "email_key")):
            for key in sorted(key for one, key in given if one == kind):
                self._score(scores, 2, sa.select(customers.c.seq).where(customers.c[column] == key), limit)
            if columns[column]:
                given.add((kind, columns[column]))
        for kind, key in sorted(given):
            named = sa.select(customers.c.seq).join(customer_keys)
            named = named.where(customer_keys.c.kind == kind, customer_keys.c.key == key)
            self._score(scores, _NUMBER_WEIGHT if kind == "number" else 2, named, limit)
        best = sorted(scores, key=lambda seq: (-scores[seq], seq))
        return self.rows(best[:limit])

    def _score(self, scores: dict[int, int], weight: int, found: sa.Select[Any], limit: int) -> None:
        """Note that customers have something in common."""
        shown = found.where(customers.c.hidden == "").limit(10 * limit)
        for seq in self._connection.scalars(shown):
            scores[seq] = scores.get(seq, 0) + weight

    def seqs(
        self, words: str = "", sort: str = "kana", descending: bool = False, limit: int | None = None
    ) -> array[int]:
        """Every customer the words are found in, sorted by kana, name, town, phone or updated_at.

        ``limit`` fetches only the first ones, for a screen that can't wait.
        """
        found = search.hits_of_words(self._connection, search.CUSTOMER_INDEX, words)
        hidden = hidden_seqs(self._connection, customers)
        enough = None if limit is None else limit + len(hidden)
        order = ordered(self._connection, customers, _SORTS[sort], found, descending=descending, limit=enough)
        return without(order, hidden)[:limit]

    def rows(self, seqs: Sequence[int]) -> list[CustomerRow]:
        """The rows in the order asked; those hidden since are left out."""
        by_seq = rows_by_seq(self._connection, _ROW.where(customers.c.hidden == ""), customers.c.seq, seqs)
        return [_row(by_seq[seq]) for seq in seqs if seq in by_seq]


def _row(columns: dict[str, Any]) -> CustomerRow:
    street = columns.pop("prefecture") + columns.pop("address")
    address = " ".join(part for part in (street, columns.pop("building")) if part)
    return CustomerRow(address=address, **columns)
