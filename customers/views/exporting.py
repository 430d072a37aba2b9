"""Who may take customers' files out (CUS-2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.permissions import require
from customers.forms.files import ExportGrantForm
from customers.models import ExportGrant
from customers.permissions.files import can_give_export, can_see_export_rights
from customers.services.exporting import export_give, export_take_back
from customers.services.refusals import FileRefusal
from customers.views.files import refuse
from policy.clauses import clause_of

SHOWN = 100


@require_http_methods(["GET", "POST"])
def export_rights(request: HttpRequest) -> HttpResponse:
    """Who has the right now and who had it; the leader gives it."""
    require(can_see_export_rights(request.user))
    form = ExportGrantForm(request.POST or None)
    if request.method == "POST":
        require(can_give_export(request.user))
        if form.is_valid():
            try:
                export_give(actor=request.user, **form.cleaned_data)
            except FileRefusal as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("The right is given."))
                return redirect("export_rights")
    grants = ExportGrant.objects.visible_to(request.user).select_related(
        "person", "given_by__person"
    )
    context = {
        "grants": list(grants[:SHOWN]),
        "today": clock.today(),
        "form": form,
        "can_give": can_give_export(request.user),
        "clause": clause_of("CUS-2"),
    }
    status = 400 if form.errors else 200
    return render(request, "customers/export_rights.html", context, status=status)


@require_POST
def export_right_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the right back."""
    require(can_give_export(request.user))
    grant = get_object_or_404(ExportGrant.objects.visible_to(request.user), pk=pk)
    if export_take_back(actor=request.user, grant=grant):
        messages.success(request, _("The right is taken back."))
    else:
        messages.error(request, _("It was taken back before."))
    return redirect("export_rights")
