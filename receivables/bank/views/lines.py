"""The bank's lines: the list, one with what it may be, and how it is settled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Case, Q, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.lists import list_page
from core.permissions import require
from core.templatetags.house import day
from receivables.bank.forms import LARGEST_ID, MatchForm, ReasonForm, typed_amounts
from receivables.bank.lists import BankLineList
from receivables.bank.models import BankDay, BankLine
from receivables.bank.permissions import can_reconcile
from receivables.bank.services import MatchRefused, line_aside, line_match, line_undo
from receivables.bank.shown import found_by_hand, proposals_of, why_of
from receivables.bank.tables import state_badge
from receivables.bank.words import reasons_said

LONGEST_SEARCH = 60


@require_GET
def bank_lines(request: HttpRequest) -> HttpResponseBase:
    """Every line: matched, doubtful, unmatched, outgoing; a day's, or all."""
    require(can_reconcile(request.user))
    return list_page(request, BankLineList)


def _found(request: HttpRequest, pk: int) -> BankLine:
    require(can_reconcile(request.user))
    if pk > LARGEST_ID:
        raise Http404
    seen = BankLine.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("settled_by__person", "statement"), pk=pk)


@require_GET
def bank_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: what it may be with the reasons, slips to choose by hand, or what it stands for."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, line: BankLine, *, form: Any = None, doing: str = ""
) -> HttpResponse:
    typed = request.POST or request.GET
    words = typed.get("q", "")[:LONGEST_SEARCH]
    matches = list(
        line.matches.select_related("payment__slip__order__customer", "undone_by__person")
    )
    context: dict[str, Any] = {
        "line": line,
        "badge": state_badge(line),
        "standing": [match for match in matches if match.undone_at is None],
        "undone": [match for match in matches if match.undone_at is not None],
        "form": form,
        "doing": doing,
        "changed_as": [line],
    }
    if context["standing"]:
        context["why"] = reasons_said(context["standing"][0].found.get("reasons", []))
    if line.is_left:
        rows, has_more = found_by_hand(words, typed_amounts(typed))
        context |= {
            "proposals": proposals_of(line),
            "words": words,
            "rows": rows,
            "has_more": has_more,
            "reason": typed.get("reason", ""),
            "next": _next_after(line),
        }
    status = 400 if form is not None else 200
    return render(request, "receivables/bank/line.html", context, status=status)


def _next_after(line: BankLine) -> BankLine | None:
    """The next line to look at: of the same day, else of the oldest day."""
    left = BankLine.objects.left().exclude(pk=line.pk)
    later = Q(day=line.day, booked_at__gte=line.booked_at, pk__gt=line.pk)
    nearness = Case(When(later, then=0), When(day=line.day, then=1), default=2)
    return left.order_by(nearness, "booked_at", "id").first()


def _go_on(request: HttpRequest, line: BankLine) -> HttpResponse:
    """To the next line to look at; a day of which nothing is left says so."""
    if BankDay.objects.filter(day=line.day, reconciled_at__isnull=False).exists():
        said = _("%(day)s is reconciled: nothing is left.") % {"day": day(line.day)}
        messages.success(request, said)
    following = _next_after(line)
    return redirect("bank_line", pk=following.pk) if following else redirect("bank")


@require_POST
def bank_line_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Match the line as it was seen: a proposal accepted, or slips chosen by hand. With `search`
    it is only looked for slips: what was typed beside others stays."""
    if "search" in request.POST:
        return _page(request, _found(request, pk))

    def does(line: BankLine, said: dict[str, Any]) -> None:
        line_match(
            actor=request.user,
            line=line,
            pays=said["pays"],
            reason=said["reason"],
            bank_date=said["bank_date"],
            found=why_of(line, said["pays"]),
        )

    return _do(request, pk, MatchForm, "match", does)


@require_POST
def bank_line_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The line is no customer's payment, with the reason."""

    def does(line: BankLine, said: dict[str, Any]) -> None:
        line_aside(actor=request.user, line=line, reason=said["reason"])

    return _do(request, pk, ReasonForm, "aside", does)


@require_POST
def bank_line_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back how the line was settled, with the reason; the same line is then to look at."""

    def does(line: BankLine, said: dict[str, Any]) -> None:
        line_undo(actor=request.user, line=line, reason=said["reason"])

    return _do(request, pk, ReasonForm, "undo", does)


def _do(
    request: HttpRequest,
    pk: int,
    shape: type[ReasonForm],
    doing: str,
    does: Callable[[BankLine, dict[str, Any]], None],
) -> HttpResponse:
    line = _found(request, pk)
    form = shape(request.POST)
    if not form.is_valid():
        return _page(request, line, form=form, doing=doing)
    line.version = form.cleaned_data["version"]
    try:
        does(line, form.cleaned_data)
    except MatchRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _found(request, pk), form=form, doing=doing)
    if doing == "undo":
        messages.success(request, _("Taken back. The line is to be looked at again."))
        return redirect("bank_line", pk=pk)
    return _go_on(request, line)
