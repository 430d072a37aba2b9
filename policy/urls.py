"""Addresses of the rules, the policy and the calendar."""

from django.urls import path

import policy.converters  # noqa: F401  (the addresses below are written with them)
from policy.views.calendar import calendar_day, calendar_now, calendar_year
from policy.views.drafts import draft, draft_edit, draft_give_up, draft_in_force, draft_new
from policy.views.rules import rule, rules
from policy.views.versions import compare, versions

urlpatterns = [
    path("rules/", rules, name="rules"),
    path("rules/<slug:rule>/", rule, name="rule"),
    path("policy/", versions, name="policy_versions"),
    path("policy/compare/", compare, name="policy_compare"),
    path("policy/drafts/new/", draft_new, name="policy_draft_new"),
    path("policy/drafts/<int:pk>/", draft, name="policy_draft"),
    path("policy/drafts/<int:pk>/edit/", draft_edit, name="policy_draft_edit"),
    path("policy/drafts/<int:pk>/in-force/", draft_in_force, name="policy_draft_put"),
    path("policy/drafts/<int:pk>/discard/", draft_give_up, name="policy_draft_discard"),
    path("calendar/", calendar_now, name="calendar"),
    path("calendar/<int:year>/", calendar_year, name="calendar_year"),
    path("calendar/days/<calendarday:day>/", calendar_day, name="calendar_day"),
]
