"""What the views of this app do alike: a form sent, a service called, its refusal told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.files.services import FileRefused


def done(
    request: HttpRequest, form: Any, does: Callable[[], Any], said: Any, refused: type[Exception]
) -> bool:
    """Whether it was done; a refusal stands on the form."""
    try:
        does()
    except (refused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True


def form_page(request: HttpRequest, form: Any, **more: Any) -> HttpResponse:
    """A form on a page of its own: title, back, back_label, save, hint, has_files."""
    status = 400 if form.errors else 200
    return render(request, "core/form.html", {"form": form, **more}, status=status)
