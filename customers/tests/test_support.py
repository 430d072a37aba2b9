"""Support asked for, given, told what came of it; of a mediation the colleague learns little."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from core import clock
from core.models import AuditRow
from customers.models import SupportRequest
from customers.permissions.support import can_answer, can_end, can_withdraw
from customers.services import (
    Asked,
    ProjectRefused,
    SeenOtherwise,
    support_ask,
    support_end,
    support_refuse,
    support_take,
    support_withdraw,
)
from notices.models import Notice
from tests import cast
from tests.builders import at, customer
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
SOON, WORDS = date(2026, 11, 5), "他抢了我的客户"


@pytest.fixture(autouse=True)
def people():
    with clock.set_to(at("2026-11-02 09:00")):
        yield cast.people_make()


def user(no):
    return User.objects.select_related("person").get(username=no)


def asked(people, *, kind="talks", colleague=None, token=None, **said):
    known = {"text": "价格谈不下来", "wanted_on": SOON, **said}
    with_whom = people[colleague] if colleague else None
    return support_ask(
        person=people[SHE],
        asked=Asked(kind=kind, colleague=with_whom, **known),
        token=token or uuid4(),
        actor=user(SHE),
    )


def mediation(people, colleague=STRANGER):
    return asked(people, kind="mediation", colleague=colleague, text=WORDS)


def taken(people, request, helper=MANAGER):
    return support_take(
        request=request, helper=people[helper], help_by=SOON, actor=user(SUPERVISOR)
    )


def told(no):
    return list(Notice.objects.filter(person__employee_no=no).values_list("key", flat=True))


def test_from_asking_to_what_came_of_it(people):
    made = asked(people)
    assert (made.request_no, made.state) == ("H2611-0001", "asked")
    assert told(SUPERVISOR) == [f"support/{made.pk}/asked"]
    helped = taken(people, made, LEADER)
    assert told(SHE) == [f"support/{made.pk}/taken"]
    assert told(LEADER) == [f"support/{made.pk}/helper"]
    with pytest.raises(SeenOtherwise):
        taken(people, made)
    with pytest.raises(ProjectRefused):
        support_end(request=helped, outcome=" ")
    done = support_end(request=helped, outcome="谈下来了", actor=user(LEADER))
    assert (done.state, done.ended_at) == ("done", clock.now())
    assert f"support/{made.pk}/done" in told(SHE)
    with pytest.raises(SeenOtherwise):
        support_end(request=helped, outcome="x")
    # Personnel reads the trail: it says how it stands, and none of the words.
    said = AuditRow.objects.filter(subject=f"supportrequest {made}").values_list("changes")
    assert "价格" not in str(list(said))


def test_sent_twice_is_once(people):
    token = uuid4()
    assert asked(people, token=token) == asked(people, token=token)
    assert SupportRequest.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"wanted_on": date(2026, 11, 1)},
        {"kind": "mediation"},
        {"colleague": MATE},
        {"kind": "mediation", "colleague": SHE},
    ],
)
def test_what_is_no_request(people, wrong):
    with pytest.raises(ProjectRefused):
        asked(people, **wrong)
    assert not SupportRequest.objects.exists()


def test_refused_with_its_reason_and_withdrawn(people):
    made = asked(people)
    with pytest.raises(ProjectRefused):
        support_refuse(request=made, reply=" ")
    refused = support_refuse(request=made, reply="没有车", actor=user(SUPERVISOR))
    assert (refused.state, refused.reply) == ("refused", "没有车")
    with pytest.raises(SeenOtherwise):
        support_withdraw(request=made)
    assert support_withdraw(request=asked(people)).state == "withdrawn"


@pytest.mark.parametrize("helper", [SHE, STRANGER])
def test_neither_of_the_two_mediates(people, helper):
    with pytest.raises(ProjectRefused):
        taken(people, mediation(people), helper)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportRequest.objects.update(helper=people[helper])


def test_who_sees_and_answers(people):
    made = asked(people)
    for no in (SHE, MATE, STRANGER, SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER, FINANCE):
        who = user(no)
        seen = SupportRequest.objects.visible_to(who).exists()
        assert seen is (no in {SHE, SUPERVISOR, MANAGER, LEADER})
        answers = no in {SUPERVISOR, MANAGER, LEADER}
        assert bool(can_answer(who, made)) is answers
        assert SupportRequest.objects.to_answer_by(who).exists() is answers
        assert bool(can_withdraw(who, made)) is (no == SHE)
    helped = taken(people, made, KEEPER)
    assert SupportRequest.objects.visible_to(user(KEEPER)).exists()
    for no in (SHE, MANAGER, MATE):
        assert not can_end(user(no), helped)
    assert can_end(user(KEEPER), helped)
    assert can_end(user(SUPERVISOR), helped)


def test_the_colleague_never_decides(people):
    """Not even who leads her, or the manager, when it is about them."""
    made = mediation(people, SUPERVISOR)
    assert told(SUPERVISOR) == []
    assert set(told(MANAGER) + told(LEADER)) == {f"support/{made.pk}/asked"}
    assert not can_answer(user(SUPERVISOR), made)
    assert not SupportRequest.objects.visible_to(user(SUPERVISOR)).exists()
    assert not SupportRequest.objects.to_answer_by(user(SUPERVISOR)).exists()
    about_manager = mediation(people, MANAGER)
    assert not SupportRequest.objects.visible_to(user(MANAGER)).filter(pk=about_manager.pk)
    assert can_answer(user(LEADER), about_manager)


def test_the_colleague_learns_no_more_than_is_fair(people):
    made = mediation(people)
    address, browser = reverse("support_request", args=[made.pk]), client_of(STRANGER)
    assert browser.get(address).status_code == 404
    helped = taken(people, made)
    assert told(STRANGER) == [f"support/{made.pk}/mediated"]
    page = browser.get(address).content.decode()
    assert people[SHE].name in page
    assert people[MANAGER].name in page
    assert WORDS not in page
    assert WORDS not in browser.get(reverse("support")).content.decode()
    for name in ("support_answer", "support_ended", "support_taken_back"):
        assert browser.post(reverse(name, args=[made.pk]), {"version": 1}).status_code == 404
    support_end(request=helped, outcome="各退一步", actor=user(MANAGER))
    assert "各退一步" in browser.get(address).content.decode()


def test_by_the_pages(people):
    customer("K1", owner=people[SHE])
    hers = client_of(SHE)
    form = {
        "token": str(uuid4()),
        "kind": "sample",
        "customer": "K9",
        "colleague": "",
        "wanted_on": "2026-11-05",
        "text": "要一台样机",
    }
    assert hers.post(reverse("support_new"), form).status_code == 400
    hers.post(reverse("support_new"), {**form, "customer": "K1"})
    made = SupportRequest.objects.get()
    address = reverse("support_answer", args=[made.pk])
    boss = client_of(SUPERVISOR)
    wrong = boss.post(address, {"version": 0, "do": "take", "helper": "", "help_by": ""})
    assert wrong.status_code == 400
    assert "Say who helps." in wrong.content.decode()
    unknown = {"version": 0, "do": "take", "helper": "Q9", "help_by": "2026-11-05"}
    assert boss.post(address, unknown).status_code == 400
    boss.post(address, {**unknown, "helper": KEEPER})
    assert "Help promised" in client_of(KEEPER).get("/").content.decode()
    ended = reverse("support_ended", args=[made.pk])
    client_of(KEEPER).post(ended, {"version": 1, "outcome": "已送到"})
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("done", "已送到")
