"""Files of the company's tables, from the page of a month."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.months import Month
from core.permissions import require
from payroll.permissions import can_load
from payroll.views.imports import files_receive


@require_POST
def facts_load(request: HttpRequest, month: Month) -> HttpResponse:
    """Take in the files sent and show what they would change; loading them leads back here."""
    require(can_load(request.user))
    return files_receive(request, back=reverse("month", args=[month]), month=month)
