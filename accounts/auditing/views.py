"""All changes, and all openings of confidential records: found, paged, taken out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.auditing.forms import ChangesForm, OpeningsForm
from accounts.auditing.navigation import tabs
from accounts.auditing.permissions import can_see_changes, can_see_openings
from accounts.auditing.querysets import changes_visible_to
from core import clock
from core.confidential import opened
from core.history.reading import Moment, history_page, name_of, number_from, with_names
from core.history.words import action_word, subject_words
from core.lists import is_fragment
from core.models import Opening
from core.permissions import require
from core.tables.writing import to_csv

PER_PAGE = 25
MOST_TAKEN_OUT = 10_000
BOM = "\ufeff"  # without it Excel in China reads UTF-8 as GB18030


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """Every change, the latest first; pages go by the row's number, so none is slow."""
    require(can_see_changes(request.user))
    form = ChangesForm(request.GET)
    rows = form.found_in(changes_visible_to(request.user))
    before = number_from(request.GET.get("before"))
    found = history_page(rows, request.user, before=before, per_page=PER_PAGE)
    context = {
        "form": form,
        "found": found,
        "is_continued": before is not None,
        "tabs": tabs(request),
        "most": MOST_TAKEN_OUT,
    }
    template = "accounts/_changes_found.html" if is_fragment(request) else "accounts/changes.html"
    return render(request, template, context)


@require_GET
def changes_export(request: HttpRequest) -> HttpResponseBase:
    """What was found as CSV, the latest 10,000; that it was taken out is written down."""
    require(can_see_changes(request.user))
    rows = ChangesForm(request.GET).found_in(changes_visible_to(request.user))
    found = history_page(rows, request.user, per_page=MOST_TAKEN_OUT)
    columns = [_("When"), _("By whom"), _("What was done"), _("Record"), _("Changes")]
    text = BOM + to_csv(columns, _lines(found.moments))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    named = quote(f"{_('Changes')} {clock.today()}.csv")
    response["Content-Disposition"] = (
        f"attachment; filename=\"changes-{clock.today()}.csv\"; filename*=UTF-8''{named}"
    )
    return opened(
        request,
        response,
        way=Opening.Way.EXPORTED,
        kind="audit",
        subject="audit",
        details={"rows": len(found.moments)},
    )


def _lines(moments: list[Moment]) -> Iterator[list[Any]]:
    for moment in moments:
        told = [
            f"{change.label}: {change.after}"
            if change.before is None
            else f"{change.label}: {change.before} → {change.after}"
            for change in moment.changes
        ]
        yield [moment.at, moment.who, moment.action, moment.subject, "; ".join(told)]


@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """Who opened, printed or took out which confidential record, the latest first."""
    require(can_see_openings(request.user))
    form = OpeningsForm(request.GET)
    rows = form.found_in(Opening.objects.all())
    before = number_from(request.GET.get("before"))
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(with_names(rows).order_by("-id")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    context = {
        "form": form,
        "lines": [
            (row, name_of(row.actor), action_word(row.kind), subject_words(row.subject))
            for row in shown
        ],
        "older": shown[-1].pk if len(found) > PER_PAGE else None,
        "is_continued": before is not None,
        "tabs": tabs(request),
    }
    template = "accounts/_openings_found.html" if is_fragment(request) else "accounts/openings.html"
    return render(request, template, context)
