"""Suggestions: made by anyone, answered (REP-4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.lists import list_page
from core.permissions import require
from policy.clauses import clause_of
from reports.forms.suggestions import SuggestionAnswerForm, SuggestionForm
from reports.lists.suggestions import SuggestionList
from reports.models import Suggestion
from reports.permissions import can_answer_suggestion, can_suggest
from reports.services import suggestion_answer, suggestion_make
from reports.views.doing import as_seen, done, form_page


@require_GET
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """The suggestions one may read."""
    require(can_suggest(request.user))
    return list_page(request, SuggestionList)


def _draft(user: Any, before: int | None = None) -> str:
    """The name of a draft: whose, and after which of theirs."""
    mine = Suggestion.objects.filter(person=user.person_id)
    if before is not None:
        mine = mine.filter(pk__lt=before)
    newest = mine.order_by("-pk").values_list("pk", flat=True).first()
    return f"suggestion-{user.pk}-{newest or 0}"


@require_http_methods(["GET", "POST"])
def suggestion_new(request: HttpRequest) -> HttpResponse:
    """Suggest something."""
    user: Any = request.user
    require(can_suggest(user))
    form = SuggestionForm(request.POST or None, draft=_draft(user))
    made: list[Suggestion] = []

    def make() -> None:
        made.append(suggestion_make(person=user.person, actor=user, **form.cleaned_data))

    said = _("Suggested; it will be answered.")
    if request.method == "POST" and form.is_valid() and done(request, form, make, said):
        return redirect("suggestion", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Make a suggestion"),
        back=reverse("suggestions"),
        back_label=_("Suggestions"),
    )


@require_http_methods(["GET", "POST"])
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion and its answer; who leads whoever made it answers here."""
    seen = Suggestion.objects.visible_to(request.user)
    row: Suggestion = get_object_or_404(seen.select_related("person", "answered_by__person"), pk=pk)
    answering = can_answer_suggestion(request.user, row)
    form = SuggestionAnswerForm(request.POST or None, suggestion=row) if answering else None
    if request.method == "POST":
        require(answering)
        if form is not None and form.is_valid() and _answer(request, row, form):
            return redirect("suggestion", pk=pk)
    own = request.user.person_id == row.person_id  # type: ignore[union-attr]  # signed in
    context = {
        "suggestion": row,
        "form": form,
        "draft_done": _draft(request.user, before=row.pk) if own else "",
        "clauses": [clause_of("REP-4")],
        "changed_as": [row],
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "reports/suggestion.html", context, status=400 if wrong else 200)


def _answer(request: HttpRequest, row: Suggestion, form: SuggestionAnswerForm) -> bool:
    def answer() -> None:
        given = form.cleaned_data
        suggestion_answer(
            suggestion=as_seen(row, form),
            state=given["state"],
            answer=given["answer"],
            actor=request.user,
        )

    return done(request, form, answer, _("Answered; whoever made it is told."))
