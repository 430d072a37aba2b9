"""A month in the shadow, in the browser: what a close would post, with nothing posted (PAY-2)."""

import pytest
from django.urls import reverse

from accounts.models import Person
from core import clock
from core.models import JobRun
from core.tables.writing import to_csv
from payroll.exports import statement_rows
from payroll.models import Entry, Shadow
from payroll.services import month_close
from payroll.tasks import shadow_run
from tests import builders
from tests.cast import CLOSED_AT, FINANCE, MONTH, SHE, SUPERVISOR, client_of

PAGE = reverse("month_shadow", args=[MONTH])


def reckoned(as_of: str = "2026-11-02T09:00") -> Shadow:
    client_of(FINANCE).post(PAGE, {"as_of": as_of})
    run = JobRun.objects.get(kind="shadow", state="queued")
    shadow_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", run.error
    return Shadow.objects.get()


@pytest.mark.usefixtures("people")
def test_it_is_what_a_close_posts_and_posts_nothing():
    reckoned()
    assert not Entry.objects.exists()
    exported = client_of(FINANCE).get(reverse("shadow_export", args=[MONTH, "csv"]))
    month_close(month=MONTH, as_of=CLOSED_AT)
    said = exported.content.decode("utf-8-sig")
    assert said == to_csv(["employee_no", "rule", "amount"], statement_rows(MONTH))
    page = client_of(FINANCE).get(PAGE).content.decode()
    assert page.count("the same") == 3


@pytest.mark.usefixtures("closed")
def test_what_differs_from_the_books_stands_out():
    builders.damage(Person.objects.get(employee_no=SHE), on="2026-10-20", cost_price="10.00")
    reckoned()
    page = client_of(FINANCE).get(PAGE).content.decode()
    assert page.count("the same") == 2
    assert "2,900.00" in page
    assert "2,910.00" in page


@pytest.mark.usefixtures("people")
def test_as_of_an_earlier_instant_it_holds_less_and_replaces_the_one_before():
    reckoned()
    shadow = reckoned("2026-10-12T12:00")
    assert clock.local(shadow.as_of).isoformat() == "2026-10-12T12:00:00+08:00"
    assert "BASE" not in shadow.rows.first().by_rule


@pytest.mark.usefixtures("people")
def test_a_supervisor_sees_the_own_people():
    reckoned()
    page = client_of(SUPERVISOR).get(PAGE).content.decode()
    assert "吴伟" in page
    assert "金敏" not in page
    exported = client_of(SUPERVISOR).get(reverse("shadow_export", args=[MONTH, "csv"]))
    assert "Y003" not in exported.content.decode()


@pytest.mark.parametrize(
    "as_of", ["", "x", "2026-13-45T99:99", "2026-10-12T12:00+99:00", "x" * 5000]
)
@pytest.mark.usefixtures("people")
def test_an_instant_that_is_none(as_of):
    assert client_of(FINANCE).post(PAGE, {"as_of": as_of}).status_code == 302
    assert not JobRun.objects.filter(kind="shadow").exists()


@pytest.mark.usefixtures("people")
def test_no_shadow_no_file():
    address = reverse("shadow_export", args=[MONTH, "csv"])
    assert client_of(FINANCE).get(address).status_code == 404
    assert "No shadow yet" in client_of(FINANCE).get(PAGE).content.decode()
