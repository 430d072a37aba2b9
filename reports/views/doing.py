"""What the views of this app do alike: a form sent, a service called, its refusal told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.files.services import FileRefused
from reports.forms.fields import VersionForm
from reports.services import ReportsRefused


def done(request: HttpRequest, form: Any, does: Callable[[], Any], said: Any = "") -> bool:
    """Whether it was done; a refusal stands on the form."""
    try:
        does()
    except (ReportsRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def posted(
    request: HttpRequest, form: Any, does: Callable[[dict[str, Any]], Any], said: Any, back: Any
) -> HttpResponse:
    """A small form on another page: done and said, or the reason said; then back to the page."""
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    elif not done(request, form, lambda: does(form.cleaned_data), said):
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect(back)


def as_seen(row: Any, form: VersionForm) -> Any:
    """The record as whoever sent the form saw it."""
    row.version = form.cleaned_data["version"]
    return row


def form_page(
    request: HttpRequest, form: Any, *, title: Any, back: str, back_label: Any, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_label": back_label,
        "save": _("Save"),
        **more,
    }
    status = 400 if form.errors else 200
    return render(request, "core/form.html", context, status=status)
