"""Addresses of claims and loans."""

from django.urls import path

from claims.views import overdue_loans

urlpatterns = [path("due/loans/", overdue_loans, name="overdue_loans")]
