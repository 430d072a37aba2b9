"""What a stand-in decides, closes and makes final, and for whom they did it (ORG-1)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, StandIn, User
from accounts.services import position_change
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from core import clock
from core.models import AuditRow
from notices.models import Notice
from notices.services import reminders_send
from payroll.models import Appeal, Entry, FinalRequest, PayMonth
from payroll.permissions import can_decide, can_final, can_waive, may_decide
from payroll.services import (
    appeal_file,
    bank_account_confirm,
    bank_account_enter,
    final_ask,
    waiver_grant,
)
from tests import cast
from tests.builders import at
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

FROM, UNTIL = date(2026, 11, 2), date(2026, 11, 6)


@pytest.fixture(autouse=True)
def closed(db: None) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        cast.closed_month()
        yield


def person(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def login(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def stands_in(who: str, absent: str, roles: str) -> StandIn:
    return StandIn.objects.create(
        absent=person(absent), stand_in=person(who), roles=roles, from_on=FROM, until_on=UNTIL,
        reason="x", made_by=login(PERSONNEL),
    )  # fmt: skip


def entry_of(no: str) -> Entry:
    return Entry.objects.lines().filter(person__employee_no=no, rule="ATT-4").order_by("id")[0]


def appeal_of(no: str) -> Appeal:
    return appeal_file(entry=entry_of(no), text="APPEAL-CANARY", token=uuid4(), actor=login(no))


def told(action: str) -> dict[str, Any]:
    return dict(AuditRow.objects.filter(action=action).latest("id").changes)


# --- Appeals and waivers --------------------------------------------------------------------------


def test_the_stand_in_of_the_manager_decides_and_it_says_for_whom() -> None:
    appeal = appeal_of(SHE)
    page = reverse("appeal", args=[appeal.pk])
    assert client_of(OTHER_SUPERVISOR).get(page).status_code == 404
    stands_in(OTHER_SUPERVISOR, MANAGER, "manager")
    assert client_of(OTHER_SUPERVISOR).get(page).status_code == 200
    answer = client_of(OTHER_SUPERVISOR).post(
        reverse("appeal_decision", args=[appeal.pk]),
        {"do": "grant", "reply": "yes", "version": appeal.version},
    )
    assert answer.status_code == 302
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.GRANTED
    assert told("appeal granted")["stands_in_for"] == MANAGER
    assert told("waive")["stands_in_for"] == MANAGER


def test_nobody_decides_on_their_own_for_standing_in() -> None:
    appeal = appeal_of(SHE)
    stands_in(SHE, MANAGER, "manager")
    refused = can_decide(login(SHE), appeal)
    assert not refused
    assert "own case" in str(refused.reason)
    assert not can_waive(login(SHE), entry_of(SHE))
    assert can_waive(login(SHE), entry_of(STRANGER))


def test_whom_one_stands_in_for_is_not_decided_about() -> None:
    """The leader decides on the manager's: not who stands in for the manager, whatever roles."""
    stands_in(OTHER_SUPERVISOR, MANAGER, "manager")
    assert not may_decide(login(OTHER_SUPERVISOR), person(MANAGER))
    stands_in(KEEPER, LEADER, "leader")
    assert may_decide(login(KEEPER), person(MANAGER))
    assert not may_decide(login(KEEPER), person(LEADER))


def test_no_longer_when_the_days_are_over() -> None:
    appeal = appeal_of(SHE)
    stands_in(OTHER_SUPERVISOR, MANAGER, "manager")
    assert can_decide(login(OTHER_SUPERVISOR), appeal)
    with clock.set_to(at("2026-11-07 09:00")):
        assert not can_decide(login(OTHER_SUPERVISOR), appeal)
        page = reverse("appeal", args=[appeal.pk])
        assert client_of(OTHER_SUPERVISOR).get(page).status_code == 404


def test_the_stand_in_of_a_supervisor_reads_the_appeals_of_that_team_alone() -> None:
    hers, strangers = appeal_of(SHE), appeal_of(STRANGER)
    stands_in(OTHER_SUPERVISOR, SUPERVISOR, "supervisor")
    browser = client_of(OTHER_SUPERVISOR)
    assert browser.get(reverse("appeal", args=[hers.pk])).status_code == 200
    assert browser.get(reverse("appeal", args=[strangers.pk])).status_code == 200
    assert client_of(SUPERVISOR).get(reverse("appeal", args=[strangers.pk])).status_code == 404
    stands_in(MATE, OTHER_SUPERVISOR, "supervisor")
    mate = client_of(MATE)
    assert mate.get(reverse("appeal", args=[strangers.pk])).status_code == 200
    assert mate.get(reverse("appeal", args=[hers.pk])).status_code == 404  # her own supervisor's
    assert not can_decide(login(MATE), strangers)


def test_who_stands_in_hears_of_appeals() -> None:
    stands_in(OTHER_SUPERVISOR, MANAGER, "manager")
    appeal = appeal_of(SHE)
    heard = Notice.objects.filter(key=f"appeal/{appeal.pk}/filed")
    assert {notice.person.employee_no for notice in heard} == {MANAGER, OTHER_SUPERVISOR}


