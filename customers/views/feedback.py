"""What a customer says of a complaint, on their own telephone, without a login (COM-1).

Whoever opens an address that no longer works, or never did, reads the same page.
"""

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.logins.devices import digest
from accounts.logins.limiter import guess_charge, guess_take_back
from accounts.logins.rules import LINK
from customers.forms.complaints import CustomerForm
from customers.services import LinkGone, link_answer, link_open

LANGUAGE = "zh-hans"
# No script at all, and nothing from elsewhere.
POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


@login_not_required
@never_cache
@csp(POLICY)  # type: ignore[arg-type]  # its type knows views of no arguments alone
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Whether it is solved, how satisfied, and a word besides; taken once."""
    with translation.override(LANGUAGE):
        # Counted before it is looked at, and taken back when it was right, as with passwords.
        account = digest(token)
        wait = guess_charge(request=request, account=account, kind=LINK)
        try:
            if wait:
                raise LinkGone
            link = link_open(token)
            guess_take_back(request=request, account=account, kind=LINK)
            return _asked(request, token, link.complaint.subject)
        except LinkGone:
            return _page(request, "customers/feedback_gone.html", {}, status=404)


def _asked(request: HttpRequest, token: str, subject: str) -> HttpResponse:
    form = CustomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        solved = given["solved"] == "yes"
        link_answer(
            token=token,
            satisfaction=int(given["satisfaction"]),
            solved=solved,
            remark=given["remark"],
        )
        return _page(request, "customers/feedback_thanks.html", {"solved": solved})
    context = {"form": form, "subject": subject}
    return _page(request, "customers/feedback.html", context, status=400 if form.is_bound else 200)


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    # Without the request: of whoever may be signed in on this telephone the page knows nothing.
    known = {"company": settings.COMPANY_NAME, "csrf_token": get_token(request)}
    answer = HttpResponse(render_to_string(template, {**context, **known}), status=status)
    answer.headers["Content-Language"] = LANGUAGE
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
