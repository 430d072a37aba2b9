"""A lost project is taken up again (CUS-3, CUS-4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.permissions import require
from customers.forms.projects import ReopenForm
from customers.permissions.projects import can_reopen
from customers.services import ProjectLooksAlike, project_reopen
from customers.views.projecting import as_seen, done
from customers.views.projects import project_or_404, told_apart
from policy.clauses import clause_of


@require_http_methods(["GET", "POST"])
def project_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it is taken up again; what it looks like by now is shown first."""
    row, user = project_or_404(request, pk), request.user
    require(can_reopen(user, row))
    form = ReopenForm(request.POST or None, initial={"version": row.version})
    found: list[dict[str, Any]] = []

    def reopen() -> None:
        given = form.cleaned_data
        try:
            project_reopen(
                project=as_seen(row, form),
                reason=given["reason"],
                anyway=given["anyway"],
                actor=user,
            )
        except ProjectLooksAlike as refusal:
            found.extend(told_apart(user, refusal.found))
            raise

    if request.method == "POST" and done(form, reopen):
        messages.success(request, _("The project goes on."))
        return redirect("project", pk=pk)
    context = {"project": row, "form": form, "found": found, "clauses": [clause_of("CUS-3")]}
    status = 400 if form.errors else 200
    return render(request, "customers/project_again.html", context, status=status)
