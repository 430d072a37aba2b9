"""Addresses of attendance: a block a subject."""

from django.urls import path

import policy.converters  # noqa: F401  (days in addresses)
from attendance.views.absence import absence, absences
from attendance.views.asked import (
    asked,
    asked_decision,
    asked_list,
    asked_take_back,
    asked_to_decide,
    asked_undo_approval,
)
from attendance.views.boards import (
    attendance_day,
    attendance_grid,
    attendance_month,
    attendance_today,
)
from attendance.views.devices import device, device_new, device_retirement, devices
from attendance.views.explaining import (
    explain,
    explain_month,
    explain_new,
    make_up_new,
    outing_new,
)
from attendance.views.fines import (
    fine_handover_sign,
    fine_handovers,
    fines,
    fines_give_back,
    fines_handover,
    fines_of_month,
    fines_tick,
    fines_untick,
)
from attendance.views.leave import (
    leave_cost,
    leave_hand_in,
    leave_new,
    leave_take_back,
    leaves,
    leaves_to_decide,
)
from attendance.views.leave_calendar import leave_calendar
from attendance.views.leave_deciding import (
    leave_decision,
    leave_make_special,
    leave_one,
    leave_undo,
)
from attendance.views.leave_types import (
    leave_type_edit,
    leave_type_new,
    leave_type_retirement,
    leave_types,
)
from attendance.views.outages import outage, outage_new, outage_undo, outages
from attendance.views.pool import pool, pool_of_month
from attendance.views.punching import punch, punch_where
from attendance.views.rewards import reward, reward_back, reward_new, rewards
from attendance.views.trip_days import (
    trip_day,
    trip_report,
    trip_report_read,
    trip_report_take,
    trip_visit,
)
from attendance.views.trips import (
    trip_board,
    trip_clashes,
    trip_counts,
    trip_customers,
    trip_edit,
    trip_new,
    trip_reports,
    trip_take_back,
    trips,
    trips_to_decide,
)
from attendance.views.trips_deciding import trip, trip_cut, trip_decision, trip_undo

# Punching and its boards.
punch_patterns = [
    path("punch/", punch, name="punch"),
    path("punch/place/", punch_where, name="punch_place"),
    path("attendance/today/", attendance_today, name="attendance_today"),
    path("attendance/machines/", devices, name="devices"),
    path("attendance/machines/new/", device_new, name="device_new"),
    path("attendance/machines/<int:pk>/", device, name="device"),
    path("attendance/machines/<int:pk>/retire/", device_retirement, name="device_retire"),
    path("attendance/<month:month>/", attendance_grid, name="attendance_grid"),
    path("attendance/<month:month>/<code:employee_no>/", attendance_month, name="attendance_month"),
    path(
        "attendance/<month:month>/<code:employee_no>/<int:number>/",
        attendance_day,
        name="attendance_day",
    ),
]

# What explains a day, and the money of lateness.
days_patterns = [
    path("days/", explain, name="explain"),
    path("days/<month:month>/", explain_month, name="explain_month"),
    path("days/explain/", explain_new, name="explain_new"),
    path("days/make-up/", make_up_new, name="make_up_new"),
    path("days/outing/", outing_new, name="outing_new"),
    path("days/asked/<slug:kind>/", asked_list, name="asked_list"),
    path("days/asked/<slug:kind>/to-decide/", asked_to_decide, name="asked_to_decide"),
    path("days/asked/<slug:kind>/<int:pk>/", asked, name="asked"),
    path("days/asked/<slug:kind>/<int:pk>/decision/", asked_decision, name="asked_decision"),
    path("days/asked/<slug:kind>/<int:pk>/undo/", asked_undo_approval, name="asked_undo"),
    path("days/asked/<slug:kind>/<int:pk>/withdraw/", asked_take_back, name="asked_take_back"),
    path("days/outages/", outages, name="outages"),
    path("days/outages/new/", outage_new, name="outage_new"),
    path("days/outages/<int:pk>/", outage, name="outage"),
    path("days/outages/<int:pk>/undo/", outage_undo, name="outage_undo"),
    path("fines/", fines, name="fines"),
    path("fines/<month:month>/", fines_of_month, name="fines_of_month"),
    path("fines/tick/", fines_tick, name="fines_tick"),
    path("fines/untick/", fines_untick, name="fines_untick"),
    path("fines/give-back/", fines_give_back, name="fines_give_back"),
    path("fines/handover/", fines_handover, name="fines_handover"),
    path("fines/handovers/", fine_handovers, name="fine_handovers"),
    path("fines/handovers/<int:pk>/sign/", fine_handover_sign, name="fine_handover_sign"),
    path("pool/", pool, name="pool"),
    path("pool/<month:month>/", pool_of_month, name="pool_of_month"),
    path("absences/", absences, name="absences"),
    path("absences/<month:month>/<code:employee_no>/", absence, name="absence"),
]

