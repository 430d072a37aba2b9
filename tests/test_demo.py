"""The made-up company: on whatever day it is made, each role finds a desk with live things."""

import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import PositionPlan, StandIn, User
from conduct.models import Suspicion, SuspicionDecision
from core import clock
from core.files.models import StoredFile
from core.models import JobRun, SavedView
from core.months import Month
from customers.models import Call
from notices.models import Notice
from payroll import groups
from payroll.models import Appeal, Finding, PayMonth, PayoutLine, StatementReview
from payroll.simulation.models import PolicySimulation
from receivables.models import Invoice, Iou, PlanStep
from reports.models import Information, InformationNote
from tests.browser.databases import is_postgres
from tests.builders import at
from tests.cast import LEADER, client_of
from tests.leaders_page import leaders_page_check

# What waits on each desk on every day of the year.
WAITS = {
    "Y001": {
        "case-reply",
        "board",
        "own-counter",
        "own-draft",
        "unpaid",
        "own-transfers",
        "disputes",
        "appraisals",
    },
    "Z001": {"board", "stand-ins", "unpaid", "suggestions"},
    "M001": {
        "board",
        "appeals",
        "months",
        "unpaid",
        "overdue",
        "policy-drafts",
        "transfers",
        "disputes",
        "information",
        "suspicions",
        "suggestions",
        "activities",
        "case-decide",
        "reward-proposals",
    },
    "C001": {
        "board",
        "differences",
        "sheets",
        "slips-morning",
        "months",
        "payouts",
        "bank-accounts",
        "unpaid",
        "originals",
    },
    "C002": {"board", "stand-ins", "unpaid"},
    "K001": {"board", "stand-ins", "loans"},
    "H001": {"board", "leavers", "qualifications", "bank-accounts"},
    "L001": {"board", "unpaid", "policy-drafts", "appraisals", "activities"},
}
DAYS = [
    ("2026-11-26 10:00", 1000),
    ("2026-12-31 23:40", 1000),
    ("2027-01-01 00:10", 10),  # closes in parts: its people fall into several groups
    ("2026-10-28 16:30", 1000),  # after the cutoff; the national days stand in the month
]


class Cards(HTMLParser):
    """The keys of a desk's cards, and of those where something waits."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: set[str] = set()
        self.waiting: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section" and "desk-card" in given.get("class", ""):
            key = given["id"].removeprefix("desk-")
            self.all.add(key)
            if "desk-waits" in given["class"]:
                self.waiting.add(key)


def desk_of(who: str) -> Cards:
    answer = client_of(who).get(reverse("home"))
    assert answer.status_code == 200
    return Cards(answer.content.decode())


def made() -> str:
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO())
    return out.getvalue()


# Which day it is Python reckons, alike for either database: one will do on PostgreSQL.
@pytest.mark.parametrize(("now", "group_size"), DAYS[-2:-1] if is_postgres() else DAYS)
@pytest.mark.django_db
def test_every_desk_has_live_things(now, group_size, monkeypatch):
    monkeypatch.setattr(groups, "SIZE", group_size)
    with clock.set_to(at(now)):
        logins = re.findall(r"^  (\w+)", made(), flags=re.M)
        assert set(logins) == set(WAITS)
        for who, expected in WAITS.items():
            cards = desk_of(who)
            assert expected <= cards.waiting, (who, expected - cards.waiting)
            assert len(cards.all) >= 3, who
            assert Notice.objects.filter(person__employee_no=who, read_at=None).exists(), who
        _stories_are_there()
        above_nothing = leaders_page_check(LEADER, Month.of(clock.today()))
        assert {"money", "target", "signed", "overdue", "visits", "complaints"} <= above_nothing
        assert {"charges-ATT-2", "lines-RES-1"} <= above_nothing


def _stories_are_there() -> None:
    """Besides the desks: what there is to follow through the pages."""
    last = Month.of(clock.today()).previous()
    states = set(Appeal.objects.values_list("state", flat=True))
    assert states == {"open", "returned", "granted", "refused"}
    waiting = Appeal.objects.get(state="open")
    photo = StoredFile.objects.get(kind="appeal", owner=str(waiting.pk))
    assert photo.has_thumbnail
    months = dict(PayMonth.objects.values_list("month", "state"))
    assert months[last.previous()] == "final"
    assert months[last] == "closed"
    assert StatementReview.objects.filter(month=last, state="acknowledged").count() == 3
    assert PayoutLine.objects.filter(state="returned").count() == 1
    assert PolicySimulation.objects.get().differing > 0
    assert {"reached", "call_back"} <= set(Call.objects.values_list("outcome", flat=True))
    assert PositionPlan.objects.filter(state="planned").count() == 2
    assert any(each.is_active for each in StandIn.objects.all())
    assert SavedView.objects.filter(owner__username="M001").count() >= 3
    assert Finding.objects.filter(rule="ATT-5").exists()
    assert set(PlanStep.objects.values_list("state", flat=True)) == {"open", "kept", "broken"}
    assert Iou.objects.filter(original_at=None).exists()
    assert Iou.objects.exclude(original_at=None).exists()
    assert Invoice.objects.exclude(cancelled_at=None).count() == 1
    assert set(Information.objects.values_list("important", flat=True)) == {True, False}
    assert InformationNote.objects.exclude(text="").count() == 1
    suspected = set(Suspicion.objects.values_list("kind", flat=True))
    assert {"registrations", "signed"} <= suspected
    assert SuspicionDecision.objects.count() == 1
    undone = JobRun.objects.exclude(state=JobRun.State.DONE)
    assert [(str(run), run.state, run.error) for run in undone] == []
    out = StringIO()
    call_command("verify", stdout=out, stderr=StringIO())


@pytest.mark.django_db
def test_the_demo_leaves_a_company_alone_that_is_there():
    with clock.set_to(at("2026-11-26 10:00")):
        made()
        before = PayMonth.objects.count(), Appeal.objects.count(), User.objects.count()
        out = StringIO()
        call_command("demo", "--if-empty", stdout=out, stderr=StringIO())
        assert "Y001" in out.getvalue()
        assert before == (PayMonth.objects.count(), Appeal.objects.count(), User.objects.count())
        with pytest.raises(Exception, match="no demo over real facts"):
            call_command("demo", stdout=out, stderr=StringIO())
