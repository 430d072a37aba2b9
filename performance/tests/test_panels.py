"""Targets and appraisals on a person's page: for whom they are meant, and no others."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.models import Opening
from performance.models import Appraisal
from performance.services.appraisals import appraisal_tell
from tests.builders import order, payment, slip
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

from .conftest import appraisal_of, reckon, user

pytestmark = pytest.mark.django_db
SEEN_BY = {SHE, SUPERVISOR, MANAGER, LEADER, PERSONNEL}
EVERYBODY = {*SEEN_BY, MATE, STRANGER, OTHER_SUPERVISOR, FINANCE}


def panel(who, key, whose=SHE):
    return client_of(who).get(reverse("person_panel", args=[whose, key]))


def seeing(key):
    return {who for who in EVERYBODY if panel(who, key).status_code == 200}


@pytest.mark.parametrize("key", ["targets", "appraisals"])
def test_a_panel_is_for_themselves_who_leads_them_and_the_heads(people, key):
    assert seeing(key) == SEEN_BY
    assert panel(MANAGER, key, whose=FINANCE).status_code == 404  # who sells nothing has none


def test_how_far_they_are_this_month(people):
    her = people[SHE]
    her.contract_target = Decimal(12000)
    her.save(update_fields=["contract_target"])
    on = slip(order(her, amount="300.00", signed="2026-11-01"))
    payment(on, "P1", amount="400.00", received="2026-10-29 10:00", method="transfer")
    said = panel(SUPERVISOR, "targets").text
    assert [
        each for each in ("1,000.00", "400.00", "40.0 %", "30.0 %", "600.00") if each not in said
    ] == []
    assert not Opening.objects.exists()


def test_appraisals_with_their_level_once_one_was_told(people):
    reckon()
    Appraisal.objects.filter(person=people[SHE]).update(score=Decimal("83.5"), grade="B")
    assert "83.5" in panel(SUPERVISOR, "appraisals").text
    assert "83.5" not in panel(SHE, "appraisals").text
    appraisal_tell(appraisal=appraisal_of(SHE), talk="x", actor=user(SUPERVISOR))
    said = panel(SHE, "appraisals").text
    assert "83.5" in said
    assert "<strong>B</strong>" in said
    assert reverse("appraisal", args=[appraisal_of(SHE).pk]) in said


def test_whoever_else_opens_the_appraisals_is_written_down(people):
    panel(SHE, "appraisals")
    assert not Opening.objects.exists()
    panel(PERSONNEL, "appraisals")
    assert Opening.objects.get().about == SHE
    assert client_of(LEADER).get(reverse("audit_openings")).status_code == 200
