"""A small page about one record, to read: what it is called and its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
) -> HttpResponse:
    """`changed_as`: the records whose history stands below, all of them its reader's to see."""
    context = {"title": title, "kind": kind, "facts": facts, "icon": icon}
    context["changed_as"] = list(changed_as)
    return render(request, "core/record.html", context)
