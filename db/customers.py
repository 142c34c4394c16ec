"""Customers in the database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.customer import Customer, CustomerFields
from app.folding import fold, fold_name, fold_words, phone_digits
from app.quote.stored import CustomerRow
from db import search
from db.base import Session, conflict, next_seq, not_found, refuse_stale
from db.ids import uuid7
from db.lists import ordered, rows_by_seq
from db.tables import customers, quotations
from db.towns import town_of

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
        """A customer. UserError ``not-found``."""
        row = self._connection.execute(
            sa.select(customers.c.seq, customers.c.version, *(customers.c[name] for name in _FIELDS)).where(
                customers.c.id == customer_id
            )
        ).first()
        if row is None:
            raise not_found()
        seq, version, *values = row
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
        search.put(self._connection, search.CUSTOMER_INDEX, search.customer_entry(seq, fields))
        return Customer(id=customer_id, seq=seq, version=version + 1, fields=fields)

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
                .where(key >= term, key < term + _LAST)
                .order_by(key, customers.c.seq)
                .limit(limit)
            )
            parts += [(folded, seq) for folded, seq in self._connection.execute(part)]
        return [seq for _folded, seq in sorted(parts)]

    def similar(self, fields: CustomerFields, limit: int = 5) -> list[CustomerRow]:
        """Customers that may be the same: equal phone, e-mail, name or reading. Most in common first."""
        columns = columns_of(fields)
        weights = {"phone_key": 4, "email_key": 4, "name_key": 3, "kana_key": 2}
        scores: dict[int, int] = {}
        for key, weight in weights.items():
            if not columns[key]:
                continue
            equal = sa.select(customers.c.seq).where(customers.c[key] == columns[key]).limit(10 * limit)
            for seq in self._connection.scalars(equal):
                scores[seq] = scores.get(seq, 0) + weight
        best = sorted(scores, key=lambda seq: (-scores[seq], seq))
        return self.rows(best[:limit])

    def seqs(
        self, words: str = "", sort: str = "kana", descending: bool = False, limit: int | None = None
    ) -> array[int]:
        """Every customer the words are found in, sorted by kana, name, town, phone or updated_at.

        ``limit`` fetches only the first ones, for a screen that can't wait.
        """
        found = search.hits_of_words(self._connection, search.CUSTOMER_INDEX, words)
        return ordered(self._connection, customers, _SORTS[sort], found, descending=descending, limit=limit)

    def rows(self, seqs: Sequence[int]) -> list[CustomerRow]:
        """The rows in the order asked; those deleted since are left out."""
        by_seq = rows_by_seq(self._connection, _ROW, customers.c.seq, seqs)
        return [_row(by_seq[seq]) for seq in seqs if seq in by_seq]


def _row(columns: dict[str, Any]) -> CustomerRow:
    street = columns.pop("prefecture") + columns.pop("address")
    address = " ".join(part for part in (street, columns.pop("building")) if part)
    return CustomerRow(address=address, **columns)
