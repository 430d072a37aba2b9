"""All that happened with a customer, the latest first; upper apps hand in what they know.

`settings.CUSTOMER_TIMELINE` names who hands in: `(user, customer, before, limit)`, functions that
give the latest `limit` happenings before an instant. Whoever sees the file sees them: nothing is
handed in that its readers may not know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.history.reading import moments_of, name_of, with_names
from core.models import AuditRow
from core.services import audit_subject
from customers.models import Call, Comment, Customer, OwnerChange, Visit

AT_A_TIME = 20
ASKED_FOR = 2 * AT_A_TIME  # of each: many may have come at one instant, as with a merge
TOLD_OTHERWISE = ("comment", "owner changed")


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened; `is_day`: only the day is known. `details`: lines below it."""

    at: datetime
    icon: str
    title: Any
    who: str = ""
    text: str = ""
    url: str = ""
    is_day: bool = False
    details: tuple[str, ...] = ()


class Provider(Protocol):
    def __call__(
        self, user: Any, customer: Customer, before: datetime | None, limit: int
    ) -> Iterable[Happened]: ...


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some of what happened, and from where it goes on (an instant), if it does."""

    happened: list[Happened]
    further: datetime | None


def timeline_of(user: Any, customer: Customer, before: datetime | None = None) -> Timeline:
    """What happened before an instant: `AT_A_TIME`, and all that came at the same instant as the
    last of them."""
    providers: Iterable[Provider] = map(import_string, settings.CUSTOMER_TIMELINE)
    found = chain.from_iterable(each(user, customer, before, ASKED_FOR) for each in providers)
    happened = sorted(found, key=attrgetter("at"), reverse=True)
    if len(happened) <= AT_A_TIME:
        return Timeline(happened, None)
    last = happened[AT_A_TIME - 1].at
    shown = [each for each in happened if each.at >= last]
    return Timeline(shown, last if len(happened) > len(shown) else None)


def _before(rows: Any, field: str, before: datetime | None, limit: int) -> Any:
    earlier = rows if before is None else rows.filter(**{f"{field}__lt": before})
    return earlier.order_by(f"-{field}", "-id")[:limit]


def changes(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """What was changed of the file, of its contacts and of the files whose place it took."""
    about = [customer, *customer.merged.all(), *customer.contacts.only("pk", "customer")]
    rows = AuditRow.objects.filter(subject__in=[audit_subject(each) for each in about])
    kept = with_names(rows.exclude(action__in=TOLD_OTHERWISE))
    for moment in moments_of(list(_before(kept, "at", before, limit)), user):
        yield Happened(
            at=moment.at,
            icon="pencil",
            title=moment.action,
            who=moment.who,
            details=tuple(f"{each.label}: {each.after}" for each in moment.changes),
        )


def comments(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    rows = Comment.objects.filter(customer=customer).select_related("by__person")
    for row in _before(rows, "at", before, limit):
        yield Happened(row.at, "message-square", _("Comment"), name_of(row.by), row.text)


def owners(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    rows = OwnerChange.objects.filter(customer=customer).select_related(
        "from_person", "to_person", "by__person"
    )
    for row in _before(rows, "at", before, limit):
        said = {
            "before": row.from_person.name if row.from_person else "—",
            "after": row.to_person.name if row.to_person else "—",
        }
        yield Happened(
            at=row.at,
            icon="arrow-right-left",
            title=_("Owner: %(before)s → %(after)s") % said,
            who=name_of(row.by),
            text=row.reason,
        )


def visits(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    rows = Visit.objects.filter(customer=customer, void=False).select_related("person")
    for row in _before(rows, "at", before, limit):
        yield Happened(row.at, "map-pin", row.get_kind_display(), row.person.name, row.content)


def calls(user: Any, customer: Customer, before: datetime | None, limit: int) -> Iterator[Happened]:
    """Calls that reached nobody, or are not finished; whom they reached has a visit of it."""
    rows = Call.objects.filter(customer=customer, visit=None).select_related("person")
    for row in _before(rows, "started_at", before, limit):
        came = row.get_outcome_display() or pgettext("call", "not finished")
        title = _("Call: %(outcome)s") % {"outcome": came}
        yield Happened(row.started_at, "phone", title, row.person.name, row.note)
