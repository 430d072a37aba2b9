"""The leader's page: the department in one view, month on month, down to the records."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.lists import List, list_page
from core.months import Month
from core.permissions import require
from core.templatetags.house import count, month_name, yuan
from performance.lists.department import ChargeList, LineList, MoneyList, OverdueList
from performance.navigation import tabs
from performance.permissions import can_see_department
from performance.reads.department import Department
from performance.reads.department import department as department_of
from performance.rules.periods import Period
from performance.words import rule_name
from policy.clauses import CLAUSES, clause_of

MONEY, OVERDUE, TARGET, SIGNED = "#0054a6", "#9a6700", "#495057", "#c2410c"
# A list as it is, whatever somebody keeps of it as their own first look.
ALL = "?view=all"
NONE = "—"


@require_GET
def department(request: HttpRequest, month: Month) -> HttpResponse:
    """Half a year up to a month."""
    require(can_see_department(request.user))
    found = department_of(month, request.user)
    context = {
        "tabs": tabs(request),
        "month": month,
        "before": month.previous(),
        "after": month.next(),
        "found": found,
        "lines": list(_lines(found)),
        "rules": [
            Line(f"lines-{rule}", rule_name(rule), _cells(found.months, amounts, yuan, _of(rule)))
            for rule, amounts in found.rules
        ],
        "chart": _chart(found),
        "clauses": [clause_of("DUE-1")],
    }
    return render(request, "performance/department.html", context)


@require_GET
def department_money(request: HttpRequest, month: Month) -> HttpResponseBase:
    """The payments that count in a month."""
    return _records(request, MoneyList, month=month)


@require_GET
def department_overdue(request: HttpRequest, month: Month) -> HttpResponseBase:
    """The deliveries that were overdue when a month ended."""
    return _records(request, OverdueList, month=month)


@require_GET
def department_lines(request: HttpRequest, month: Month, rule: str) -> HttpResponseBase:
    """What a rule gave and took on the statements of a month."""
    return _records(request, LineList, month=month, rule=_known(rule))


@require_GET
def department_charges(request: HttpRequest, month: Month, rule: str) -> HttpResponseBase:
    """The charges of a rule about a month."""
    return _records(request, ChargeList, month=month, rule=_known(rule))


def _records(request: HttpRequest, kind: type[List], **about: Any) -> HttpResponseBase:
    require(can_see_department(request.user))
    return list_page(request, kind, **about)


def _known(rule: str) -> str:
    if rule not in CLAUSES:
        raise Http404
    return rule


Cells = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure month by month: by which name scripts know it, what it is called, its cells: what
    stands there, and the page with the records behind it."""

    key: str
    label: str
    cells: Cells


def _cells(
    months: Sequence[Month],
    values: Sequence[Any],
    told: Callable[[Any], Any],
    leads_to: Callable[[Month], str],
) -> Cells:
    return [
        (NONE if value is None else str(told(value)), leads_to(month))
        for month, value in zip(months, values, strict=True)
    ]


def _lines(found: Department) -> Iterator[Line]:
    def line(key: str, label: str, values: Any, told: Any, leads_to: Any) -> Line:
        return Line(key, label, _cells(found.months, values, told, leads_to))

    of = found.attained
    money = _page("department_money")
    yield line("money", _("Money handed in"), [each.handed_in for each in of], yuan, money)
    yield line("target", _("Target"), [each.target for each in of], yuan, _targets)
    shares = [each.handed_in_percent for each in of]
    yield line("money-share", _("Handed in, of the target"), shares, _percent, _targets)
    yield line("signed", _("Orders signed"), [each.signed for each in of], yuan, _signed)
    shares = [each.signed_percent for each in of]
    yield line("signed-share", _("Signed, of the target"), shares, _percent, _targets)
    overdue = _page("department_overdue")
    yield line("overdue", _("Overdue at the month's end"), found.overdue, yuan, overdue)
    yield line("visits", _("Visits in person"), found.visits, count, _visits)
    yield line("complaints", _("Complaints"), found.complaints, count, _complaints)
    for rule, counted in found.judged:
        yield line(f"charges-{rule}", rule_name(rule), counted, count, _of(rule, "charges"))


def _percent(share: Any) -> str:
    return f"{share} %"


def _page(name: str) -> Callable[[Month], str]:
    return lambda month: reverse(name, args=[month]) + ALL


def _of(rule: str, what: str = "lines") -> Callable[[Month], str]:
    return lambda month: reverse(f"department_{what}", args=[month, rule]) + ALL


def _targets(month: Month) -> str:
    return reverse("targets", args=[Period(month, 1)]) + ALL


def _signed(month: Month) -> str:
    return _days("orders", month)


def _visits(month: Month) -> str:
    return _days("visits", month, kind="in_person", state="genuine")


def _complaints(month: Month) -> str:
    return _days("complaints", month)


def _days(name: str, month: Month, **more: str) -> str:
    """A list, of the days of a month."""
    wanted = {**more, "first": month.first_day, "last": month.last_day}
    return f"{reverse(name)}?{urlencode(wanted)}"


def _chart(found: Department) -> dict[str, Any]:
    """Money and what is overdue as bars, one of them hatched; targets and orders as lines with
    marks of their own: told apart by shape as well as by colour."""
    of = found.attained
    bars = (
        (_("Money handed in"), MONEY, False, [each.handed_in for each in of]),
        (_("Overdue at the month's end"), OVERDUE, True, found.overdue),
    )
    lines = (
        (_("Target"), TARGET, [2, 3], "triangle", [each.target for each in of]),
        (_("Orders signed"), SIGNED, [6, 4], "rectRot", [each.signed for each in of]),
    )
    return {
        "type": "bar",
        "data": {
            "labels": [month_name(month) for month in found.months],
            "datasets": [
                *(
                    {
                        "label": label,
                        "backgroundColor": colour,
                        "borderColor": colour,
                        "borderWidth": 1,
                        "hatched": hatched,
                        "data": _floats(values),
                        "order": 2,
                    }
                    for label, colour, hatched, values in bars
                ),
                *(
                    {
                        "type": "line",
                        "label": label,
                        "borderColor": colour,
                        "backgroundColor": colour,
                        "borderDash": dash,
                        "pointStyle": mark,
                        "pointRadius": 6,
                        "data": _floats(values),
                        "order": 1,
                    }
                    for label, colour, dash, mark, values in lines
                ),
            ],
        },
        "options": {
            "animation": False,
            "maintainAspectRatio": False,
            "scales": {"y": {"beginAtZero": True}},
            "plugins": {"legend": {"position": "bottom", "labels": {"usePointStyle": True}}},
        },
    }


def _floats(values: Sequence[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
