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
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.history.reading import moments_of, name_of, with_names
from core.models import AuditRow
from core.services import audit_subject
from customers.models import (
    Call,
    Comment,
    Complaint,
    Customer,
    OwnerChange,
    Project,
    SupportRequest,
    Visit,
)

AT_A_TIME = 20
SHOWN = 60  # signs of what somebody wrote, in a title
ASKED_FOR = 2 * AT_A_TIME  # of each: many may have come at one instant, as with a merge
TOLD_OTHERWISE = ("comment", "owner changed", "merged")  # the last by "merge", of the file kept


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
    """Those too that stayed with a file whose place this one took: it had one of the same minute,
    in other words."""
    files = Customer.objects.filter(Q(pk=customer.pk) | Q(merged_into=customer))
    rows = Visit.objects.filter(customer__in=files.order_by().values("pk"), void=False)
    told = rows.select_related("person", "customer")
    for row in _before(told, "at", before, limit):
        yield Happened(
            at=row.at,
            icon="map-pin",
            title=row.get_kind_display(),
            who=row.person.name,
            text=row.content,
            details=() if row.customer_id == customer.pk else (_filed_as(row.customer),),
        )


def _filed_as(file: Customer) -> str:
    return _("filed under %(file)s") % {"file": f"{file.customer_no} {file.name}"}


def calls(user: Any, customer: Customer, before: datetime | None, limit: int) -> Iterator[Happened]:
    """Calls that reached nobody, or are not finished; whom they reached has a visit of it."""
    rows = Call.objects.filter(customer=customer, visit=None).select_related("person")
    for row in _before(rows, "started_at", before, limit):
        came = row.get_outcome_display() or pgettext("call", "not finished")
        title = _("Call: %(outcome)s") % {"outcome": came}
        yield Happened(row.started_at, "phone", title, row.person.name, row.note)


# Of what came of a customer: the page, its sign, what it is called.
MATTERS = {
    "project": ("flag", gettext_lazy("Project registered: %(what)s")),
    "complaint": ("message-square-warning", gettext_lazy("Complaint: %(what)s")),
    "support_request": ("life-buoy", gettext_lazy("Support asked for: %(what)s")),
}
STANDS: dict[str, dict[str, Any]] = {
    "project": dict([*Project.Stage.choices, *Project.Ended.choices]),
    "complaint": dict(Complaint.State.choices),
    "support_request": dict(SupportRequest.State.choices),
}


def matters(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """Projects, complaints and requests for support about a customer, each as it stands now and
    leading to its page; of each those that the reader may see. One query."""
    stage = Case(When(~Q(ended=""), then=F("ended")), default=F("stage"))
    parts = (
        _matters(Project, user, customer, before, at="registered_at", what="name", stands=stage,
                 who="registered_by__name"),
        _matters(Complaint, user, customer, before, at="opened_at", what="subject",
                 stands=F("state"), who="taken_by__name"),
        _matters(SupportRequest, user, customer, before, at="asked_at", what="text",
                 stands=F("state"), who="person__name"),
    )  # fmt: skip
    pages = ("project", "complaint", "support_request")
    named = [part.annotate(page=Value(page)) for page, part in zip(pages, parts, strict=True)]
    columns = ("page", "row", "moment", "what", "stands", "who")
    first, *others = (part.order_by().values_list(*columns) for part in named)
    rows = first.union(*others, all=True).order_by("-moment", "page", "-row")[:limit]
    for page, pk, moment, what, stands, who in rows:
        icon, title = MATTERS[page]
        yield Happened(
            at=moment,
            icon=icon,
            title=title % {"what": Truncator(what).chars(SHOWN)},
            who=who,
            text=str(STANDS[page][stands]),
            url=reverse(page, args=[pk]),
        )


def _matters(
    model: Any,
    user: Any,
    customer: Customer,
    before: datetime | None,
    *,
    at: str,
    what: str,
    stands: Any,
    who: str,
) -> QuerySet[Any]:
    rows = model.objects.visible_to(user).filter(customer=customer)
    earlier = rows if before is None else rows.filter(**{f"{at}__lt": before})
    told: QuerySet[Any] = earlier.annotate(
        row=F("pk"),
        moment=F(at),
        what=Cast(what, CharField()),
        stands=Cast(stands, CharField()),
        who=F(who),
    )
    return told
