"""Whom and what people name when they type: a number, a name, its pinyin or initials."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import Person
from core.spelling import named_first, spelled, words_of
from customers.models import Customer
from orders.models import Order
from receivables.models import Slip
from receivables.querysets.slips import latest_number

FEW = 200  # names whose slips are sooner read than looked for among all
LONG_BEGINNING = 4


def people_named(typed: str) -> Q:
    """For the field that leads to a person."""
    words = typed.strip()
    return (
        Q(employee_no__iexact=words)
        | Q(name__icontains=words)
        | Q(pk__in=spelled(Person, words_of(words)))
    )


def named(typed: str, *, person: str, order: str, texts: tuple[str, ...] = ()) -> Q:
    """Rows that lead to an order (`order`: the way there, ending in `__`) and to a person, by what
    was typed; `texts` are fields of their own. Names were spelled beforehand: no row is read.
    """
    words = typed.strip()
    if not words_of(words):
        return Q()
    customers = Customer.objects.filter(
        Q(name__icontains=words) | Q(pk__in=spelled(Customer, words_of(words)))
    )
    people = Person.objects.filter(people_named(words))
    found = Q(**{f"{order}customer__in": customers.values("pk")})
    found |= Q(**{f"{person}__in": people.values("pk")})
    for text in (f"{order}order_no", *texts):
        found |= Q(**{f"{text}__icontains": words})
    return found


class Named(NamedTuple):
    """Slips that what was typed names in one way; `is_few`: they are known to be few."""

    slips: Q
    is_few: bool


def slips_among(ways: Iterable[Named]) -> "QuerySet[Any, Any]":
    """The ids of the slips that are named in any way."""
    first, *others = (Slip.objects.filter(way.slips).order_by().values("pk") for way in ways)
    return first.union(*others)


def ways_named(typed: str) -> list[Named]:
    """The ways in which what was typed names slips, each by an index of its own: their number or
    how it begins, their order's, their customer's or their salesperson's name. Two queries, three
    for a number.
    """
    words = typed.strip()
    exactly = {words, words.upper()}
    # A beginning of some signs is that of few numbers: the oldest too are found by their index.
    is_few = len(words) >= LONG_BEGINNING
    orders = Order.objects.filter(order_no__in=exactly).order_by()
    sellers = Person.objects.filter(employee_no__in=exactly).order_by()
    return [
        Named(Q(slip_no__startswith=words.upper()), is_few),
        Named(Q(slip_no__in=(words, *_whole_number(words))), is_few=True),
        Named(Q(order__order_no__startswith=words.upper()), is_few),
        Named(Q(order__in=orders.values("pk")), is_few=True),
        Named(Q(person__in=sellers.values("pk")), is_few=True),
        _named_so("order__customer", Customer, words_of(words)),
        _named_so("person", Person, words_of(words)),
    ]


def _named_so(way: str, model: Any, words: str) -> Named:
    """Few are taken one by one; of many the names are looked at as their slips come by."""
    ids = named_first(model, "name", words, most=FEW + 1)
    if len(ids) <= FEW:
        return Named(Q(**{f"{way}__in": ids}), is_few=True)
    return Named(Q(**{f"{way}__in": spelled(model, words)}), is_few=False)


def _whole_number(words: str) -> list[str]:
    """`123` names S000123, where the latest number is written so."""
    if not (words.isascii() and words.isdigit()):
        return []
    latest = latest_number()
    if latest is None:
        return []
    prefix = latest.rstrip("0123456789")
    return [f"{prefix}{int(words):0{len(latest) - len(prefix)}d}"]
