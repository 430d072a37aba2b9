"""Targets set, how far people and teams are, leaderboards, commission live (TAR-1, COMM-1)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock
from performance.models import Target
from performance.reads.attaining import attainments, leaderboard, teams_in
from performance.reads.commission import standing_of
from performance.rules.periods import Period
from performance.services.keeping import ChangedMeanwhile, PerformanceRefused
from performance.services.targets import target_set
from performance.tests.conftest import user
from policy.models import PolicyParameter
from tests.builders import at, order, payment, slip, yuan
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
MONTH, QUARTER = Period.parse("2026-11"), Period.parse("2026-Q4")


@pytest.fixture
def sold(people):
    """She has a target of 12,000 a year and handed in 400 of this month's; signed 300."""
    her = people[SHE]
    her.contract_target = Decimal(12000)
    her.save(update_fields=["contract_target"])
    on = slip(order(her, amount="300.00", signed="2026-11-01"))
    payment(on, "P1", amount="400.00", received="2026-10-29 10:00", method="transfer")
    payment(on, "P2", amount="50.00", received="2026-10-28 10:00", method="transfer")
    return people


def keep(**said):
    usual = {"period": MONTH, "amount": yuan("500"), "seen": 0, "actor": user(MANAGER)}
    return target_set(**usual | said)


def test_how_far_she_is_by_money_and_by_orders(sold):
    her = sold[SHE]
    with clock.set_to(at("2026-11-10 09:00")):
        found = attainments(MONTH, [her], [her.pk])[her.pk]
        everybody = attainments(MONTH, [her], None)[her.pk]
    assert found == everybody
    assert (found.target, found.handed_in, found.signed) == (
        yuan("1000.00"), yuan("400.00"), yuan("300.00"),
    )  # fmt: skip
    assert (found.handed_in_percent, found.signed_percent) == (Decimal("40.0"), Decimal("30.0"))
    # 29 and 30 October and six days of November have passed of 22 workdays (to 27 November).
    assert found.handed_in_forecast == yuan("1100.00")
    # Six of 21.
    assert found.signed_forecast == yuan("1050.00")


def test_a_quarter_is_its_three_collection_months(sold):
    her = sold[SHE]
    found = attainments(QUARTER, [her], [her.pk])[her.pk]
    assert (found.target, found.handed_in) == (yuan("3000.00"), yuan("450.00"))


def test_a_target_is_set_changed_and_taken_back(sold):
    made = keep(person=sold[SHE])
    assert keep(person=sold[SHE]) == made  # sent twice
    with pytest.raises(ChangedMeanwhile):
        keep(person=sold[SHE], amount=yuan("700"))
    keep(person=sold[SHE], amount=yuan("700"), seen=made.version)
    assert attainments(MONTH, [sold[SHE]], None)[sold[SHE].pk].target == yuan("700.00")
    assert keep(person=sold[SHE], amount=None, seen=2) is None
    assert attainments(MONTH, [sold[SHE]], None)[sold[SHE].pk].target == yuan("1000.00")
    with pytest.raises(PerformanceRefused):
        keep()


def test_a_team_is_the_sum_of_its_people_or_its_own_target(sold):
    sold[MATE].contract_target = Decimal(6000)
    sold[MATE].save(update_fields=["contract_target"])
    first, second = teams_in(MONTH, user(MANAGER))
    assert (first.team, first.people, first.attainment.target) == ("销售1组", 2, yuan("1500.00"))
    assert (second.attainment.target, second.attainment.handed_in) == (None, 0)
    keep(team="销售1组", amount=yuan("2000"))
    assert teams_in(MONTH, user(MANAGER))[0].attainment.target == yuan("2000.00")
    assert [line.team for line in teams_in(MONTH, user(SUPERVISOR))] == ["销售1组"]


def test_places_of_the_leaderboard(sold):
    for no, amount in ((MATE, "1000"), (STRANGER, "400")):
        Target.objects.create(person=sold[no], period="2026-11", amount=yuan(amount))
    on = slip(order(sold[STRANGER], "O2"), "S2")
    payment(on, "P9", amount="160.00", received="2026-10-29 10:00", method="transfer")
    told = [(p.rank, p.person.employee_no, str(p.percent)) for p in leaderboard(MONTH)]
    assert told == [(1, SHE, "40.0"), (1, STRANGER, "40.0"), (3, MATE, "0.0")]


def test_a_leaderboard_tells_no_amount_and_can_be_switched_off(sold):
    page = reverse("leaderboard", args=[MONTH])
    body = client_of(MATE).get(page).content.decode()
    assert "40.0 %" in body
    assert "400" not in body.replace("40.0 %", "")
    assert client_of(FINANCE).get(page).status_code == 403
    PolicyParameter.objects.create(
        effective_on=date(2026, 1, 1), parameter="leaderboards_shown", value="no"
    )
    assert client_of(MATE).get(page).status_code == 403
    assert page not in client_of(MATE).get(reverse("targets", args=[MONTH])).content.decode()


def test_whose_figures_one_sees(sold):
    page = reverse("targets", args=[MONTH])
    seen = {
        no: client_of(no).get(page).content.decode().count("row-link")
        for no in (SHE, SUPERVISOR, MANAGER, PERSONNEL)
    }
    assert seen == {SHE: 1, SUPERVISOR: 2, MANAGER: 3, PERSONNEL: 3}
    assert client_of(FINANCE).get(page).status_code == 403
    for odd in ("2026-Q5", "2026-13", "1800", "2026-1"):
        assert client_of(MANAGER).get(f"/performance/targets/{odd}/").status_code == 404


def test_the_manager_sets_targets_on_the_page(sold):
    page = reverse("target_set", args=[MONTH, SHE])
    assert client_of(SUPERVISOR).get(page).status_code == 403
    assert client_of(MANAGER).get(page).status_code == 200
    client_of(MANAGER).post(page, {"amount": "800", "version": 0})
    assert Target.objects.get().amount == yuan("800.00")
    stale = client_of(MANAGER).post(page, {"amount": "900", "version": 0})
    assert stale.status_code == 400
    for wrong in ("-1", "NaN", "1e999", "0.001"):
        assert client_of(MANAGER).post(page, {"amount": wrong, "version": 1}).status_code == 400
    team = reverse("team_target_set", args=[MONTH])
    client_of(LEADER).post(team, {"team": "销售1组", "amount": "5000", "version": 0})
    assert Target.objects.get(person=None).team == "销售1组"
    assert client_of(MANAGER).get(reverse("teams", args=[MONTH])).status_code == 200


def test_commission_is_shown_live(sold):
    on = slip(order(sold[SHE], "O3"), "S3")
    payment(on, "P5", amount="42400.00", received="2026-10-30 10:00", method="transfer")
    month, found = standing_of(sold[SHE], clock.now())
    assert (str(month), found.handed_in, found.missing) == (
        "2026-11", yuan("42800.00"), yuan("7200.00"),
    )  # fmt: skip
    assert found.due == yuan("428.00")
    body = client_of(SHE).get(reverse("my_commission")).content.decode()
    assert "7,200.00" in body
    assert "7,200.00" in client_of(SHE).get(reverse("home")).content.decode()
    assert client_of(MANAGER).get(reverse("my_commission")).status_code == 404


def test_what_is_undone_takes_its_commission_back(sold):
    from receivables.models import Payment

    Payment.objects.filter(payment_no="P1").update(undone=yuan("400.00"))
    assert standing_of(sold[SHE], clock.now())[1].due == 0
