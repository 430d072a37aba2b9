"""Doing one thing with many rows: each row by itself, and what came of it is told.

Sent twice it is done once: the service changes a row only if it is as it was seen, and says so.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.permissions import Decision, require

if TYPE_CHECKING:
    from core.lists.declaring import List

MOST_ROWS = 1_000  # more in one request would keep its sender waiting too long
MOST_WORDS = 1_000
_LARGEST_ID = 2**63 - 1


class RowRefused(Exception):
    """A row that the action leaves alone; the message says why, in the reader's language."""


class ChoiceRefused(Exception):
    """Rows that cannot be taken as they were chosen; the message says why."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """An action on the rows of a list: what its button says, who may, and the service for one row,
    `does(row=…, actor=…)`: it says whether it changed anything, and raises `RowRefused`.

    `address`: the name of the address that takes the rows instead of the list's own, where a page
    comes of it; it asks `chosen_rows`. `asks`: what has to be typed before it is done, once for
    all rows; the service gets it as `said`.
    """

    key: str
    label: Any
    may: Callable[[Any], Decision]
    does: Callable[..., bool] | None = None
    icon: str = "check"
    address: str = ""
    asks: Any = ""


@dataclass
class Outcome:
    """What came of an action: how many rows were done, were so already, and were refused."""

    done: int = 0
    so_already: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def tell(self, request: HttpRequest) -> None:
        said = [ngettext("%(n)s done", "%(n)s done", self.done) % {"n": self.done}]
        if self.so_already:
            said.append(_("%(n)s needed nothing") % {"n": self.so_already})
        if self.refused:
            refused = _("%(n)s refused") % {"n": self.refused.total()}
            reasons = [
                f"{reason} ({n})" if n > 1 else reason for reason, n in self.refused.most_common(5)
            ]
            said.append(f"{refused}: {'; '.join(reasons)}")
        level = messages.WARNING if self.refused else messages.SUCCESS
        messages.add_message(request, level, ", ".join(said))


def bulk_answer(listed: "List") -> HttpResponse:
    """Do what a form asks for with the rows it names, and lead back to the list.

    Raises `Http404` where there is no such action, `PermissionDenied` where it is not this user's.
    """
    request = listed.request
    action = next((each for each in listed.bulk if each.key == request.POST.get("do")), None)
    if action is None or action.does is None:
        raise Http404
    require(action.may(listed.user))
    try:
        does = partial(action.does, **_words(request, action))
        rows = chosen_rows(listed)
    except ChoiceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        _do(listed, does, rows).tell(request)
    return HttpResponseRedirect(request.get_full_path())


def _words(request: HttpRequest, action: Bulk) -> dict[str, str]:
    """What was typed for an action that asks for it. Raises `ChoiceRefused`."""
    if not action.asks:
        return {}
    field = forms.CharField(max_length=MOST_WORDS)
    try:
        return {"said": field.clean(request.POST.get(f"said_{action.key}"))}
    except ValidationError as wrong:
        raise ChoiceRefused(f"{action.asks}: {' '.join(wrong.messages)}") from None


def chosen_rows(listed: "List", *, most: int | None = None) -> list[Any]:
    """The rows that a form names, or all that are found, `most` (by default MOST_ROWS) at a time.
    Raises `ChoiceRefused`.
    """
    if refusal := _refusal(listed, most or MOST_ROWS):
        raise ChoiceRefused(refusal)
    if _wants_all(listed.request):
        return list(listed.found)
    # Rows by name need not fit the filters: what was done a moment ago no longer may.
    return list(listed.rows().filter(pk__in=_named(listed)))


def _wants_all(request: HttpRequest) -> bool:
    return request.POST.get("chosen") == "all"


def _named(listed: "List") -> list[int]:
    """The rows a form names, each once."""
    named = listed.request.POST.getlist(listed.table.chosen_as)
    ids = {int(each) for each in named if each.isascii() and each.isdigit() and len(each) < 20}
    return sorted(each for each in ids if each <= _LARGEST_ID)


def _refusal(listed: "List", most: int) -> str | None:
    request = listed.request
    if not _wants_all(request):
        number = len(_named(listed))
        if not number:
            return _("Choose at least one row.")
    else:
        number = listed.found.count()
        if str(number) != request.POST.get("found"):
            return _("The list changed meanwhile: it has %(n)s rows now. Look again.") % {
                "n": number
            }
    if number > most:
        return _("At most %(n)s rows at a time: narrow the list down.") % {"n": most}
    return None


def _do(listed: "List", does: Callable[..., bool], rows: list[Any]) -> Outcome:
    outcome = Outcome()
    for row in rows:
        try:
            with transaction.atomic():
                changed = does(row=row, actor=listed.user)
        except (RowRefused, PermissionDenied) as refusal:
            outcome.refused[str(refusal)] += 1
        else:
            outcome.done += changed
            outcome.so_already += not changed
    if not _wants_all(listed.request) and (gone := len(_named(listed)) - len(rows)):
        outcome.refused[_("it is no longer there")] += gone
    return outcome
