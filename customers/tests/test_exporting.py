"""Customers' files taken out: by whom, marked, written down (CUS-2)."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from core import clock
from core.models import AuditRow, Opening
from customers.models import ExportGrant
from customers.services import FileRefusal
from customers.services.exporting import export_give, export_take_back
from customers.tests.conftest import user
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
LIST = reverse("customers")


def give(people, to=SHE, *, token=None, until=date(2026, 11, 30), reason="a fair"):
    return export_give(
        actor=user(LEADER),
        person=people[to],
        reason=reason,
        until_on=until,
        token=token or uuid4(),
    )


def taken(no, ending):
    answer = client_of(no).get(f"{LIST}?export={ending}")
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b""


def test_refused_to_all_but_the_heads(hers):
    for no, status in ((SHE, 403), (SUPERVISOR, 403), (MANAGER, 200), (LEADER, 200)):
        assert taken(no, "csv")[0] == status, no
    assert "export=csv" not in client_of(SHE).get(LIST).content.decode()
    assert "export=csv" in client_of(MANAGER).get(LIST).content.decode()
    # Only what was taken is written down.
    assert Opening.objects.filter(way="exported").count() == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_row_says_who_took_it_and_when(hers, people, ending):
    give(people)
    _status, body = taken(SHE, ending)
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        rows = [[cell.value for cell in row] for row in sheet.rows]
    assert [row[-1] for row in rows] == [
        "Taken out by", f"{people[SHE].name} {SHE} Nov. 2, 2026 09:00",
    ]  # fmt: skip
    assert Opening.objects.get(way="exported").actor == user(SHE)


def test_given_for_a_time_and_taken_back(hers, people):
    grant = give(people)
    with clock.set_to(clock.at(date(2026, 11, 30), clock.local(clock.now()).time())):
        assert taken(SHE, "csv")[0] == 200
    with clock.set_to(clock.start_of(date(2026, 12, 1))):
        assert taken(SHE, "csv")[0] == 403
    assert export_take_back(actor=user(LEADER), grant=grant)
    assert not export_take_back(actor=user(LEADER), grant=grant)
    assert taken(SHE, "csv")[0] == 403
    assert AuditRow.objects.filter(subject=f"exportgrant {grant.pk}").count() == 2


def test_given_once_and_not_to_oneself(people):
    token = uuid4()
    assert give(people, token=token) == give(people, token=token)
    wrong = [{"to": LEADER}, {"until": clock.today() - timedelta(days=1)}, {"reason": " "}]
    for said in wrong:
        with pytest.raises(FileRefusal):
            give(people, **said)
    assert ExportGrant.objects.count() == 1
