"""The reserve as a bank book, everybody's, and what a year's end does with it (RES-1, RES-2)."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import Person
from core import clock
from core.lists import list_page
from core.money import ZERO
from core.months import Month
from core.permissions import require
from payroll.assessment import Contexts
from payroll.groups import Group
from payroll.querysets import pay_visible_people
from payroll.statements import ChargeLine, Line
from policy.clauses import clause_of
from receivables.charges.reserve_ahead import MonthAhead, reserve_ahead
from receivables.lists.reserve_book import ReserveList, YearEndList
from receivables.permissions.cases import can_see_reserves
from receivables.querysets.reserve_book import book_of, first_open_month
from receivables.rules.reserve_book import BookLine, on_reserve
from receivables.views.case_effects import year_end_says
from receivables.year_end import DECEMBER, year_end_from


@require_GET
def reserves(request: HttpRequest) -> HttpResponseBase:
    """All the reserves one may see; who sees none but the own, that one."""
    user: Any = request.user
    if not can_see_reserves(user) and user.has_role("salesperson"):
        return _book(request, user.person)
    require(can_see_reserves(user))
    return list_page(request, ReserveList)


@require_GET
def reserve_year(request: HttpRequest, year: int) -> HttpResponseBase:
    """What a year's end did with the reserves, or would do as things stand."""
    require(can_see_reserves(request.user))
    if year > clock.today().year or year < clock.today().year - 30:
        raise Http404
    return list_page(request, YearEndList, year=year)


@require_GET
def reserve(request: HttpRequest, employee_no: str) -> HttpResponse:
    """One reserve: what is in it, each movement with its reason, what is to come."""
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    return _book(request, person)


def _book(request: HttpRequest, person: Person) -> HttpResponse:
    lines = book_of(person)
    if not lines and not person.has_role("salesperson"):
        raise Http404
    moves = [line for line in lines if line.amount]
    years = sorted({line.day.year for line in moves}, reverse=True)
    year = _year_asked(request, years)
    context = {
        "person": person,
        "is_own": request.user.person_id == person.pk,  # type: ignore[union-attr]
        "balance": lines[-1].balance if lines else ZERO,
        "lines": [_shown(line) for line in moves if line.day.year == year],
        "opening": _opening(moves, year),
        "cancelled": [_shown(line) for line in lines if not line.amount],
        "year": year,
        "years": years,
        "can_see_all": can_see_reserves(request.user),
        "clause": clause_of("RES-1"),
        **_to_come(person, lines),
    }
    return render(request, "receivables/reserve.html", context)


def _shown(line: BookLine) -> dict[str, Any]:
    """A line with its words."""
    return {"line": line, "told": Line(line.entry, line.amount)}


def _year_asked(request: HttpRequest, years: list[int]) -> int | None:
    """The year that is shown; what cannot be understood is the latest."""
    asked = request.GET.get("year", "")
    wanted = int(asked) if re.fullmatch("[0-9]{4}", asked) else None
    return wanted if wanted in years else next(iter(years), None)


def _opening(moves: list[BookLine], year: int | None) -> Any:
    """What was in it when the year began; nothing, where the book begins with it."""
    before = [line for line in moves if year is not None and line.day.year < year]
    return before[-1].balance if before else None


def _to_come(person: Person, lines: list[BookLine]) -> dict[str, Any]:
    """What the month's end brings, and the year's, as things stand. None for who left before."""
    now = clock.now()
    running, start = Month.of(clock.local_date(now)), first_open_month(now)
    left = person.left_on
    if left is not None and left < start.first_day:
        return {"coming": [], "year_end": ""}
    last = Month(running.year, DECEMBER)
    contexts = Contexts(Group(person.pk, person.pk))
    ahead = reserve_ahead(start=start, last=last, as_of=now, contexts=contexts)
    posted = {line.entry.key for line in lines if line.amount}
    end = year_end_from(running.year, ahead, start, posted=False, person=person)
    found = end.ends.get(person.employee_no)
    return {
        "coming": _coming(ahead, running, posted),
        "year_end": year_end_says(found) if found else "",
        "year_end_of": found,
    }


def _coming(ahead: list[MonthAhead], through: Month, posted: set[str]) -> list[dict[str, Any]]:
    """What the running month's end brings to the reserve and is not in the book yet."""
    return [
        {"charge": charge, "amount": amount, "told": ChargeLine(charge, each.month)}
        for each in ahead
        if each.month <= through
        for charge in each.charges
        if charge.key not in posted
        and (amount := on_reserve(charge.source, charge.target, charge.amount))
    ]
