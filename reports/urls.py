"""Addresses of meetings, what they talk about, cleaning, trainings and information."""

from django.urls import path

from reports.views.cleaning import cleaning, turn, turn_given, turn_ticked
from reports.views.days import day_plans, my_day, problem, problem_new, problems
from reports.views.information import (
    information,
    information_edit,
    information_new,
    information_note,
    information_one,
)
from reports.views.meetings import (
    meeting,
    meeting_edit,
    meeting_end,
    meeting_new,
    meeting_off,
    meeting_point,
    meetings,
)
from reports.views.minutes import (
    decision,
    decision_edit,
    decision_new,
    decisions,
    meeting_draft,
    meeting_minutes,
    praise_back,
    praise_new,
    problem_answered,
)
from reports.views.presence import meeting_door, meeting_presence
from reports.views.series import series, series_new, series_one, series_stop
from reports.views.trainings import (
    training,
    training_certificate,
    training_edit,
    training_end,
    training_new,
    training_off,
    training_place,
    training_records,
    training_results,
    trainings,
)

urlpatterns = [
    path("information/", information, name="information"),
    path("information/new/", information_new, name="information_new"),
    path("information/<int:pk>/", information_one, name="information_one"),
    path("information/<int:pk>/edit/", information_edit, name="information_edit"),
    path("information/<int:pk>/notes/", information_note, name="information_note"),
    path("meetings/", meetings, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting_new"),
    path("meetings/series/", series, name="series"),
    path("meetings/series/new/", series_new, name="series_new"),
    path("meetings/series/<int:pk>/", series_one, name="series_one"),
    path("meetings/series/<int:pk>/end/", series_stop, name="series_stop"),
    path("meetings/decisions/", decisions, name="decisions"),
    path("meetings/decisions/<int:pk>/", decision, name="decision"),
    path("meetings/decisions/<int:pk>/edit/", decision_edit, name="decision_edit"),
    path("meetings/door/<uuid:door>/", meeting_door, name="meeting_door"),
    path("meetings/cleaning/", cleaning, name="cleaning"),
    path("meetings/cleaning/<int:pk>/", turn, name="cleaning_turn"),
    path("meetings/cleaning/<int:pk>/done/", turn_ticked, name="cleaning_done"),
    path("meetings/cleaning/<int:pk>/give/", turn_given, name="cleaning_give"),
    path("meetings/day/", my_day, name="my_day"),
    path("meetings/day/plans/", day_plans, name="day_plans"),
    path("meetings/day/problems/", problems, name="problems"),
    path("meetings/day/problems/new/", problem_new, name="problem_new"),
    path("meetings/day/problems/<int:pk>/", problem, name="problem"),
    path("meetings/trainings/", trainings, name="trainings"),
    path("meetings/trainings/new/", training_new, name="training_new"),
    path("meetings/trainings/records/", training_records, name="training_records"),
    path("meetings/trainings/<int:pk>/", training, name="training"),
    path("meetings/trainings/<int:pk>/edit/", training_edit, name="training_edit"),
    path("meetings/trainings/<int:pk>/call-off/", training_off, name="training_off"),
    path("meetings/trainings/<int:pk>/place/", training_place, name="training_place"),
    path("meetings/trainings/<int:pk>/results/", training_results, name="training_results"),
    path("meetings/trainings/<int:pk>/close/", training_end, name="training_end"),
    path(
        "meetings/trainings/<int:pk>/certificate/<int:place>/",
        training_certificate,
        name="training_certificate",
    ),
    path("meetings/<int:pk>/", meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/call-off/", meeting_off, name="meeting_off"),
    path("meetings/<int:pk>/points/", meeting_point, name="meeting_point"),
    path("meetings/<int:pk>/close/", meeting_end, name="meeting_end"),
    path("meetings/<int:pk>/presence/", meeting_presence, name="meeting_presence"),
    path("meetings/<int:pk>/minutes/", meeting_minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/minutes/draft/", meeting_draft, name="meeting_draft"),
    path("meetings/<int:pk>/decisions/", decision_new, name="decision_new"),
    path("meetings/<int:pk>/praise/", praise_new, name="praise_new"),
    path("meetings/<int:pk>/praise/<int:praise>/back/", praise_back, name="praise_back"),
    path("meetings/<int:pk>/problems/<int:problem>/", problem_answered, name="problem_answer"),
]
