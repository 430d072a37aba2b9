"""The regulation to read: all of it with a search, and each clause with its figures over time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from core.lists import is_fragment
from policy.clauses import CLAUSES
from policy.listing import chapter_of
from policy.navigation import rule_tabs
from policy.querysets import policy_book
from policy.reading import chapters, clause_read, words_of

LONGEST_SEARCH = 60


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every clause by chapter with the figures of today, or those that hold what is sought."""
    wanted = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH]
    words = words_of(wanted)
    found = list(chapters(policy_book(), clock.today(), words))
    context = {
        "tabs": rule_tabs(request),
        "wanted": wanted,
        "words": words,
        "chapters": found,
        "count": sum(len(chapter.clauses) for chapter in found),
    }
    template = "policy/_rules_found.html" if is_fragment(request) else "policy/rules.html"
    return render(request, template, context)


@require_GET
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One clause: both languages, what it rests on, and from when which figure."""
    clause = CLAUSES.get(rule.upper())
    if clause is None:
        raise Http404
    order = list(CLAUSES)
    place = order.index(clause.rule)
    context = {
        "read": clause_read(clause, policy_book(), clock.today()),
        "chapter": chapter_of(clause),
        "before": CLAUSES[order[place - 1]] if place else None,
        "after": CLAUSES[order[place + 1]] if place + 1 < len(order) else None,
    }
    return render(request, "policy/rule.html", context)
