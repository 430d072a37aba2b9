"""What happened to a record, in the reader's words."""

from datetime import date

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Person, User
from core import clock
from core.history.reading import history_of, number_from
from core.history.words import Change, kinds, subject_words
from core.jobs import job_request
from core.services import audit, audit_subject, facts_replace
from payroll.models import Entry
from payroll.services import month_final, waiver_grant, waiver_withdraw
from tests import cast
from tests.cast import MANAGER, MATE, MONTH, PERSONNEL, SHE, STRANGER, SUPERVISOR, client_of


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def login(employee_no):
    return User.objects.get(username=employee_no)


def row_of(person, **changes):
    row = {"employee_no": person.employee_no, "name": person.name, "roles": person.roles}
    return {**row, **changes}


def changed(person, *, actor=MANAGER, **changes):
    facts_replace(
        model=Person,
        key=("employee_no",),
        rows=[{"employee_no": person.employee_no, **changes}],
        actor=login(actor),
    )


def test_a_file_that_changes_a_person_is_told_in_words(people):
    she = people[SHE]
    changed(
        she,
        supervisor_id=people["Z002"].pk,
        channel="telephone",
        hired_on=date(2025, 3, 1),
        base_salary="4000.00",
        team="销售2组",
    )
    (moment,) = history_of(she, login(MANAGER)).moments
    assert (moment.who, moment.action) == ("陶洋", "changed by a file")
    assert {c.label: (c.before, c.after) for c in moment.changes} == {
        "Direct supervisor": ("Z001 施静军", "Z002 魏英"),
        "Channel": ("field", "telephone"),
        "Hired on": ("Jan. 1, 2024", "March 1, 2025"),
        "Base salary": ("3,600.00", "4,000.00"),
        "Team": ("销售1组", "销售2组"),
    }


def test_in_chinese(people):
    changed(people[SHE], channel="telephone")
    with override("zh-hans"):
        (moment,) = history_of(people[SHE], login(MANAGER)).moments
        assert moment.action == "由文件更改"
        assert subject_words(moment.subject).startswith("人员")
        assert moment.changes[0].label == "渠道"


def test_pay_is_for_those_who_see_pay(people):
    changed(people[SHE], base_salary="4000.00", team="销售2组")
    (moment,) = history_of(people[SHE], login(PERSONNEL)).moments
    told = {c.label: c for c in moment.changes}
    assert told["Base salary"] == Change("Base salary", "—", is_hidden=True)
    assert told["Team"].after == "销售2组"


def test_whatever_stands_in_a_row_is_shown(people):
    odd = {
        "reason": "因为",
        "base_salary": ["soon", None],
        "hired_on": ["2024-13-45", ""],
        "supervisor_id": ["99999999999999999999", "nobody"],
        "channel": ["pigeon", "field"],
        "is_new": True,
        "listing": ["a", "b", "c"],
        "all": {"x": 1},
        "nested": [["a"], {"b": 2}],
        "none": [],
    }
    audit(actor=None, action="sing", subject=audit_subject(people[SHE]), changes=odd)
    (moment,) = history_of(people[SHE], login(MANAGER)).moments
    assert (moment.who, moment.action) == ("", "sing")
    told = {c.label: (c.before, c.after) for c in moment.changes}
    assert told["Reason"] == (None, "因为")
    assert told["Base salary"] == ("soon", "—")
    assert told["Hired on"] == ("2024-13-45", "—")
    assert told["Direct supervisor"] == ("99999999999999999999", "nobody")
    assert told["Channel"] == ("pigeon", "field")
    assert told["Is_new"] == (None, "yes")
    assert told["Listing"] == (None, "a, b, c")
    assert told["Nested"] == ("a", "B: 2")


def test_a_subject_nobody_knows():
    audit(actor=None, action="x", subject="riddle 7", changes={"a": [1, 2]})
    assert history_of("riddle 7", login(MANAGER)).moments[0].subject == "riddle 7"
    assert subject_words("") == ""


def test_pages_go_on_where_they_ended(people, django_assert_num_queries):
    for number in range(25):
        audit(
            actor=login(SHE), action="x", subject="month 2026-10",
            changes={"person_id": [None, people[SHE].pk], "n": number},
        )  # fmt: skip
    audit(actor=None, action="x", subject="month 2026-11", changes={})
    seen, before, manager = [], None, login(MANAGER)
    while True:
        with django_assert_num_queries(1):
            page = history_of("month 2026-10", manager, before=before)
        seen += [m.pk for m in page.moments]
        if (before := page.older) is None:
            break
    assert len(seen) == 25
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1" * 40, "１", "1\x00"])
def test_no_number_is_none(text):
    assert number_from(text) is None


def test_kinds_are_ours():
    known = dict(kinds())
    assert known["month"] == "month"
    assert {"person", "charge", "order"} <= set(known)
    assert "session" not in known


class TestOnPages:
    @pytest.fixture(autouse=True)
    def closed(self, people):
        cast.closed_month()

    def entry(self, who=SHE):
        return Entry.objects.lines().filter(person__employee_no=who).first()

    def test_a_waiver_on_its_line(self):
        entry = self.entry()
        waiver_grant(key=entry.key, reason="客户处", actor=login(MANAGER))
        waiver_withdraw(key=entry.key, reason="no snow", actor=login(MANAGER))
        address = reverse("entry_why", args=[entry.pk])
        page = client_of(SHE).get(address).content.decode()
        assert page.index("forgiveness taken back") < page.index("forgiven<")
        assert "<del>客户处</del>" in page
        for stranger in (MATE, STRANGER):
            assert client_of(stranger).get(address).status_code == 404

    def test_a_month_made_final(self):
        job_request(kind="close", subject=str(MONTH), actor=login(MANAGER))
        month_final(month=MONTH, actor=login(MANAGER), early_reason="all have seen it")
        page = client_of(SUPERVISOR).get(reverse("month", args=[MONTH])).content.decode()
        assert "made final" in page
        assert "<del>draft</del>" in page
        assert "asked for" in page

    def test_a_job_asked_for(self):
        run = job_request(kind="close", subject=str(MONTH), actor=login(MANAGER))
        page = client_of(MANAGER).get(reverse("job", args=[run.pk])).content.decode()
        assert "asked for" in page

    def test_older_ones_are_one_step_away(self, rf):
        for number in range(12):
            audit(actor=None, action="x", subject="month 2026-10", changes={"n": number})
        first = client_of(MANAGER).get(reverse("month", args=[MONTH])).content.decode()
        assert first.count("moment-when") == 10
        assert "?history=" in first
        strange = client_of(MANAGER).get(reverse("month", args=[MONTH]), {"history": "٣"})
        assert strange.status_code == 200

    def test_nothing_yet_says_so(self, rf):
        request = rf.get("/")
        request.user = login(MANAGER)
        html = Template("{% load history %}{% history 'month 1999-01' %}").render(
            Context({"request": request})
        )
        assert "Nothing was changed yet" in html
