"""The final settlement of somebody who leaves (PAY-6)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import clock
from core.panels import panels_of
from payroll.querysets import pay_visible_people
from payroll.services import review_subject
from payroll.settlements import settlement_of


@require_GET
def settlement(request: HttpRequest, employee_no: str) -> HttpResponse:
    """Of whoever's pay one may see: the last statement, the reserve, what is owed, what is open."""
    person = get_object_or_404(pay_visible_people(request.user), employee_no=employee_no)
    if not person.has_role("salesperson"):
        raise Http404
    found = settlement_of(person, request.user)
    context = {
        "settlement": found,
        "person": person,
        "is_own": request.user.person_id == person.pk,  # type: ignore[union-attr]
        "panels": panels_of("settlement", request.user, person=person),
        "today": clock.today(),
        "changed_as": review_subject(found.last.month, person) if found.last else "",
    }
    return render(request, "payroll/settlement.html", context)
