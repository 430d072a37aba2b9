"""Files of the company's tables, from the browser."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.forms import FactsForm
from core.models import TableLoad
from core.months import Month
from core.permissions import require
from core.services import sources_load
from core.tables.folder import contents_of
from core.uploads import is_too_large, saved
from payroll.permissions import can_load


@require_POST
def facts_load(request: HttpRequest, month: Month) -> HttpResponse:
    """Load the files sent: each whole, or not at all. The page itself says what was wrong."""
    require(can_load(request.user))
    form = FactsForm(request.POST, request.FILES, too_large=is_too_large(request))
    if not form.is_valid():
        for reasons in form.errors.values():
            for reason in reasons:
                messages.error(request, str(reason))
        return redirect("month", month=month)
    with saved(form.cleaned_data["files"]) as paths:
        contents = contents_of(paths)
        known = {source.path for source in contents.sources}
        loads = sources_load(sources=contents.sources, actor=request.user)
        _tell(request, loads, [path.name for path in paths if path not in known])
    return redirect("month", month=month)


def _tell(request: HttpRequest, loads: Iterable[TableLoad], strangers: list[str]) -> None:
    taken = [load for load in loads if not load.wrong]
    if taken:
        messages.success(request, _taken_text(taken))
    for file in strangers:
        messages.warning(
            request,
            _("%(file)s is none of the company's tables; it was left alone.") % {"file": file},
        )


def _taken_text(taken: list[TableLoad]) -> str:
    return ngettext(
        "%(count)s file loaded: %(new)s new, %(changed)s changed, %(same)s as before.",
        "%(count)s files loaded: %(new)s new, %(changed)s changed, %(same)s as before.",
        len(taken),
    ) % {
        "count": len(taken),
        "new": sum(load.new for load in taken),
        "changed": sum(load.changed for load in taken),
        "same": sum(load.same for load in taken),
    }
