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
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.history.reading import moments_of, name_of, with_names
from core.models import AuditRow
from core.services import audit_subject
from customers.happened import Happened, Part, Row, login_name, told_together
from customers.models import (
    Agency,
    Call,
    Comment,
    Complaint,
    Customer,
    OwnerChange,
    Project,
    QuietMark,
    SpotCheck,
    SupportRequest,
    Visit,
)

AT_A_TIME = 20
ASKED_FOR = 2 * AT_A_TIME  # of each: many may have come at one instant, as with a merge
# "merged" is told by "merge", of the file kept.
TOLD_OTHERWISE = (
    "comment",
    "owner changed",
    "merged",
    "not to be disturbed",
    "may be disturbed again",
)
AGENTS = "prefecture"  # the page of a prefecture and its agents


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
    """Each leads to its page, for whoever may see the visit: of a file that changed hands the
    visits before stay theirs who made them."""
    rows = _that_open(Visit, user).filter(_of_firm(customer), void=False)
    for row in _before(rows.select_related("person", "customer"), "at", before, limit):
        yield Happened(
            at=row.at,
            icon="map-pin",
            title=row.get_kind_display(),
            who=row.person.name,
            text=row.content,
            details=() if row.customer_id == customer.pk else (_filed_as(row.customer),),
            url=reverse("visit", args=[row.pk]) if row.opens else "",
        )


def _of_firm(customer: Customer) -> Q:
    """What is about a file, and what stayed with one whose place it took: there was the same of
    both already."""
    files = Customer.objects.filter(Q(pk=customer.pk) | Q(merged_into=customer))
    return Q(customer__in=files.order_by().values("pk"))


def _filed_as(file: Customer) -> str:
    return _("filed under %(file)s") % {"file": f"{file.customer_no} {file.name}"}


def _that_open(model: Any, user: Any) -> Any:
    """All rows, with whether their page opens to somebody (`opens`)."""
    seen = model.objects.visible_to(user).filter(pk=OuterRef("pk"))
    return model.objects.annotate(opens=Exists(seen))


def calls(user: Any, customer: Customer, before: datetime | None, limit: int) -> Iterator[Happened]:
    """Calls that reached nobody, or are not finished; whom they reached has a visit of it."""
    rows = _that_open(Call, user).filter(customer=customer, visit=None).select_related("person")
    for row in _before(rows, "started_at", before, limit):
        came = row.get_outcome_display() or pgettext("call", "not finished")
        title = _("Call: %(outcome)s") % {"outcome": came}
        yield Happened(
            at=row.started_at,
            icon="phone",
            title=title,
            who=row.person.name,
            text=row.note,
            url=reverse("call", args=[row.pk]) if row.opens else "",
        )


# Of what came of a customer: its sign, what it is called, the page it leads to.
MATTERS = {
    "project": ("flag", gettext_lazy("Project registered: %(what)s"), "project"),
    "complaint": ("message-square-warning", gettext_lazy("Complaint: %(what)s"), "complaint"),
    "support": ("life-buoy", gettext_lazy("Support asked for: %(what)s"), "support_request"),
    "check": ("search-check", gettext_lazy("Spot check"), "spot_check"),
    "talks": ("handshake", gettext_lazy("In talks about being the agent of %(what)s"), AGENTS),
    "agent": ("handshake", gettext_lazy("Agent of %(what)s"), AGENTS),
    "no_agent": ("handshake", gettext_lazy("No longer agent of %(what)s"), AGENTS),
    "quiet": ("bell-off", gettext_lazy("Marked as not to be disturbed"), ""),
    "not_quiet": ("bell", gettext_lazy("Do-not-disturb mark lifted"), ""),
}
STANDS: dict[str, dict[str, Any]] = {
    "project": dict([*Project.Stage.choices, *Project.Ended.choices]),
    "complaint": dict(Complaint.State.choices),
    "support": dict(SupportRequest.State.choices),
    "check": dict(SpotCheck.Verdict.choices),
}


def matters(
    user: Any, customer: Customer, before: datetime | None, limit: int
) -> Iterator[Happened]:
    """Projects, complaints, requests for support and spot checks about a customer, each as it
    stands now; what it was agent of, from when to when; when it was marked as not to be disturbed.
    Of each those that the reader may see, leading to their pages. One query."""
    return told_together(_matters(user, customer), MATTERS, before, limit, _as_it_stands)


def _as_it_stands(row: Row) -> str:
    stands = STANDS.get(row.kind)
    return str(stands[row.text]) if stands else row.text


def _matters(user: Any, customer: Customer) -> tuple[Part, ...]:
    def seen(model: Any) -> Any:
        return model.objects.visible_to(user).filter(_of_firm(customer))

    stage = Case(When(~Q(ended=""), then=F("ended")), default=F("stage"))
    # Whoever sees the file sees what it is agent of, and whether it may be called.
    agencies, marks = (model.objects.filter(_of_firm(customer)) for model in (Agency, QuietMark))
    agent = agencies.exclude(agent_on=None)
    # What is only drawn is told to nobody beforehand (VIS-3).
    judged = seen(SpotCheck).exclude(verdict="")
    prefecture, place = "prefecture__name", "prefecture"
    return (
        Part("project", seen(Project), "registered_at", "pk", "name", stage, "registered_by__name"),
        Part("complaint", seen(Complaint), "opened_at", "pk", "subject", "state", "taken_by__name"),
        Part("support", seen(SupportRequest), "asked_at", "pk", "text", "state", "person__name"),
        Part("check", judged, "checked_on", "pk", text="verdict", who="person__name", is_day=True),
        Part("talks", agencies, "talks_on", place, prefecture, is_day=True),
        Part("agent", agent, "agent_on", place, prefecture, is_day=True),
        Part(
            "no_agent",
            agencies.exclude(ended_on=None),
            "ended_on",
            place,
            prefecture,
            "ended_reason",
            is_day=True,
        ),
        Part("quiet", marks, "marked_at", "pk", text="reason", who=login_name("marked_by")),
        Part(
            "not_quiet",
            marks.exclude(lifted_at=None),
            "lifted_at",
            "pk",
            text="lift_reason",
            who=login_name("lifted_by"),
        ),
    )
