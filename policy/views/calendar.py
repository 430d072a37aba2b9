"""The company's calendar: a year at a glance, and one day of it (TIME-4)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.converters import YEARS_BACK
from core.permissions import require
from core.tables.naming import in_chinese
from core.templatetags.house import day as day_text
from policy.forms import DayForm
from policy.navigation import rule_tabs
from policy.permissions import can_edit_calendar
from policy.querysets import own_days, settled_through
from policy.services import PolicyRefused, day_forget, day_say
from policy.yearly import Word, day_read, is_unannounced, year_read

YEARS_AHEAD = 2


def _check_year(year: int) -> None:
    this = clock.today().year
    if not this - YEARS_BACK <= year <= this + YEARS_AHEAD:
        raise Http404


@require_GET
def calendar_now(request: HttpRequest) -> HttpResponse:
    return redirect("calendar_year", year=clock.today().year)


@require_GET
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months with every day's kind; who keeps the calendar comes from here to a day."""
    _check_year(year)
    today = clock.today()
    own = {
        day: Word(word.is_workday, word.note)
        for day, word in own_days(date(year, 1, 1), date(year, 12, 31)).items()
    }
    months = year_read(year, own, chinese=in_chinese())
    context = {
        "tabs": rule_tabs(request),
        "year": year,
        "before": year - 1 if year > today.year - YEARS_BACK else None,
        "after": year + 1 if year < today.year + YEARS_AHEAD else None,
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "is_provisional": is_unannounced(year, own),
        "today": today,
        "settled": settled_through(),
        "can_edit": can_edit_calendar(request.user),
    }
    return render(request, "policy/calendar.html", context)


@require_http_methods(["GET", "POST"])
def calendar_day(request: HttpRequest, day: date) -> HttpResponse:
    """One day: what the country's calendar says, and the company's own word over it."""
    _check_year(day.year)
    require(can_edit_calendar(request.user))
    word = own_days(day, day).get(day)
    settled = settled_through()
    form = DayForm(
        request.POST or None,
        day=day,
        today=clock.today(),
        initial=_initial(day, word),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _say_or_forget(request, day, form)
        except PolicyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(day)s is kept.") % {"day": day_text(day)})
            return redirect("calendar_year", year=day.year)
    shown = Word(word.is_workday, word.note) if word else None
    context = {
        "form": form,
        "read": day_read(day, shown, chinese=in_chinese()),
        "nation": day_read(day, None, chinese=in_chinese()),
        "word": word,
        "is_final": settled is not None and day <= settled,
        "is_past": day < clock.today(),
        "changed_as": f"calendarday {day}",
    }
    return render(request, "policy/calendar_day.html", context)


def _initial(day: date, word: Any) -> dict[str, str]:
    if word is None:
        turned = day_read(day, None, chinese=False).is_workday
        return {"is_workday": "no" if turned else "yes"}
    said = "yes" if word.is_workday else "no"
    return {"is_workday": said, "note": word.note, "seen_word": said, "seen_note": word.note}


def _say_or_forget(request: HttpRequest, day: date, form: DayForm) -> None:
    told = form.cleaned_data
    common: dict[str, Any] = {
        "actor": request.user,
        "day": day,
        "seen": form.seen(),
        "reason": told["reason"],
    }
    if "forget" in request.POST:
        day_forget(**common)
    else:
        day_say(is_workday=told["is_workday"] == "yes", note=told["note"], **common)
