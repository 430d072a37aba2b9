"""The lists of leave, of days of reward leave, and of leave types."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from attendance.filters.leave import LeaveFilter, RewardFilter, WaitingLeaveFilter
from attendance.leave_balances import rewards_of
from attendance.leave_facts import LeaveRules, leave_rules
from attendance.leave_standing import outcome_of, outcomes_of
from attendance.leave_steps import DECIDES_LEAVE, leaves_to_decide
from attendance.models import Leave, LeaveType, RewardGrant
from attendance.navigation.leave import leave_tabs
from attendance.permissions.leave import (
    can_ask,
    can_decide_leaves,
    can_give_rewards,
    can_keep_types,
)
from attendance.services.leave_deciding import leave_approve
from attendance.services.leave_keeping import LeaveRefused
from attendance.tables.leave import LeaveTable, LeaveTypeTable, RewardTable, WaitingLeaveTable
from attendance.visible import SEE_ALL_ATTENDANCE
from core.lists import Bulk, Empty, List, RowRefused, TableDataWith
from policy.clauses import clause_of

PAGE = "lists/chapter.html"


class OfPeople(List):
    """A list of what is somebody's: whoever sees nobody else's needs no column that says whose."""

    page_template = PAGE
    rules_shown: tuple[str, ...] = ()

    @cached_property
    def sees_others(self) -> bool:
        roles = (*SEE_ALL_ATTENDANCE, *DECIDES_LEAVE)
        return bool(self.user.is_superuser or self.user.has_role(*roles))

    def table_options(self) -> Mapping[str, Any]:
        return {} if self.sees_others else {"exclude": ("person",)}

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose", "q")

    def acts(self) -> list[tuple[str, Any, str]]:
        """What can be begun here: address, label, icon."""
        return []

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": leave_tabs(self.request),
            "acts": self.acts(),
            "clauses": [clause_of(rule) for rule in self.rules_shown],
        }


class LeaveList(OfPeople):
    """The leave one may see, the latest first."""

    key = "leaves"
    title = _("Leave")
    table = LeaveTable
    filterset = LeaveFilter
    fixed: ClassVar[tuple[str, ...]] = ("days",)
    rules_shown = ("LEA-1", "LEA-2", "LEA-5")

    @cached_property
    def names(self) -> dict[str, str]:
        return dict(LeaveType.objects.values_list("code", "name"))

    def rows(self) -> QuerySet[Leave]:
        return Leave.objects.visible_to(self.user).select_related("person")

    def table_options(self) -> Mapping[str, Any]:
        return {**super().table_options(), "names": self.names}

    def acts(self) -> list[tuple[str, Any, str]]:
        if not can_ask(self.user):
            return []
        return [(reverse("leave_new"), _now("Ask for leave"), "calendar-plus")]

    def empty(self) -> Empty:
        if can_ask(self.user):
            return Empty(
                _("No leave yet"),
                _("What it will cost is shown before it is sent."),
                "calendar-off",
                reverse("leave_new"),
                _("Ask for leave"),
            )
        return Empty(_("No leave"), _("Nobody whose leave you may see has asked for any."))


def _approve(*, row: Any, actor: Any) -> bool:
    """A plain request: what needs a look is decided on its own page."""
    if row.status != "pending":
        return False
    if outcome_of(row, leave_rules()).is_past_limit:
        raise RowRefused(_now("Past the limit: decide it on its own page."))
    try:
        leave_approve(leave=row, step=row.words_said + 1, actor=actor)
    except LeaveRefused as refusal:
        raise RowRefused(str(refusal)) from None
    return True


class WaitingLeaveList(LeaveList):
    """Requests that wait for one's own word, the first day first; what each costs, who else is
    away."""

    key = "leaves_to_decide"
    title = _("Leave to decide")
    table = WaitingLeaveTable
    filterset = WaitingLeaveFilter
    fixed = ("days", "person")
    bulk = (Bulk("approve", _("Approve"), can_decide_leaves, _approve),)
    nothing = Empty(
        _("Nothing to decide"), _("Leave your people ask for waits here."), "check-check"
    )

    @cached_property
    def leave_rules(self) -> LeaveRules:
        return leave_rules()

    @cached_property
    def names(self) -> dict[str, str]:
        return self.leave_rules.names

    def rows(self) -> QuerySet[Leave]:
        return leaves_to_decide(self.user).select_related("person__supervisor")

    def records(self, found: QuerySet[Leave], *, first: int, count: int) -> TableDataWith:
        return TableDataWith(found, self._with_what_it_means)

    def _with_what_it_means(self, leaves: list[Any]) -> list[Any]:
        for leave, outcome in zip(leaves, outcomes_of(leaves, self.leave_rules), strict=True):
            leave.outcome = outcome
        return leaves

    def empty(self) -> Empty:
        return self.nothing

    def acts(self) -> list[tuple[str, Any, str]]:
        return []


class RewardList(OfPeople):
    """Days of reward leave that were given."""

    key = "rewards"
    title = _("Reward leave")
    table = RewardTable
    filterset = RewardFilter
    fixed = ("days",)
    page_template = "attendance/rewards.html"
    rules_shown = ("LEA-3",)
    nothing = Empty(
        _("No reward leave"),
        _("The manager or the company leader gives it to top performers."),
        "gift",
    )

    def rows(self) -> QuerySet[RewardGrant]:
        return RewardGrant.objects.visible_to(self.user).select_related("person")

    def acts(self) -> list[tuple[str, Any, str]]:
        if not can_give_rewards(self.user):
            return []
        return [(reverse("reward_new"), _now("Give reward leave"), "gift")]

    def context(self) -> Mapping[str, Any]:
        own = self.user.person
        standing = rewards_of(own, leave_rules()) if own else None
        return {**super().context(), "standing": standing}


class LeaveTypeList(List):
    """The company's own leave types (LEA-4)."""

    key = "leave_types"
    title = _("Leave types")
    table = LeaveTypeTable
    fixed = ("name",)
    page_template = PAGE
    nothing = Empty(
        _("No types of the company's own"),
        _("Personal, sick and reward leave are the regulation's. Annual leave is yours to define."),
        "list",
    )

    def rows(self) -> QuerySet[LeaveType]:
        return LeaveType.objects.all()

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_keep_types(self.user):
            acts = [(reverse("leave_type_new"), _now("New leave type"), "plus")]
        return {
            "tabs": leave_tabs(self.request),
            "acts": acts,
            "clauses": [clause_of("LEA-4")],
        }