leave_patterns = [
    path("leave/", leaves, name="leaves"),
    path("leave/to-decide/", leaves_to_decide, name="leaves_to_decide"),
    path("leave/new/", leave_new, name="leave_new"),
    path("leave/new/cost/", leave_cost, name="leave_cost"),
    path("leave/away/", leave_calendar, name="leave_calendar"),
    path("leave/away/<month:month>/", leave_calendar, name="leave_calendar_month"),
    path("leave/<int:pk>/", leave_one, name="leave_one"),
    path("leave/<int:pk>/evidence/", leave_hand_in, name="leave_hand_in"),
    path("leave/<int:pk>/withdraw/", leave_take_back, name="leave_take_back"),
    path("leave/<int:pk>/decision/", leave_decision, name="leave_decision"),
    path("leave/<int:pk>/cancel/", leave_undo, name="leave_undo"),
    path("leave/<int:pk>/special/", leave_make_special, name="leave_make_special"),
    path("leave/rewards/", rewards, name="rewards"),
    path("leave/rewards/new/", reward_new, name="reward_new"),
    path("leave/rewards/<int:pk>/", reward, name="reward"),
    path("leave/rewards/<int:pk>/take-back/", reward_back, name="reward_back"),
    path("leave/types/", leave_types, name="leave_types"),
    path("leave/types/new/", leave_type_new, name="leave_type_new"),
    path("leave/types/one/<code:code>/", leave_type_edit, name="leave_type_edit"),
    path("leave/types/one/<code:code>/retire/", leave_type_retirement, name="leave_type_retire"),
]

trip_patterns = [
    path("trips/", trips, name="trips"),
    path("trips/to-decide/", trips_to_decide, name="trips_to_decide"),
    path("trips/board/", trip_board, name="trip_board"),
    path("trips/reports/", trip_reports, name="trip_reports"),
    path("trips/reports/<int:pk>/read/", trip_report_read, name="trip_report_read"),
    path("trips/counts/", trip_counts, name="trip_counts"),
    path("trips/counts/<month:month>/", trip_counts, name="trip_counts_month"),
    path("trips/new/", trip_new, name="trip_new"),
    path("trips/new/clashes/", trip_clashes, name="trip_clashes"),
    path("trips/new/customers/", trip_customers, name="trip_customers"),
    path("trips/<int:pk>/", trip, name="trip"),
    path("trips/<int:pk>/edit/", trip_edit, name="trip_edit"),
    path("trips/<int:pk>/withdraw/", trip_take_back, name="trip_take_back"),
    path("trips/<int:pk>/decision/", trip_decision, name="trip_decision"),
    path("trips/<int:pk>/cancel/", trip_undo, name="trip_undo"),
    path("trips/<int:pk>/shorten/", trip_cut, name="trip_cut"),
    path("trips/<int:pk>/<calendarday:day>/", trip_day, name="trip_day"),
    path("trips/<int:pk>/<calendarday:day>/report/", trip_report, name="trip_report"),
    path("trips/<int:pk>/<calendarday:day>/taken/", trip_report_take, name="trip_report_take"),
    path("trips/<int:pk>/<calendarday:day>/visit/", trip_visit, name="trip_visit"),
]

urlpatterns = [*punch_patterns, *days_patterns, *leave_patterns, *trip_patterns]
