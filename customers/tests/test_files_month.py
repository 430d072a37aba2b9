"""The files of a month's new customers: on the desk, reminded of, listed at its close (CUS-1)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.months import Month
from customers.charges.files import files
from customers.desk.files import desk
from customers.models import Contact, Customer
from customers.reminders.files import files_to_complete
from customers.tests.conftest import user
from notices.reminders import reminders_of
from payroll.exports import finding_rows
from payroll.models import Finding
from payroll.querysets import counted_findings
from tests.builders import at, context
from tests.cast import MANAGER, MATE, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)


def file(owner, no="K1", created="2026-11-02", **said):
    return Customer.objects.create(customer_no=no, name=no, owner=owner, created_on=created, **said)


def completed(file):
    Customer.objects.filter(pk=file.pk).update(
        address="a", scale="b", industry="c", source="fair", level="A"
    )
    Contact.objects.create(customer=file, name="x", say="decides", telephone="1", token=uuid4())


def found(month="2026-11", as_of="2026-12-01 00:00"):
    return [(f.key, f.days) for f in files(context(month, as_of=as_of)).findings]


def test_listed_when_the_month_is_over(people):
    first = file(people[SHE])
    file(people[SHE], "K2")
    file(people[MATE], "K3", "2026-10-31")
    file(None, "K4")
    assert found(as_of="2026-11-30 23:59:59") == []
    assert found() == [("CUS-1/Y001/2026-11", 2)]
    completed(first)
    assert found() == [("CUS-1/Y001/2026-11", 1)]
    assert found("2026-10") == [("CUS-1/Y002/2026-10", 1)]


def test_nobody_decides_on_them(people):
    """They are counted on the month's page; the file for the outside lists ATT-5 alone."""
    note = {"month": NOVEMBER, "person": people[SHE]}
    Finding.objects.create(key="a", rule="CUS-1", days=3, **note)
    Finding.objects.create(key="b", rule="ATT-5", days=16, **note)
    Finding.objects.create(key="c", rule="CUS-1", days=1, month=NOVEMBER, person=people[MATE])
    assert [row[1] for row in finding_rows(NOVEMBER)] == ["ATT-5"]
    assert counted_findings(Finding.objects.filter(month=NOVEMBER)) == [
        {"rule": "CUS-1", "days": 4, "people": 2}
    ]


def test_on_the_desk_with_the_deadline(people):
    file(people[SHE], "K1", "2026-10-30")
    whole = file(people[SHE], "K2")
    completed(whole)
    file(people[SHE], "K3", "2026-09-30")
    [card] = [each for each in desk(user(SHE)) if each.key == "files"]
    [waiting] = card.context["waiting"]
    assert (waiting.text, waiting.is_late) == ("K1", True)
    [team] = list(desk(user(SUPERVISOR)))
    assert team.context["figures"][0].value == 1
    assert list(desk(user(MATE))) == []
    assert [each.key for each in desk(user(MANAGER))] == ["team-files"]


def test_reminded_three_days_before(people):
    file(people[SHE])
    file(people[SHE], "K2")
    completed(file(people[MATE], "K3"))
    for moment, told in [
        ("2026-11-28 07:59", 0),
        ("2026-11-28 08:00", 1),
        ("2026-11-30 23:59", 1),
        ("2026-12-01 00:00", 0),
    ]:
        with clock.set_to(at(moment)):
            assert len(reminders_of(files_to_complete, clock.now())) == told, moment


def test_told_in_the_month_so_far_too(people):
    file(people[SHE])
    with clock.set_to(at("2026-12-01 00:10")):
        page = client_of(SHE).get(reverse("so_far", args=[NOVEMBER, SHE])).content.decode()
    assert "Files of new customers that are not complete: 1" in page
