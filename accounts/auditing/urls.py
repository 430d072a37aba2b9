"""Addresses of the trail of changes and of the list of openings."""

from django.urls import path

from accounts.auditing.views import changes, changes_export, openings

urlpatterns = [
    path("audit/", changes, name="audit"),
    path("audit/changes.csv", changes_export, name="audit_export"),
    path("audit/openings/", openings, name="audit_openings"),
]
