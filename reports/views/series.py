"""Series of meetings, kept by the manager (MEET-1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import list_page
from core.permissions import require
from reports.forms.meetings import SeriesEndForm, SeriesForm, series_initial
from reports.lists.meetings import SeriesList
from reports.models import MeetingSeries
from reports.permissions import can_keep_series, can_see_reports
from reports.services import series_add, series_change, series_end
from reports.views.doing import as_seen, done, form_page, posted


@require_GET
def series(request: HttpRequest) -> HttpResponseBase:
    """The series one may see."""
    require(can_see_reports(request.user))
    return list_page(request, SeriesList)


@require_http_methods(["GET", "POST"])
def series_new(request: HttpRequest) -> HttpResponse:
    """Begin a series: its meetings of the next two weeks are made at once."""
    require(can_keep_series(request.user))
    form = SeriesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["token"]

        def add() -> None:
            series_add(facts=form.facts(), token=sent, actor=request.user)

        if done(request, form, add, _("Begun; its meetings of two weeks are made.")):
            return redirect("series")
    return form_page(
        request,
        form,
        title=_("Begin a series"),
        back=reverse("series"),
        back_label=_("Series of meetings"),
    )


def _found(request: HttpRequest, pk: int) -> MeetingSeries:
    found: MeetingSeries = get_object_or_404(MeetingSeries.objects.visible_to(request.user), pk=pk)
    require(can_keep_series(request.user))
    return found


@require_http_methods(["GET", "POST"])
def series_one(request: HttpRequest, pk: int) -> HttpResponse:
    """A series: change it, or end it."""
    found = _found(request, pk)
    initial = series_initial(found)
    form = SeriesForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen: Any = as_seen(found, form)  # type: ignore[arg-type]  # it has a version, too

        def change() -> None:
            series_change(series=seen, facts=form.facts(), actor=request.user)

        if done(request, form, change, _("Changed; coming meetings follow.")):
            return redirect("series")
    context = {
        "form": form,
        "series": found,
        "end_form": SeriesEndForm(initial={"version": initial["version"]}, prefix="end"),
        "changed_as": [found],
    }
    return render(request, "reports/series.html", context, status=400 if form.errors else 200)


@require_POST
def series_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End a series on a day, with the reason."""
    found = _found(request, pk)
    form = SeriesEndForm(request.POST, prefix="end")

    def end(given: dict[str, Any]) -> None:
        series_end(
            series=as_seen(found, form),
            until_on=given["until_on"],
            reason=given["reason"],
            actor=request.user,
        )

    return posted(request, form, end, _("The series ends."), reverse("series_one", args=[pk]))
