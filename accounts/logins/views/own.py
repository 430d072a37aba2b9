"""One's own sign-in: password, e-mail, second factor, devices."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.logins.devices import device_sessions
from accounts.logins.forms import CurrentPasswordForm, EmailForm, PasswordForm, SetUpForm
from accounts.logins.links import EMAIL_TAKEN, EmailTaken, email_set, password_change
from accounts.logins.middleware import SECOND_FACTOR
from accounts.logins.second_factor import (
    Changed,
    codes_left,
    codes_renew,
    factor_set_up,
    factor_turn_off,
)
from accounts.logins.sessions import keep_own, others_end, session_end
from core.qr import as_image

ASKS = ["GET", "HEAD", "POST"]


@never_cache
@require_GET
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """What one signs in with, and where one is signed in."""
    user: Any = request.user
    context = {
        "codes_left": codes_left(user) if user.has_second_factor else 0,
        "devices": device_sessions(user),
        "own_session": request.session.session_key,
    }
    return render(request, "account/mine.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(ASKS)
def password(request: HttpRequest) -> HttpResponse:
    """A new password; one stays signed in here, and nowhere else."""
    user: Any = request.user
    form = PasswordForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        password_change(
            user=user,
            password=form.cleaned_data["new_password"],
            own_session=request.session.session_key or "",
        )
        keep_own(request=request, user=user)
        messages.success(request, _("The password is changed. Other devices are signed out."))
        return redirect("my_sign_in")
    return _asking(request, form, _("Change the password"), _("Change"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(ASKS)
def email(request: HttpRequest) -> HttpResponse:
    """The address one can sign in with and have letters sent to."""
    user: Any = request.user
    form = EmailForm(request.POST or None, request=request, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        try:
            email_set(user=user, email=form.cleaned_data["email"])
        except EmailTaken:
            form.add_error("email", EMAIL_TAKEN)
        else:
            messages.success(request, _("The e-mail address is changed."))
            return redirect("my_sign_in")
    return _asking(request, form, _("E-mail for signing in"), _("Save"))


@never_cache
@require_http_methods(ASKS)
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Couple an app: its key as a picture and as text, proved by the first code."""
    user: Any = request.user
    if user.has_second_factor:
        return redirect("my_sign_in")
    secret = get_totp_secret()
    form = SetUpForm(request.POST or None, secret=secret)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factor_set_up(user=user, secret=secret, step=form.cleaned_data["code"])
        except Changed as changed:
            messages.error(request, str(changed))
            return redirect("my_sign_in")
        clear_totp_secret(request)
        request.session[SECOND_FACTOR] = True
        return _codes(request, codes)
    adapter = get_adapter()
    context = {
        "form": form,
        "picture": as_image(adapter.build_totp_url(user, secret)),
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "is_due": user.second_factor_due,
    }
    return render(request, "account/second_factor.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(ASKS)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes; the old ones are worth nothing from then on."""
    form = CurrentPasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            return _codes(request, codes_renew(user=user))
        except Changed as changed:
            messages.error(request, str(changed))
            return redirect("my_sign_in")
    return _asking(request, form, _("New recovery codes"), _("Make new codes"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(ASKS)
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Do without the second factor. Where the role needs one it is asked for again at once."""
    form = CurrentPasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        factor_turn_off(user=user)
        request.session.pop(SECOND_FACTOR, None)
        messages.success(request, _("The second factor is off."))
        return redirect("my_sign_in")
    return _asking(request, form, _("Turn the second factor off"), _("Turn off"))


@require_POST
def device_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End what one is signed in with on another device."""
    user: Any = request.user
    device = get_object_or_404(device_sessions(user), pk=pk)
    session_end(user=user, device=device)
    messages.success(request, _("That device is signed out."))
    return redirect("my_sign_in")


@require_POST
def others_sign_out(request: HttpRequest) -> HttpResponse:
    """End everything but the session that asks."""
    user: Any = request.user
    others_end(request=request, user=user)
    messages.success(request, _("All other devices are signed out."))
    return redirect("my_sign_in")


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The recovery codes, this once; the program cannot show them a second time."""
    return render(request, "account/codes.html", {"codes": codes, "text": "\r\n".join(codes)})


def _asking(request: HttpRequest, form: Any, title: str, button: str) -> HttpResponse:
    status = 429 if getattr(request, "sign_in_wait", None) else 200
    context = {"form": form, "title": title, "button": button}
    return render(request, "account/asking.html", context, status=status)
