"""All changes and all openings: who looks through them, and finding one among many."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from core import clock
from core.confidential import openings_about
from core.models import AuditRow, Opening
from core.services import audit, audit_subject
from tests import cast
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

EVERYBODY = (LEADER, MANAGER, PERSONNEL, FINANCE, CASHIER, KEEPER, SUPERVISOR, SHE)
SEES = {
    "audit": (LEADER, MANAGER, PERSONNEL),
    "audit_export": (LEADER, MANAGER, PERSONNEL),
    "audit_openings": (LEADER, PERSONNEL),
}


def login(employee_no):
    return User.objects.get(username=employee_no)


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        people = cast.people_make()
        audit(
            actor=login(MANAGER), action="replace", subject=audit_subject(people[SHE]),
            changes={"team": ["甲", "乙"], "base_salary": ["3600.00", "4000.00"]},
        )  # fmt: skip
        with clock.set_to(cast.CLOSED_AT - timedelta(days=3)):
            audit(actor=login(FINANCE), action="final", subject="month 2026-09", changes={})
        audit(actor=None, action="waive", subject="charge ATT-2/Y003", changes={"reason": "雪"})
        yield people


def found(reader, name="audit", **asked):
    answer = client_of(reader).get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def subjects(page):
    return {s for s in ("Y001 吴伟", "month 2026-09", "charge ATT-2/Y003") if f"{s}</span>" in page}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", SEES)
def test_who_looks_through_them(name, who):
    answer = client_of(who).get(reverse(name))
    assert answer.status_code == (200 if who in SEES[name] else 403)
    answer.close()


def test_personnel_sees_what_was_changed_of_people_and_no_pay():
    assert len(subjects(found(LEADER))) == 3
    page = found(PERSONNEL)
    assert subjects(page) == {"Y001 吴伟"}
    assert "乙" in page
    assert "4,000.00" not in page
    taken_out = client_of(PERSONNEL).get(reverse("audit_export")).getvalue().decode()
    assert "month 2026-09" not in taken_out
    assert "4,000.00" not in taken_out


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "y003"}, {"charge ATT-2/Y003"}),
        ({"who": "韩秀"}, {"month 2026-09"}),
        ({"who": "m001"}, {"Y001 吴伟"}),
        ({"who": "hx"}, {"month 2026-09"}),
        ({"q": "wuwei"}, {"Y001 吴伟"}),
        ({"who": "nobody"}, set()),
        ({"action": "waive"}, {"charge ATT-2/Y003"}),
        ({"kind": "month"}, {"month 2026-09"}),
        ({"kind": "person", "action": "waive"}, set()),
        ({"until": "2026-10-31"}, {"month 2026-09"}),
        ({"since": "2026-11-01"}, {"Y001 吴伟", "charge ATT-2/Y003"}),
    ],
)
def test_finding(asked, expected):
    assert subjects(found(LEADER, **asked)) == expected


@pytest.mark.parametrize("name", ["audit", "audit_openings", "audit_export"])
@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00"},
        {"q": "x" * 10_000},
        {"q": "%_'\""},
        {"who": "\x00"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "２０２６"},
        {"action": "no such", "kind": "no such", "way": "no such"},
        {"before": "9" * 30},
        {"before": "-1"},
        {"before": "999999999999999999"},
        {"about": "\x00"},
    ],
)
def test_whatever_the_address_says(name, asked):
    answer = client_of(LEADER).get(reverse(name), asked)
    assert answer.status_code == 200
    answer.close()


def test_pages_cost_the_same_and_end(django_assert_num_queries):
    def pages():
        before, seen = "", 0
        while True:
            answer = client_of(LEADER).get(reverse("audit"), {"before": before} if before else {})
            page = answer.context["table"].stretch
            seen += len(page.rows)
            if page.further is None:
                return seen
            before = str(page.further)

    assert pages() == 3
    she = login(SHE)
    AuditRow.objects.bulk_create(
        AuditRow(actor=she, action="x", subject=f"charge {n}", changes={}) for n in range(120)
    )
    assert pages() == 123
    client = client_of(LEADER)
    with django_assert_num_queries(4):  # one of them reads the saved views
        client.get(reverse("audit"))


def test_from_the_oldest_on_it_goes_the_other_way():
    up = client_of(LEADER).get(reverse("audit"), {"sort": "at"}).context["table"]
    down = client_of(LEADER).get(reverse("audit")).context["table"]
    assert [row.pk for row in up.stretch.rows] == [row.pk for row in down.stretch.rows][::-1]
    some = client_of(LEADER).get(reverse("audit"), {"sort": "at", "before": up.stretch.rows[0].pk})
    assert [row.pk for row in some.context["table"].stretch.rows] == [
        row.pk for row in up.stretch.rows[1:]
    ]
    text = client_of(LEADER).get(reverse("audit_export"), {"sort": "at"}).getvalue().decode()
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == [
        "person Y001 吴伟", "month 2026-09", "charge ATT-2/Y003",
    ]  # fmt: skip


def test_a_file_is_what_was_found_in_many_reads(monkeypatch):
    monkeypatch.setattr("core.lists.walking.AT_A_TIME", 7)
    she = login(SHE)
    AuditRow.objects.bulk_create(
        AuditRow(actor=she, action="x", subject=f"charge {n:02}", changes={}) for n in range(30)
    )
    text = client_of(LEADER).get(reverse("audit"), {"export": "csv", "who": SHE}).getvalue()
    found = [line.split(",")[3] for line in text.decode().splitlines()[1:]]
    assert found == [f"charge {n:02}" for n in reversed(range(30))]
    monkeypatch.setattr("accounts.auditing.lists._Trail.most_in_file", 10)
    text = client_of(LEADER).get(reverse("audit"), {"export": "csv", "who": SHE}).getvalue()
    assert len(text.decode().splitlines()) == 11


def test_taking_them_out_is_written_down_itself():
    text = client_of(MANAGER).get(reverse("audit_export"), {"q": "Y003"}).getvalue().decode()
    assert text.splitlines()[1:] == ["2026-11-02T09:00:00,,forgiven,charge ATT-2/Y003,Reason: 雪"]
    row = Opening.objects.get()
    assert (row.actor.username, row.way, row.kind, row.subject) == (
        MANAGER, "exported", "list", "list audit",
    )  # fmt: skip
    assert row.details["rows"] == 1
    assert row.details["query"] == "q=Y003"


def opening(who, about, **more):
    values = {"way": "opened", "kind": "export", "subject": f"leave {about}", **more}
    return Opening.objects.create(actor=login(who), about=about, **values)


def test_who_opened_what():
    opening(MANAGER, SHE)
    opening(LEADER, STRANGER, way="exported", details={"name": "病历.pdf"})
    page = found(PERSONNEL, "audit_openings")
    assert "病历.pdf" in page
    assert page.count("<tr ") == 2
    assert found(LEADER, "audit_openings", about=SHE).count("<tr ") == 1
    assert found(LEADER, "audit_openings", way="exported").count("<tr ") == 1
    assert found(LEADER, "audit_openings", who="吕桂建").count("<tr ") == 1
    assert "Nobody opened what fits" in found(LEADER, "audit_openings", q="none")
    assert [row.actor.username for row in openings_about(SHE)] == [MANAGER]


def test_nothing_yet_says_so():
    assert "Nobody opened anything yet" in found(LEADER, "audit_openings")
    assert "No change fits" in found(LEADER, q="none")


def test_a_fragment_for_htmx():
    page = client_of(LEADER).get(reverse("audit"), headers={"hx-request": "true"}).content.decode()
    assert page.strip().startswith('<div id="found">')
