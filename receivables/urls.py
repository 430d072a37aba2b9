"""Addresses of collections."""

from django.urls import path

from receivables.views import slip, unpaid

urlpatterns = [
    path("due/", unpaid, name="unpaid"),
    path("slips/<code:slip_no>/", slip, name="slip"),
]
