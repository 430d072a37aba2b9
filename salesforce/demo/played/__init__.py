"""What people did in the made-up company besides the facts: each through the service it is done by.

The facts of `demo_tables` come first. What was done on an earlier day is done with the clock set to
it, so that the trail of the company reads as if it had been there.
"""

from collections.abc import Callable

from core.months import Month
from salesforce.demo.played.bank import bank_play
from salesforce.demo.played.board import board_play
from salesforce.demo.played.cases import cases_play
from salesforce.demo.played.claims import claims_play
from salesforce.demo.played.closing import last_month_play, month_before_last_play
from salesforce.demo.played.complaints import complaints_play
from salesforce.demo.played.conduct import conduct_play
from salesforce.demo.played.counter import counter_play
from salesforce.demo.played.customers import customers_play
from salesforce.demo.played.days import days_play
from salesforce.demo.played.information import information_play
from salesforce.demo.played.leave import leave_play
from salesforce.demo.played.meetings import meetings_play
from salesforce.demo.played.orders import orders_play
from salesforce.demo.played.owed import owed_look, owed_play
from salesforce.demo.played.people import people_play
from salesforce.demo.played.performance import performance_play
from salesforce.demo.played.projects import projects_play
from salesforce.demo.played.punching import punching_play
from salesforce.demo.played.reports import reports_play
from salesforce.demo.played.road import road_play
from salesforce.demo.played.rulebook import draft_play
from salesforce.demo.played.support import support_play
from salesforce.demo.played.suspicions import suspicions_play
from salesforce.demo.played.telephone import telephone_play
from salesforce.demo.played.trips import trips_play
from salesforce.demo.played.views import views_play
from salesforce.demo.played.visits import visits_play


def play(*, this_month: Month, advance: Callable[[str], None]) -> None:
    """The month before last is final and paid out, last month a draft, this month runs."""
    last = this_month.previous()
    owed_play()  # first: what was paid then belongs into the months that are closed
    trips_play()
    visits_play()
    advance(f"final {last.previous()}")
    month_before_last_play(last.previous())
    advance(f"close {last}")
    last_month_play(last)
    advance("people")
    people_play()
    customers_play()
    orders_play()
    claims_play()
    complaints_play()
    leave_play()
    days_play()
    board_play()
    punching_play()
    counter_play()
    advance("bank")
    bank_play()
    road_play()
    cases_play()
    owed_look()  # again: the counter has taken money of the days before
    projects_play()
    support_play()
    information_play()
    suspicions_play()
    conduct_play()
    telephone_play()
    advance("policy")
    draft_play(closed=last)
    meetings_play()
    reports_play()
    performance_play()
    views_play()


LENGTH = 5
"""How many steps `play` tells of."""
