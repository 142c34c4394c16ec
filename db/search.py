"""Finding customers, quotations, contracts and papers: bigrams of folded texts in SQLite's FTS5.

Every text is folded (``app.folding``) and cut into overlapping pairs of characters, 高橋商店 → 高橋 橋商 商店 店. Two
characters or more are found as a phrase of pairs, one alone as the beginning of a pair; so every part of
every word is found, however short. All words typed have to be found, each anywhere. The index holds no
text, only pairs.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from app.contract.customer import CustomerDetails, CustomerFields
from app.folding import fold, fold_name_parts, fold_words, phone_digits
from app.quote.content import QuotationContent
from db.sqlite import seq_array
from db.towns import town_of

if TYPE_CHECKING:
    from app.contract.record import ContractContent

_MOST_TERMS: Final = 8
_LONGEST_TERM: Final = 60
_LONGEST_TEXT: Final = 500
_PREFIX: Final = 3

CUSTOMER_INDEX: Final = sa.table(
    "customer_index", *map(sa.column, ("rowid", "name", "kana", "place", "phone", "person"))
)
QUOTATION_INDEX: Final = sa.table(
    "quotation_index", *map(sa.column, ("rowid", "number", "customer", "title", "place"))
)
CONTRACT_INDEX: Final = sa.table(
    "contract_index", *map(sa.column, ("rowid", "number", "customer", "title", "place"))
)
PAPER_INDEX: Final = sa.table("paper_index", *map(sa.column, ("rowid", "number", "customer")))


@lru_cache(maxsize=4096)
def pairs(*folded: str) -> str:
    """Folded texts as the index takes them. No pair spans two texts."""
    short = (text[:_LONGEST_TEXT] for text in folded if text)
    return " ".join(" ".join((*map(add, text, text[1:]), text[-1])) for text in short)


def match(terms: Sequence[str], *, within: str = "", beginning: bool = False) -> str:
    """The terms as an FTS5 expression.

    ``within``: columns the first term has to stand in; ``beginning``: at the very beginning of one of them.
    """
    first, *others = terms[:_MOST_TERMS]
    head = _term(first)
    if within:
        head = f"{{{within}}} : {'^' if beginning else ''}{head}"
    return " AND ".join((f"({head})", *map(_term, others)))


def _term(term: str) -> str:
    """A term holds letters and digits only (``fold``), so that nothing in it can end the quotes."""
    term = term[:_LONGEST_TERM]
    if len(term) == 1:
        return f'"{term}" *'
    return '"' + " ".join(term[at : at + 2] for at in range(len(term) - 1)) + '"'


def hits(
    connection: sa.Connection, index: sa.TableClause, expression: str, limit: int | None = None
) -> array[int]:
    """The ``seq`` of every row that matches (or of the first ``limit``), in no order of meaning."""
    found = sa.select(index.c.rowid).where(sa.literal_column(index.name).op("MATCH")(expression))
    return seq_array(connection, found if limit is None else found.limit(limit))


def hits_of_words(connection: sa.Connection, index: sa.TableClause, words: str) -> array[int] | None:
    """The ``seq`` of every row the words are found in; None when nothing was typed."""
    if not words.strip():
        return None
    terms = fold_words(words)
    return hits(connection, index, match(terms)) if terms else array("q")


def customer_entry(
    seq: int, fields: CustomerFields, details: CustomerDetails | None = None
) -> dict[str, Any]:
    """A row of the customer index. Contacts and sites of the details are found like the customer's own."""
    known = details or CustomerDetails()
    place = fold(fields.prefecture + fields.address)
    sites = (fold(text) for site in known.sites for text in (site.name, site.address, site.postal_code))
    phones = [one.phone for one in known.contacts] + [one.phone for one in known.sites]
    people = (
        fold(text)
        for one in known.contacts
        for text in (one.name, one.kana, one.department, one.role, one.email)
    )
    return {
        "rowid": seq,
        "name": pairs(*fold_name_parts(fields.name)),
        "kana": pairs(*fold_name_parts(fields.kana)),
        "place": pairs(place, fold(fields.building), fold(fields.postal_code), *sites),
        "phone": pairs(phone_digits(fields.phone), *map(phone_digits, phones), fold(known.corporate_number)),
        "person": pairs(fold(fields.person), fold(fields.department), fold(fields.email), *people),
    }


def quotation_entry(
    seq: int, number: str, content: QuotationContent, title: str, services: str
) -> dict[str, Any]:
    """A row of the quotation index."""
    customer = content.customer
    return {
        "rowid": seq,
        "number": pairs(fold(number)),
        "customer": pairs(*fold_name_parts(customer.name), *fold_name_parts(customer.kana)),
        "title": pairs(fold(title), fold(services)),
        "place": pairs(fold(town_of(customer.prefecture, customer.address)), phone_digits(customer.phone)),
    }


def contract_entry(seq: int, columns: dict[str, Any], content: ContractContent) -> dict[str, Any]:
    """A row of the contract index. ``columns`` are those of its list row."""
    contact, site = content.contact, content.site
    return {
        "rowid": seq,
        "number": pairs(fold(columns["number"]), fold(content.provider_number), fold(content.line_number)),
        "customer": pairs(*fold_name_parts(columns["customer"]), *fold_name_parts(columns["kana"])),
        "title": pairs(fold(content.title)),
        "place": pairs(
            fold(columns["town"]),
            fold(site.name),
            phone_digits(columns["phone"]),
            phone_digits(contact.phone),
            fold(contact.name),
        ),
    }


def paper_entry(seq: int, number: str, *names: str) -> dict[str, Any]:
    """A row of the papers' index. ``names``: of the customer, with the reading."""
    parts = (part for name in names for part in fold_name_parts(name))
    return {"rowid": seq, "number": number_words(number), "customer": pairs(*parts)}


def number_words(number: str) -> str:
    """A number from each of its parts to its end, and its serial without zeros: B-A1-2611-0042 → ba126110042,
    a126110042, 26110042, 0042, 42. Pairs of these digits would each stand in every second paper.
    """
    parts = number.split("-")
    ends = [fold("".join(parts[at:])) for at in range(len(parts))]
    return " ".join(dict.fromkeys((*ends, ends[-1].lstrip("0"))))


def paper_match(terms: Sequence[str]) -> str:
    """The terms as an expression for the papers' index: each in the customer's name, or one of the number's
    ends begins with it. Of fewer than three letters it has to be one.
    """
    return " AND ".join(
        f'({{customer}} : {_term(term)} OR {{number}} : "{term}"{" *" if len(term) >= _PREFIX else ""})'
        for term in terms[:_MOST_TERMS]
    )


def put(
    connection: sa.Connection, index: sa.TableClause, entry: dict[str, Any], *, is_new: bool = False
) -> None:
    """Enter a row, in place of the earlier one of the same ``seq`` unless it ``is_new``."""
    if not is_new:
        take(connection, index, entry["rowid"])
    connection.execute(index.insert(), entry)


def take(connection: sa.Connection, index: sa.TableClause, seq: int) -> None:
    """Take a row out of the index."""
    connection.execute(index.delete().where(index.c.rowid == seq))
