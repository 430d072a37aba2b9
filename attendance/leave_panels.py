"""A person's page: what is left of their leave this month (LEA-1, LEA-3)."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.querysets import sees
from attendance.leave_balances import month_balances, rewards_of
from attendance.leave_facts import LeaveRules, leave_rules
from attendance.visible import SEE_ALL_ATTENDANCE
from core import clock
from core.months import Month
from core.panels import Panel


def person(user: Any, person: Person) -> Iterator[Panel]:
    if sees(user, person, everything=SEE_ALL_ATTENDANCE):
        month, read = Month.of(clock.today()), _Rules()
        yield Panel(
            key="leave-balances",
            title=_("Leave left"),
            template="attendance/_leave_panel.html",
            context={
                "month": month,
                "balances": lambda: month_balances(person, month, read.rules),
                "rewards": lambda: rewards_of(person, read.rules),
            },
        )


class _Rules:
    """Read when the panel is opened, and once."""

    @cached_property
    def rules(self) -> LeaveRules:
        return leave_rules()
