"""Shapes of input: a trip with its plan, what is decided about it, a day's report. Never saved."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attendance.models import Trip
from attendance.rules.trips import trip_days
from attendance.services.trip_reports import LONGEST_TEXT as LONGEST_REPORT
from attendance.services.trips import (
    FARTHEST,
    LONGEST_DAYS,
    LONGEST_TEXT,
    CustomerPlan,
    DayPlan,
    TripPlan,
)
from core import clock
from customers.forms.picking import Found, called
from customers.models import Customer, Visit

CUSTOMERS_A_DAY = 20
ROWS_OFFERED = 2
PLAN_OF = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-plan")
SELECT = {"class": "form-select"}


class TripDayField(forms.DateField):
    """A day near enough for a trip; the service looks at it again."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "date", "class": "form-control", "data-trip-date": ""}
        super().__init__(widget=forms.DateInput(attrs=attrs, format="%Y-%m-%d"), **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and abs(value - clock.today()) > 2 * FARTHEST:
            raise ValidationError(_("The trip lies too far ahead."), code="far")


def words(label: Any, *, most: int = LONGEST_TEXT, rows: int = 2, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": rows, "maxlength": most}
    widget = forms.Textarea(attrs={**attrs, **kwargs.pop("attrs", {})})
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


class DayForm(forms.Form):
    """What one day is planned for: words, and rows of customers to be seen."""

    plan = words(_("Plan"), attrs={"placeholder": _("Where to, and what for")})

    def __init__(self, data: Any, *, day: date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, prefix=day.isoformat(), initial=initial)
        self.day = day
        self.chosen: tuple[CustomerPlan, ...] = ()
        for n in range(self._count(initial or {})):
            self.fields[f"customer_{n}"] = forms.CharField(
                label=_("Customer"), required=False, max_length=160
            )
            self.fields[f"phoned_{n}"] = forms.BooleanField(
                label=_("telephoned beforehand"), required=False
            )

    def _count(self, initial: Mapping[str, Any]) -> int:
        source = self.data if self.is_bound else initial
        prefix = f"{self.prefix}-customer_" if self.is_bound else "customer_"
        known = sum(name.startswith(prefix) for name in source)
        offered = max(known, ROWS_OFFERED) if self.is_bound else known + ROWS_OFFERED
        return min(offered, CUSTOMERS_A_DAY)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of the customers, two and two."""
        numbers = range(sum(name.startswith("customer_") for name in self.fields))
        return [(self[f"customer_{n}"], self[f"phoned_{n}"]) for n in numbers]

    def typed(self) -> list[str]:
        return [str(customer.value() or "") for customer, _phoned in self.rows]

    def choose(self, found: Found) -> None:
        """Find the customers that were typed; what is none is told at its row."""
        chosen = []
        for n, typed in enumerate(self.typed()):
            if typed.strip():
                try:
                    customer = found.of(typed)
                except ValidationError as wrong:
                    self.add_error(f"customer_{n}", wrong)
                else:
                    phoned = bool(self.cleaned_data.get(f"phoned_{n}"))
                    chosen.append(CustomerPlan(customer.pk, phoned))
        self.chosen = tuple(chosen)

    def planned(self) -> DayPlan:
        return DayPlan(self.day, self.cleaned_data["plan"], self.chosen)


class TripForm(forms.Form):
    """An application. `token` is the form's own: sent twice, it is applied for once. `version`:
    of what is corrected."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9
    )
    start_on = TripDayField(label=_("First day"))
    end_on = TripDayField(label=pgettext_lazy("trip", "Last day"))
    purpose = words(_("Purpose"))

    def __init__(self, data: Any = None, *, user: Any, trip: Trip | None = None) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        initial: dict[str, Any] = {"token": uuid4(), "start_on": tomorrow, "end_on": tomorrow}
        if trip is not None:
            names = ("start_on", "end_on", "purpose", "version")
            initial |= {name: getattr(trip, name) for name in names}
        super().__init__(data, initial=initial)
        self.user, self.trip = user, trip
        self.days: list[DayForm] = [] if self.is_bound else self._unbound()

    @property
    def blank(self) -> DayForm:
        """A day as the browser adds it: `__day__` stands for the date."""
        made = DayForm(None, day=clock.today())
        made.prefix = "__day__"
        return made

    def _unbound(self) -> list[DayForm]:
        start, end = self.initial["start_on"], self.initial["end_on"]
        planned = _planned(self.trip) if self.trip else {}
        return [DayForm(None, day=day, initial=planned.get(day)) for day in trip_days(start, end)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.days = [DayForm(self.data, day=day) for day in self._days_typed()]
        start, end = given.get("start_on"), given.get("end_on")
        if start is None or end is None:
            return given
        if end < start:
            self.add_error("end_on", _("The trip ends before it starts."))
        elif (end - start).days >= LONGEST_DAYS:
            too_long = _now("One application is for %(days)s days at most.")
            self.add_error("end_on", too_long % {"days": LONGEST_DAYS})
        else:
            self._clean_days(start, end)
        return given

    def _days_typed(self) -> list[date]:
        """The days that were planned, whatever the dates say: what was typed stays."""
        found = {name.removesuffix("-plan") for name in self.data if PLAN_OF.fullmatch(name)}
        days = [day for text in sorted(found) if (day := _day_of(text)) is not None]
        return days[:LONGEST_DAYS]

    def _clean_days(self, start: date, end: date) -> None:
        self.days = [DayForm(self.data, day=day) for day in trip_days(start, end)]
        valid = [each.is_valid() for each in self.days]
        found = Found(self.user, [text for each in self.days for text in each.typed()])
        for each in self.days:
            each.choose(found)
        if not all(valid) or any(each.errors for each in self.days):
            self.add_error(None, _("Each day needs its plan; see below what is missing."))

    def plan(self) -> TripPlan:
        given = self.cleaned_data
        days = [each.planned() for each in self.days]
        return TripPlan(given["start_on"], given["end_on"], given["purpose"], days)


def _day_of(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _planned(trip: Trip) -> dict[date, dict[str, Any]]:
    """What a trip's days are planned for, as forms begin with it."""
    found: dict[date, dict[str, Any]] = {each.date: {"plan": each.plan} for each in trip.days.all()}
    for each in trip.customers.select_related("customer"):
        of_day = found.setdefault(each.date, {})
        n = sum(name.startswith("customer_") for name in of_day)
        of_day[f"customer_{n}"] = called(each.customer)
        of_day[f"phoned_{n}"] = each.telephoned
    return found


class DatesForm(forms.Form):
    """The days of an application that is being filled in."""

    start_on = TripDayField()
    end_on = TripDayField()


class TripVersionForm(forms.Form):
    """Something done with what was seen. `version`: what was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class TripDecisionForm(TripVersionForm):
    """Approved or refused; a refusal says why."""

    reply = words(_("Reason of the decision"), required=False)


class TripEndForm(TripVersionForm):
    """An approved trip cancelled by whoever decides, and why."""

    reply = words(_("Reason of the decision"))


class TripOwnEndForm(TripVersionForm):
    """An approved trip one does not go on after all."""

    reply = words(_("Reason"), required=False)


class TripShortenForm(TripEndForm):
    """An approved trip that ends earlier, and why."""

    end_on = TripDayField(label=_("New last day"))
    field_order = ("version", "end_on", "reply")


class ReportForm(forms.Form):
    """A day's report. `token` is the form's own: sent twice, it is one report."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = words(_("What the day brought"), most=LONGEST_REPORT, rows=6)

    def __init__(self, data: Any = None, *, draft: str) -> None:
        super().__init__(data, initial={"token": uuid4()})
        self.fields["text"].widget.attrs["data-draft"] = draft


class TakenForm(forms.Form):
    """A report told by telephone: when the call was, and what was told."""

    at = forms.TimeField(
        label=_("Time of the call"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M"),
    )
    text = words(_("What was told"), most=LONGEST_REPORT, required=False)

    def __init__(self, data: Any = None) -> None:
        now = clock.local(clock.now()).time().replace(second=0, microsecond=0)
        super().__init__(data, initial={"at": now})

    def told_at(self, day: date) -> Any:
        wall: time = self.cleaned_data["at"]
        return clock.at(day, wall)


class VisitForm(forms.Form):
    """A visit of a day: to whom, when, what kind, what was said."""

    customer = forms.CharField(label=_("Customer"), max_length=160)
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}, format="%H:%M"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Visit.Kind.choices, widget=forms.Select(attrs=SELECT)
    )
    content = words(_("What was said"), most=LONGEST_REPORT, rows=3)

    def __init__(self, data: Any = None, *, user: Any, draft: str) -> None:
        now = clock.local(clock.now()).time().replace(second=0, microsecond=0)
        super().__init__(data, initial={"at": now, "kind": Visit.Kind.RETURN})
        self.user = user
        self.fields["content"].widget.attrs["data-draft"] = draft

    def clean_customer(self) -> Customer:
        typed = self.cleaned_data["customer"]
        return Found(self.user, [typed]).of(typed)
