"""Coming in and going out."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.views import SignIn

urlpatterns = [
    path("login/", require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view()), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
