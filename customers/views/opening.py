"""That a file was opened is kept (CUS-2): once a look, whatever parts it is fetched in."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase

from core import clock
from core.confidential import opened
from core.models import Opening
from core.services import audit_subject
from customers.models import Customer

ONE_LOOK = timedelta(minutes=5)


def opened_file(
    request: HttpRequest, answer: HttpResponseBase, file: Customer, *, is_part: bool = False
) -> HttpResponseBase:
    """The answer, its opening written down. `is_part`: of a page whose opening was written a
    moment ago, no second one is."""
    subject = audit_subject(file)
    if is_part and _was_opened(request, subject):
        return answer
    return opened(request, answer, kind="customer", subject=subject)


def _was_opened(request: HttpRequest, subject: str) -> bool:
    since = clock.now() - ONE_LOOK
    rows = Opening.objects.filter(at__gte=since, actor=request.user.pk, subject=subject)
    return rows.filter(kind="customer").exists()
