"""What the views of projects and support do alike: a form sent, a service called, its refusal
told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.files.services import FileRefused
from customers.services import ProjectRefused


def done(form: Any, does: Callable[[], Any]) -> bool:
    """Whether the form reads well and it was done; a refusal stands on the form."""
    if not form.is_valid():
        return False
    try:
        does()
    except (ProjectRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def posted(
    request: HttpRequest, form: Any, does: Callable[[], Any], said: Any, back: str
) -> HttpResponse:
    """A small form on another page: done and said, or the reason said; then back to the page."""
    if done(form, does):
        messages.success(request, said)
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    return redirect(back)


def as_seen(row: Any, form: Any) -> Any:
    """The record as whoever sent the form saw it."""
    row.version = form.cleaned_data["version"]
    return row


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: Any,
    back: str,
    back_label: Any,
    save: Any,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_label": back_label,
        "save": save,
        **more,
    }
    return render(request, "core/form.html", context, status=400 if form.errors else 200)
