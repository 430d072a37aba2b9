"""What bad-debt cases put on the desk (RES-3): the next step, cases forgotten, outcomes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day
from receivables.models import BadDebt, OutcomeProposal
from receivables.permissions.cases import MANAGES, can_decide_outcome

QUIET_FOR = timedelta(days=30)


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield from _own(user)
    if user.has_role("manager", "leader", "admin"):
        yield from _to_decide(user)
    if user.has_role(*MANAGES):
        yield from _quiet(user)


def _own(user: Any) -> Iterator[Panel]:
    """One's own open cases, that whose next step is due first at the top."""
    mine = BadDebt.objects.open().filter(order__person=user.person_id).standing()
    first = F("next_on").asc(nulls_last=True)
    rows = list(_named(mine).order_by(first, "opened_on", "id")[: SHOWN + 1])
    if rows:
        yield card(
            key="own-cases",
            title=_("My bad debts"),
            icon="gavel",
            url=reverse("bad_debts"),
            waiting=[_own_waiting(case) for case in rows],
            count=mine.count() if len(rows) > SHOWN else len(rows),
        )


def _own_waiting(case: Any) -> Waiting:
    return Waiting(
        text=f"{case.case_no} · {case.order.customer.name}",
        url=reverse("bad_debt", args=[case.case_no]),
        note=case.next_what or case.stage_name,
        due=clock.end_of(case.next_on) - timedelta(minutes=1) if case.next_on else None,
    )


def _to_decide(user: Any) -> Iterator[Panel]:
    """Outcomes that wait for the decision of whoever signed in."""
    waiting = OutcomeProposal.objects.waiting().select_related(
        "case__order__customer", "case__order__person"
    )
    rows = [each for each in waiting.order_by("proposed_at") if can_decide_outcome(user, each)]
    if rows:
        yield card(
            key="case-outcomes",
            title=_("Outcomes of bad debts"),
            icon="gavel",
            url=reverse("bad_debts"),
            waiting=[
                Waiting(
                    text=f"{each.case.case_no} · {each.case.order.customer.name}",
                    url=reverse("bad_debt_decision", args=[each.case.case_no, each.pk]),
                    note=f"{each.get_outcome_display()} · {each.case.order.person.name}",
                )
                for each in rows
            ],
            count=len(rows),
        )


def _quiet(user: Any) -> Iterator[Panel]:
    """Open cases about which nothing was done for a month."""
    since = clock.today() - QUIET_FOR
    stale = _stale(BadDebt.objects.visible_to(user).open().standing(), since)
    rows = list(_named(stale).order_by("opened_on", "id")[: SHOWN + 1])
    if rows:
        yield card(
            key="quiet-cases",
            title=_("Bad debts gone quiet"),
            icon="gavel",
            url=reverse("bad_debts") + "?stage=open",
            waiting=[
                Waiting(
                    text=f"{case.case_no} · {case.order.customer.name}",
                    url=reverse("bad_debt", args=[case.case_no]),
                    note=_("no step since %(day)s · %(name)s")
                    % {
                        "day": day(case.last_step_on or case.opened_on),
                        "name": case.order.person.name,
                    },
                )
                for case in rows
            ],
            count=stale.count() if len(rows) > SHOWN else len(rows),
        )


def _stale(cases: QuerySet[Any], since: date) -> QuerySet[Any]:
    never = Q(last_step_on=None, opened_on__lt=since)
    return cases.filter(never | Q(last_step_on__lt=since))


def _named(cases: QuerySet[Any]) -> QuerySet[Any]:
    return cases.select_related("order__customer", "order__person")
