"""Several decided at once: refused with one reason, each row by itself (ORG-1)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, User
from attendance.models import Excuse, MakeUpPunch, Outing
from attendance.services.asked import asked_approve
from attendance.services.excuses import excuse_ask
from attendance.services.make_ups import make_up_ask
from attendance.services.outings import Going, outing_ask
from core import clock
from notices.models import Notice
from tests.builders import at, day
from tests.cast import MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


@pytest.fixture
def now(people):
    with clock.set_to(at(f"{TUESDAY} 10:00")):
        yield people


def explained(person: Person, *, side: str = "in") -> Excuse:
    return excuse_ask(person=person, day=day(MONDAY), side=side, reason="metro", token=uuid4())


def refuse(kind: str, *rows, said: str | None = "the metro ran", who: str = SUPERVISOR, **more):
    data = {"do": "refuse", "row": [row.pk for row in rows], **more}
    if said is not None:
        data["said_refuse"] = said
    return client_of(who).post(reverse("asked_to_decide", args=[kind]), data, follow=True).text


def test_one_reason_goes_to_each(now):
    rows = [explained(now[SHE]), explained(now[MATE]), explained(now[SHE], side="out")]
    assert "3 done" in refuse("explanations", *rows)
    found = Excuse.objects.values_list("status", "reply", "decided_by__username").distinct()
    assert list(found) == [("rejected", "the metro ran", SUPERVISOR)]
    told = Notice.objects.filter(person__in=[now[SHE], now[MATE]])
    assert [each.values["reason"] for each in told] == ["the metro ran"] * 3


def test_make_up_punches_and_outings_are_refused_so_too(now):
    made = make_up_ask(person=now[SHE], at=at(f"{MONDAY} 08:55"), reason="x", token=uuid4())
    going = Going(at(f"{TUESDAY} 13:00"), at(f"{TUESDAY} 15:00"), whom="王医生")
    out = outing_ask(person=now[SHE], going=going, token=uuid4())
    assert "1 done" in refuse("make-up-punches", made)
    assert "1 done" in refuse("outings", out)
    assert MakeUpPunch.objects.get().status == Outing.objects.get().status == "rejected"


@pytest.mark.parametrize("said", [None, "", "  ", "x" * 1001, "a\0b"])
def test_without_a_reason_none_is_refused(now, said):
    assert "Reason:" in refuse("explanations", explained(now[SHE]), said=said)
    assert Excuse.objects.get().status == "pending"


def test_what_is_not_theirs_or_decided_stays(now):
    theirs, done, others = (explained(now[no]) for no in (SHE, MATE, STRANGER))
    asked_approve(row=done, actor=User.objects.get(username=SUPERVISOR))
    page = refuse("explanations", theirs, done, others)
    assert "1 done" in page
    assert "2 refused: it is no longer there" in page
    assert sorted(Excuse.objects.values_list("pk", "status")) == sorted(
        [(theirs.pk, "rejected"), (done.pk, "accepted"), (others.pk, "pending")]
    )


def test_sent_again_it_is_done_once(now):
    row = explained(now[SHE])
    refuse("explanations", row)
    refuse("explanations", row, said="another reason")
    assert Excuse.objects.get().reply == "the metro ran"
    assert Notice.objects.filter(person=now[SHE]).count() == 1


def test_approving_needs_no_reason_and_takes_none(now):
    page = client_of(MANAGER).post(
        reverse("asked_to_decide", args=["explanations"]),
        {"do": "approve", "row": [explained(now[SHE]).pk], "said_refuse": "left behind"},
        follow=True,
    )
    assert "1 done" in page.text
    assert Excuse.objects.values_list("status", "reply").get() == ("accepted", "")


def test_the_page_asks_for_the_reason(now):
    explained(now[SHE])
    page = client_of(SUPERVISOR).get(reverse("asked_to_decide", args=["explanations"])).text
    assert 'name="said_refuse"' in page
