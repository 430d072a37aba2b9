"""Addresses of suspicions."""

from django.urls import path

from conduct.suspicions.views import (
    suspicion,
    suspicion_case,
    suspicion_decision,
    suspicions,
)

urlpatterns = [
    path("suspicions/", suspicions, name="suspicions"),
    path("suspicions/<int:pk>/", suspicion, name="suspicion"),
    path("suspicions/<int:pk>/decision/", suspicion_decision, name="suspicion_decision"),
    path("suspicions/<int:pk>/case/", suspicion_case, name="suspicion_case"),
]
