"""Coming in."""

from django.contrib.auth.views import LoginView

from accounts.forms import LoginForm


class SignIn(LoginView):
    """Employee number and password; whoever is in already goes on to the first page."""

    form_class = LoginForm
    redirect_authenticated_user = True
