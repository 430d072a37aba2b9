"""A visit recorded (VIS-1)."""

import pytest

from core import clock
from core.models import AuditRow, JobRun
from core.months import Month
from customers.models import Visit
from customers.services import VisitRefused, visit_record
from payroll.models import PayMonth
from tests.builders import at, customer, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.set_to(at("2026-11-02 09:00")):
        yield


def record(who, when="2026-11-02 08:30", *, kind="return", content="the offer"):
    return visit_record(
        person=who, customer=customer("K1"), at=at(when), kind=kind, content=content, actor=None
    )


def test_recorded_with_its_trail():
    made = record(person(), content="  the offer\n")
    assert (made.kind, made.content, made.void) == ("return", "the offer", False)
    assert AuditRow.objects.get(action="record visit").subject == f"visit {made}"


def test_sent_twice_is_once():
    who = person()
    assert record(who) == record(who)
    assert Visit.objects.count() == AuditRow.objects.filter(action="record visit").count() == 1
    with pytest.raises(VisitRefused):
        record(who, content="something else")


@pytest.mark.parametrize(
    "said", [{"when": "2026-11-02 09:00:01"}, {"kind": "nosuch"}, {"content": " "}]
)
def test_what_is_no_visit(said):
    with pytest.raises(VisitRefused):
        record(person(), **said)
    assert not Visit.objects.exists()


def test_a_closed_month_follows():
    PayMonth.objects.create(month=Month(2026, 10), state="closed", closed_at=clock.now())
    who = person()
    record(who, "2026-10-31 23:59")
    record(who, "2026-11-01 00:00")
    assert list(JobRun.objects.filter(kind="close").values_list("subject", flat=True)) == [
        "2026-10"
    ]
