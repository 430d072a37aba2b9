"""Addresses of targets, commission, appraisals and activities."""

from django.urls import path

import performance.converters  # noqa: F401  (the addresses below are written with it)
from performance.views.activities import (
    activities,
    activity,
    activity_decision,
    activity_edit,
    activity_new,
    activity_off,
    activity_result,
)
from performance.views.appraisals import (
    appraisal,
    appraisal_answer,
    appraisal_decision,
    appraisal_effect,
    appraisal_points,
    appraisal_records,
    appraisal_talk,
    appraisals,
)
from performance.views.commission import my_commission
from performance.views.department import (
    department,
    department_charges,
    department_lines,
    department_money,
    department_overdue,
)
from performance.views.targets import (
    leaderboard,
    target_set,
    targets,
    targets_file,
    team_target_set,
    teams,
)

urlpatterns = [
    path("performance/department/<month:month>/", department, name="department"),
    path("performance/department/<month:month>/money/", department_money, name="department_money"),
    path(
        "performance/department/<month:month>/overdue/",
        department_overdue,
        name="department_overdue",
    ),
    path(
        "performance/department/<month:month>/lines/<slug:rule>/",
        department_lines,
        name="department_lines",
    ),
    path(
        "performance/department/<month:month>/charges/<slug:rule>/",
        department_charges,
        name="department_charges",
    ),
    path("performance/commission/", my_commission, name="my_commission"),
    path("performance/targets/<period:period>/", targets, name="targets"),
    path("performance/targets/<period:period>/<code:employee_no>/", target_set, name="target_set"),
    path(
        "performance/targets/<period:period>/targets.<ending:ending>",
        targets_file,
        name="targets_file",
    ),
    path("performance/teams/<period:period>/", teams, name="teams"),
    path("performance/teams/<period:period>/set/", team_target_set, name="team_target_set"),
    path("performance/leaderboard/<period:period>/", leaderboard, name="leaderboard"),
    path("performance/activities/", activities, name="activities"),
    path("performance/activities/new/", activity_new, name="activity_new"),
    path("performance/activities/<int:pk>/", activity, name="activity"),
    path("performance/activities/<int:pk>/edit/", activity_edit, name="activity_edit"),
    path("performance/activities/<int:pk>/decision/", activity_decision, name="activity_decision"),
    path("performance/activities/<int:pk>/result/", activity_result, name="activity_result"),
    path("performance/activities/<int:pk>/off/", activity_off, name="activity_off"),
    path("performance/appraisals/", appraisals, name="appraisals"),
    path("performance/appraisals/<int:pk>/", appraisal, name="appraisal"),
    path("performance/appraisals/<int:pk>/points/", appraisal_points, name="appraisal_points"),
    path("performance/appraisals/<int:pk>/talk/", appraisal_talk, name="appraisal_talk"),
    path("performance/appraisals/<int:pk>/answer/", appraisal_answer, name="appraisal_answer"),
    path(
        "performance/appraisals/<int:pk>/decision/", appraisal_decision, name="appraisal_decision"
    ),
    path("performance/appraisals/<int:pk>/effect/", appraisal_effect, name="appraisal_effect"),
    path(
        "performance/appraisals/<int:pk>/records/<slug:key>/",
        appraisal_records,
        name="appraisal_records",
    ),
]
