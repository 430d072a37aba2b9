"""At the door: a one-time link, and a forgotten password."""

import logging
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError

from accounts.logins.forms import ForgottenForm, LinkForm, wait_text
from accounts.logins.limiter import guess_charge
from accounts.logins.links import EMAIL_TAKEN, EmailTaken, LinkGone, link_open, link_use
from accounts.logins.rules import LETTER, LETTERS_TO
from accounts.tasks import letter

log = logging.getLogger(__name__)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password with a link. Looking at it uses nothing up: messengers look at links, too."""
    try:
        link = link_open(token)
    except LinkGone:
        return _gone(request)
    user = link.user
    form = LinkForm(request.POST or None, user=user, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = link_use(token=token, password=data["new_password"], email=data["email"])
        except LinkGone:
            return _gone(request)
        except EmailTaken:
            form.add_error("email", EMAIL_TAKEN)
        else:
            logout(request)  # whoever was signed in here before
            return perform_login(request, Login(user=user))
    return render(request, "account/link.html", {"form": form, "person": user.person})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "account/link_gone.html", status=404)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a letter. The answer is the same whether or not somebody has the address.

    The letter is written by a worker, which alone looks whether it goes to anybody.
    """
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        wait = guess_charge(request=request, account=email, kind=LETTER)
        if not wait:
            _ask_for_letter(request, email)
        context: dict[str, Any] = {"hours": LETTERS_TO.within.seconds // 3600}
        if wait:
            context["wait"] = wait_text(wait)
        return render(request, "account/letter_asked.html", context, status=429 if wait else 200)
    return render(request, "account/forgotten.html", {"form": form})


def _ask_for_letter(request: HttpRequest, email: str) -> None:
    try:
        letter.delay(email, request.build_absolute_uri("/")[:-1], get_language())
    except OperationalError:
        # The page says the same; what waits for the queue is watched elsewhere.
        log.exception("a letter could not be asked for")