# --- Closing and final ----------------------------------------------------------------------------


def test_a_stand_in_closes_and_it_says_for_whom() -> None:
    address = reverse("month_close", args=[MONTH])
    assert client_of(KEEPER).post(address).status_code == 403
    stands_in(KEEPER, FINANCE, "finance")
    assert client_of(KEEPER).post(address).status_code == 302
    assert told("ask")["stands_in_for"] == FINANCE


def test_final_by_two_is_two_though_one_stands_in() -> None:
    """Who stands in for the manager confirms what finance asked for; never what they asked."""
    stands_in(KEEPER, MANAGER, "manager")
    address = reverse("month_final", args=[MONTH])
    assert can_final(login(KEEPER))
    asked = final_ask(month=MONTH, early_reason="x", actor=login(FINANCE))
    assert told("ask for final").get("stands_in_for") is None
    answer = client_of(KEEPER).post(address, {"asked": asked.pk})
    assert answer.status_code in (200, 302)
    asked.refresh_from_db()
    assert asked.state == FinalRequest.State.CONFIRMED
    assert told("final")["stands_in_for"] == MANAGER


def test_who_asked_in_anothers_place_does_not_confirm_in_their_own() -> None:
    stands_in(FINANCE, MANAGER, "manager")
    asked = final_ask(month=MONTH, early_reason="x", actor=login(FINANCE))
    client_of(FINANCE).post(reverse("month_final", args=[MONTH]), {"asked": asked.pk})
    assert PayMonth.objects.get(month=MONTH).state == PayMonth.State.CLOSED
    asked.refresh_from_db()
    assert asked.state == FinalRequest.State.ASKED


def test_a_waiver_in_ones_own_right_names_nobody() -> None:
    waiver_grant(key=entry_of(SHE).key, reason="x", actor=login(MANAGER))
    assert "stands_in_for" not in told("waive")


def test_a_bank_account_confirmed_in_anothers_place() -> None:
    account = bank_account_enter(
        actor=login(SHE), person=person(SHE), holder="x", bank="ICBC", branch="",
        number="622202000000007399", valid_from=FROM,
    )  # fmt: skip
    assert "stands_in_for" not in told("bank account entered")
    stands_in(KEEPER, FINANCE, "finance")
    bank_account_confirm(actor=login(KEEPER), account=account)
    assert told("bank account confirmed")["stands_in_for"] == FINANCE


# --- Reminders ----------------------------------------------------------------------------------


def remind(text: str) -> list[tuple[str, str]]:
    """Who was told of what at a moment, running twice."""
    Notice.objects.all().delete()
    with clock.set_to(at(text)):
        reminders_send()
        once = Notice.objects.count()
        reminders_send()
        assert Notice.objects.count() == once
    return sorted(Notice.objects.values_list("key", "person__employee_no"))


def test_an_appeal_is_recalled_on_its_last_morning_to_whoever_decides() -> None:
    appeal = appeal_of(SHE)
    stands_in(OTHER_SUPERVISOR, MANAGER, "manager")
    key = f"appeal/{appeal.pk}/deadline"
    last = clock.local_date(appeal.deadline)
    assert key not in [k for k, _who in remind(f"{last} 07:59")]
    assert (key, MANAGER) in remind(f"{last} 08:00")
    StandIn.objects.update(until_on=last)
    assert {who for k, who in remind(f"{last} 08:00") if k == key} == {MANAGER, OTHER_SUPERVISOR}


def test_a_draft_is_recalled_until_it_is_acknowledged() -> None:
    assert {who for k, who in remind("2026-11-03 09:00") if k == f"draft/{MONTH}"} == {
        SHE, MATE, STRANGER,
    }  # fmt: skip


def test_an_account_that_waits_is_recalled_to_those_who_may_confirm_it() -> None:
    account = bank_account_enter(
        actor=login(FINANCE), person=person(SHE), holder="x", bank="ICBC", branch="",
        number="622202000000007399", valid_from=FROM,
    )  # fmt: skip
    key = f"bankaccount/{account.pk}/waits"
    assert [k for k, _who in remind("2026-11-03 08:59") if k == key] == []
    assert [it for it in remind("2026-11-03 09:00") if it[0] == key] == [(key, PERSONNEL)]
    bank_account_confirm(actor=login(PERSONNEL), account=account)
    assert [k for k, _who in remind("2026-11-04 09:00") if k == key] == []


def test_a_change_of_position_is_told_the_morning_before() -> None:
    her = person(SHE)
    plan = position_change(
        actor=login(PERSONNEL), person=her, seen=version_of(her, SHOWN), kind="transfer",
        from_on=date(2026, 11, 10), values={"team": "销售2组"}, reason="",
    )  # fmt: skip
    key = f"position/{plan.pk}"
    assert [k for k, _who in remind("2026-11-09 07:59") if k == key] == []
    assert [it for it in remind("2026-11-09 08:00") if it[0] == key] == [(key, SHE)]
    assert [k for k, _who in remind("2026-11-11 08:00") if k == key] == []
