"""A small page about one record, to read: what it is called and its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.panels import Panel


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it is shown, and the page about it, if there is one."""

    label: Any
    value: Any
    url: str = ""


def record_page(
    request: HttpRequest,
    *,
    title: Any,
    kind: Any,
    facts: Sequence[Fact],
    icon: str,
    changed_as: Sequence[Any] = (),
    panels: Sequence[Panel] = (),
) -> HttpResponse:
    """`changed_as`: the records whose history stands below, all of them its reader's to see.
    `panels`: what upper floors hand in."""
    context = {"title": title, "kind": kind, "facts": facts, "icon": icon, "panels": panels}
    context["changed_as"] = list(changed_as)
    return render(request, "core/record.html", context)
