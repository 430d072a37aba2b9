"""What people did in the made-up company besides the facts: each through the service it is done by.

The facts of `demo_tables` come first. What was done on an earlier day is done with the clock set to
it, so that the trail of the company reads as if it had been there.
"""

from collections.abc import Callable

from core.months import Month
from salesforce.demo.played.board import board_play
from salesforce.demo.played.closing import last_month_play, month_before_last_play
from salesforce.demo.played.people import people_play
from salesforce.demo.played.rulebook import draft_play
from salesforce.demo.played.views import views_play


def play(*, this_month: Month, advance: Callable[[str], None]) -> None:
    """The month before last is final and paid out, last month a draft, this month runs."""
    last = this_month.previous()
    advance(f"final {last.previous()}")
    month_before_last_play(last.previous())
    advance(f"close {last}")
    last_month_play(last)
    advance("people")
    people_play()
    board_play()
    advance("policy")
    draft_play(closed=last)
    views_play()


LENGTH = 4
"""How many steps `play` tells of."""
