"""A customer picked by what is typed: number, name, pinyin; among those a user may see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.spelling import spelled, words_of
from customers.models import Customer
from customers.querysets.files import or_filed_as

LONGEST = 160


class Found:
    """The customers that texts name, among those a user may see. One query for all of them."""

    def __init__(self, user: Any, typed: Iterable[str]) -> None:
        texts = {text for each in typed for text in (each.strip(), *each.split()[:1]) if text}
        rows = Customer.objects.visible_to(user).filter(
            Q(customer_no__in=texts) | Q(name__in=texts)
        )
        self.rows = list(rows) if texts else []

    def of(self, typed: str) -> Customer:
        """By its number, `number name` as it is offered, or its name. Raises ValidationError."""
        text = typed.strip()
        by_no = {each.customer_no: each for each in self.rows}
        named = [each for each in self.rows if each.name == text]
        if text in by_no:
            return by_no[text]
        if len(named) > 1:
            raise ValidationError(_("Several customers are called so: type the number."))
        if named:
            return named[0]
        number, _between, name = text.partition(" ")
        if number in by_no and by_no[number].name == name.strip():
            return by_no[number]
        raise ValidationError(_("No customer of yours is called so: type number or name."))


def called(customer: Customer) -> str:
    """A customer as it is offered and typed."""
    return f"{customer.customer_no} {customer.name}"


def offered_for(user: Any, typed: str, *, most: int) -> list[Customer]:
    """The customers that what is typed may mean: hanzi, pinyin, first letters, numbers."""
    words = words_of(typed)
    return list(_meant(user, words).order_by("customer_no")[:most]) if words else []


def _meant(user: Any, words: str) -> QuerySet[Customer]:
    by_words = Q(customer_no__icontains=words) | Q(name__icontains=words)
    seen = Customer.objects.visible_to(user)
    return seen.filter(or_filed_as(by_words | Q(pk__in=spelled(Customer, words))))


def customer_meant(user: Any, typed: str) -> Customer:
    """The customer as it was offered, or the only one that what was typed can mean: without a
    connection nothing was offered. Raises ValidationError."""
    try:
        return Found(user, [typed]).of(typed)
    except ValidationError:
        found = offered_for(user, typed, most=2)
        if len(found) == 1:
            return found[0]
        raise
