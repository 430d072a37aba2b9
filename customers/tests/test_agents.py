"""Prefectures covered, in talks, open; whose agents they are (CUS-5)."""

from datetime import date

import pytest
from django.urls import reverse

from core import clock
from customers.models import Agency, Prefecture
from customers.services import (
    ProjectRefused,
    SeenOtherwise,
    agency_begin,
    agency_end,
    agency_talk,
    prefecture_add,
)
from tests import cast
from tests.builders import at, customer
from tests.cast import MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
TODAY, BEFORE = date(2026, 11, 2), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def people():
    with clock.set_to(at("2026-11-02 09:00")):
        yield cast.people_make()


@pytest.fixture
def ningbo():
    return Prefecture.objects.get(name="宁波市")


@pytest.fixture
def hers(people, ningbo):
    file = customer("K-CANARY", owner=people[SHE])
    return agency_talk(prefecture=ningbo, customer=file, talks_on=BEFORE)


def standing():
    found = Prefecture.objects.with_standing().exclude(standing="open")
    return dict(found.values_list("name", "standing"))


def test_zhejiang_is_there():
    assert Prefecture.objects.count() == 11
    assert standing() == {}


def test_from_open_to_covered_and_open_again(hers):
    assert standing() == {"宁波市": "talks"}
    begun = agency_begin(agency=hers, on=TODAY)
    assert standing() == {"宁波市": "covered"}
    with pytest.raises(SeenOtherwise):
        agency_begin(agency=hers, on=TODAY)
    with pytest.raises(ProjectRefused):
        agency_end(agency=begun, on=TODAY, reason=" ")
    agency_end(agency=begun, on=TODAY, reason="合同到期")
    assert standing() == {}
    with pytest.raises(SeenOtherwise):
        agency_end(agency=begun, on=TODAY, reason="x")


def test_what_does_not_fit(hers, ningbo):
    with pytest.raises(SeenOtherwise):  # once at a time
        agency_talk(prefecture=ningbo, customer=hers.customer, talks_on=TODAY)
    for on in (date(2026, 9, 30), date(2026, 11, 3)):
        with pytest.raises(ProjectRefused):
            agency_begin(agency=hers, on=on)
    with pytest.raises(ProjectRefused):
        agency_talk(prefecture=ningbo, customer=customer("K2"), talks_on=date(2026, 11, 3))
    with pytest.raises(ProjectRefused):
        prefecture_add(province="浙江省", name=" 宁波市 ")
    assert Agency.objects.count() == 1


def test_a_stranger_reads_that_it_is_another_s(hers, ningbo, people):
    pages = (reverse("prefectures"), reverse("prefecture", args=[ningbo.pk]))
    for no in (SHE, SUPERVISOR, MANAGER):
        for page in pages:
            assert "K-CANARY" in client_of(no).get(page).content.decode()
    for no in (MATE, STRANGER):
        said = [client_of(no).get(page).content.decode() for page in pages]
        assert "another&#x27;s" in said[0]
        assert "Another salesperson is in talks" in said[1]
        for page in said:
            assert "K-CANARY" not in page
            assert people[SHE].name not in page
        change = reverse("agency_change", args=[hers.pk])
        assert client_of(no).post(change, {"version": 0, "on": "2026-11-02"}).status_code == 404


def test_by_the_pages(hers, ningbo):
    client_of(MANAGER).post(reverse("prefecture_new"), {"province": "江苏省", "name": "无锡市"})
    wuxi = Prefecture.objects.get(name="无锡市")
    browser, talks = client_of(SHE), reverse("agency_new", args=[wuxi.pk])
    assert browser.post(talks, {"customer": "K9", "talks_on": "2026-11-02"}).status_code == 400
    browser.post(talks, {"customer": "K-CANARY", "talks_on": "2026-11-02"})
    assert standing() == {"宁波市": "talks", "无锡市": "talks"}
    change = reverse("agency_change", args=[hers.pk])
    browser.post(change, {"version": 0, "on": "2026-11-02", "do": "agent"})
    again = browser.post(
        change, {"version": 0, "on": "2026-11-02", "do": "end", "reason": "x"}, follow=True
    )
    assert "changed meanwhile" in again.content.decode()
    hers.refresh_from_db()
    assert (hers.agent_on, hers.ended_on) == (TODAY, None)
