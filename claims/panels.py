"""A person's page: goods on loan (GOOD-1; ORG-1: the keeper sees goods)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from claims.models import Loan
from claims.querysets import SEE_ALL_GOODS
from core.panels import Panel


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_GOODS):
        yield Panel(
            key="loans",
            title=_("Goods on loan"),
            template="claims/_person.html",
            context={"loans": partial(_out, user, person)},
        )


def _out(user: Any, person: Person) -> list[Loan]:
    rows = Loan.objects.visible_to(user).filter(person=person, returned_on=None)
    return list(rows.order_by("lent_at", "id"))
