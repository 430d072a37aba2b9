"""Coming in, and going out."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from accounts.forms import LoginForm


class SignIn(LoginView):
    """Employee number or e-mail, and password; whoever is in already goes on to the first page.

    allauth takes over from there: it asks for the second factor where one is set up.
    """

    form_class = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"username": user.username}, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if getattr(self.request, "sign_in_wait", None):
            response.status_code = 429
        return response
