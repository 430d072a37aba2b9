"""Addresses of collections."""

from django.urls import path

from receivables.views import unpaid

urlpatterns = [path("due/", unpaid, name="unpaid")]
