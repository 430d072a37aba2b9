"""Whom to call, a call on the phone, its script; what others see of it (VIS-4)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.desk import SHOWN
from customers.desk.calls import desk
from customers.models import Call, CallScript, Contact, Customer, QuietMark, Visit
from customers.panels import customer as panels
from customers.reminders.calls import call_backs, calls_open
from customers.services import quiet_mark, script_write
from customers.tests.calling import NUMBER, back, begun, called, ended, firm
from customers.tests.conftest import user
from customers.timeline import timeline_of
from notices.reminders import reminders_of
from policy.models import PolicyParameter
from tests.builders import at, customer, visit
from tests.cast import LEADER, MANAGER, MATE, OTHER_SUPERVISOR, SHE, SUPERVISOR, client_of

LIST, CALLS = reverse("call_list"), reverse("calls")
FIGURES, SCRIPTS = reverse("call_figures"), reverse("call_scripts")


@pytest.fixture
def hers(people) -> Customer:
    return firm("K1", people[SHE])


def press(no: str, by: str = SHE) -> "object":
    return client_of(by).post(reverse("call_new", args=[no]))


def names(page) -> list[str]:
    return [row.record.name for row in page.context["table"].page.object_list]


def told(answer) -> list[str]:
    return [str(each) for each in answer.context["messages"]]


def test_the_list_is_in_the_order_of_calling(people):
    her = people[SHE]
    made = {no: firm(no, her) for no in ("NEVER", "DUE", "LATER", "BACK", "FRESH", "QUIET")}
    customer("MUTE", her)
    visit(her, made["DUE"], "2026-09-01 09:00")
    visit(her, made["FRESH"], "2026-10-30 09:00")
    with clock.set_to(clock.now() - timedelta(days=40)):
        back(begun(her, made["BACK"]), clock.now() + timedelta(days=39))
        back(begun(her, made["LATER"]), clock.now() + timedelta(days=41))
    quiet_mark(customer=made["QUIET"], reason="x", actor=user())
    page = client_of(SHE).get(LIST)
    assert names(page) == ["BACK", "NEVER", "DUE"]
    # Tried today, and it is the others' turn.
    called(her, made["NEVER"])
    assert names(client_of(SHE).get(LIST)) == ["BACK", "DUE", "NEVER"]
    assert names(client_of(SHE).get(LIST + "?why=due")) == ["DUE"]
    assert names(client_of(SHE).get(LIST + "?q=nev")) == ["NEVER"]
    assert names(client_of(MATE).get(LIST)) == []
    assert names(client_of(SUPERVISOR).get(LIST)) == ["BACK", "DUE", "NEVER"]


def test_a_contact_with_a_number_is_enough(people):
    from uuid import uuid4

    mute = customer("K3", people[SHE])
    gone = Contact.objects.create(
        customer=mute, name="x", telephone=NUMBER, gone=True, token=uuid4()
    )
    assert names(client_of(SHE).get(LIST)) == []
    Contact.objects.filter(pk=gone.pk).update(gone=False)
    assert names(client_of(SHE).get(LIST)) == ["K3"]
    page = client_of(SHE).get(press("K3").url)
    assert f"tel:{NUMBER}" in page.content.decode()


def test_whoever_was_called_often_enough_is_left_out_today(people, hers):
    now = clock.now()
    back(begun(people[SHE], hers), now + timedelta(minutes=1))
    called(people[MATE], hers)
    with clock.set_to(now + timedelta(minutes=1)):
        assert names(client_of(SHE).get(LIST)) == ["K1"]
        called(people[SHE], hers)
        page = client_of(SHE).get(LIST)
        assert names(page) == []
        assert "3 times today" in page.content.decode()
    with clock.set_to(at("2026-11-02 23:59")):
        assert names(client_of(SHE).get(LIST)) == []
    with clock.set_to(at("2026-11-03 00:00")):
        assert names(client_of(SHE).get(LIST)) == ["K1"]


def test_how_often_is_enough_is_the_policys(people, hers):
    called(people[SHE], hers)
    PolicyParameter.objects.create(effective_on=clock.today(), parameter="calls_per_day", value="1")
    page = client_of(SHE).get(LIST)
    assert names(page) == []
    assert "1 time today" in page.content.decode()


def test_what_is_typed_of_a_call_is_kept_until_it_is_told(people, hers):
    her, call = client_of(SHE), begun(people[SHE], hers)
    address, sent = reverse("call", args=[call.pk]), f'data-kept-sent="call/{call.pk}/"'
    page = her.get(address).content.decode()
    assert f'data-kept="call-{call.pk}-{user().pk}"' in page
    assert f'name="kept" value="call/{call.pk}/"' in page
    assert "data-draft" not in page
    assert sent not in page
    assert sent not in her.get(LIST).content.decode()
    end = reverse("call_finish", args=[call.pk])
    assert her.post(end, {"outcome": "reached", "kept": f"call/{call.pk}/"}).status_code == 400
    assert sent not in her.get(LIST).content.decode()
    after = her.post(end, {"outcome": "reached", "note": "x"}, follow=True)
    assert sent in after.content.decode()
    assert sent in her.get(address).content.decode()
    assert sent not in client_of(SUPERVISOR).get(address).content.decode()
    # The next call is open, and the one before it is told all the same.
    begun(people[SHE], hers)
    page = her.get(LIST)
    assert sent in page.content.decode()
    assert page.context["running"] != call


def test_an_empty_list_says_why(people):
    for address in (LIST, CALLS, FIGURES):
        page = client_of(SHE).get(address)
        assert str(page.context["empty"].why) in page.content.decode()


def test_the_number_is_shown_once_the_call_is_reserved(people, hers):
    her = client_of(SHE)
    for address in (LIST, LIST + "?format=csv"):
        page = her.get(address)
        assert NUMBER not in page.content.decode()
    answer = press("K1")
    call = Call.objects.get()
    assert answer.url == reverse("call", args=[call.pk])
    assert f"tel:{NUMBER}" in her.get(answer.url).content.decode()
    # Who leads her sees the call, and no number.
    assert NUMBER not in client_of(SUPERVISOR).get(answer.url).content.decode()
    assert press("K1").url == answer.url
    assert Call.objects.count() == 1
    her.post(reverse("call_finish", args=[call.pk]), {"outcome": "not_reached"})
    assert NUMBER not in her.get(answer.url).content.decode()


def test_the_file_of_a_customer_dials_no_number(people, hers):
    page = client_of(SHE).get(reverse("customer", args=["K1"])).content.decode()
    assert NUMBER in page
    assert "tel:" not in page
    assert reverse("call_new", args=["K1"]) in page
    quiet_mark(customer=hers, reason="x", actor=user())
    page = client_of(SHE).get(reverse("customer", args=["K1"])).content.decode()
    assert reverse("call_new", args=["K1"]) not in page


def test_the_fourth_call_is_refused_and_why_is_said(people, hers):
    called(people[SHE], hers, 3)
    answer = client_of(SHE).post(reverse("call_new", args=["K1"]), follow=True)
    assert answer.redirect_chain[0][0] == LIST
    assert "3 times" in told(answer)[0]
    assert NUMBER not in answer.content.decode()


def test_who_is_not_to_be_disturbed_is_not_called(people, hers):
    quiet_mark(customer=hers, reason="x", actor=user())
    answer = client_of(SHE).post(reverse("call_new", args=["K1"]), follow=True)
    assert "disturbed" in told(answer)[0]
    assert not Call.objects.exists()


def test_an_open_call_is_asked_for(people, hers):
    firm("K2", people[SHE])
    call = begun(people[SHE], hers)
    answer = client_of(SHE).post(reverse("call_new", args=["K2"]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("call", args=[call.pk])
    assert "First say" in told(answer)[0]
    page = client_of(SHE).get(LIST)
    assert reverse("call", args=[call.pk]) in page.content.decode()
    assert [panel.key for panel in desk(user())] == ["call-open"]
    with clock.set_to(call.started_at + timedelta(minutes=31)):
        assert [each.key for each in reminders_of(calls_open, clock.now())] == [
            f"call/{call.pk}/open"
        ]
    with clock.set_to(call.started_at + timedelta(minutes=29)):
        assert reminders_of(calls_open, clock.now()) == []


def test_the_keys_of_the_phone(people, hers):
    script_write(purpose="first", steps=[("greet", "hello"), ("need", "")], seen=0, actor=user())
    her, call = client_of(SHE), begun(people[SHE], hers)
    end = reverse("call_finish", args=[call.pk])
    page = her.get(reverse("call", args=[call.pk])).content.decode()
    assert "hello" in page
    assert all(f'value="{key}"' in page for key in Call.Outcome.values)
    refused = her.post(end, {"outcome": "reached", "note": "yes", "step": ["1"]})
    assert refused.status_code == 400
    assert "not ticked" in refused.content.decode()
    # What was typed and ticked is still there.
    assert [step.is_done for step in refused.context["steps"]] == [False, True]
    said = {"note": "rings at noon", "step": ["0", "1"], "back_at": "2026-11-03T12:00"}
    answer = her.post(end, {"outcome": "call_back", **said})
    assert answer.url == LIST
    made = Call.objects.get()
    assert (made.outcome, made.steps_done) == ("call_back", [0, 1])
    assert clock.local(made.back_at).isoformat()[:16] == "2026-11-03T12:00"
    assert Visit.objects.get().outcome == "goes_on"
    # Sent twice it is told once.
    again = her.post(end, {"outcome": "not_interested"}, follow=True)
    assert "already" in told(again)[-1]
    assert Call.objects.get().outcome == "call_back"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"outcome": "nosuch"},
        {"outcome": "reached", "note": "x" * 2001},
        {"outcome": "not_reached", "step": ["9"]},
        {"outcome": "not_reached", "step": ["1e999"]},
        {"outcome": "call_back", "back_at": "soon"},
        {"outcome": "call_back", "back_at": "2126-11-03T12:00"},
        {"outcome": "call_back", "back_at": "2026-11-01T12:00"},
        {"outcome": "reached", "note": "x", "next_step": "x", "next_on": "2020-01-01"},
        {"outcome": "reached", "note": "a\0b"},
    ],
)
def test_what_cannot_be_told_is_refused(people, hers, sent):
    call = begun(people[SHE], hers)
    answer = client_of(SHE).post(reverse("call_finish", args=[call.pk]), sent)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert Call.objects.get().is_open


def test_calls_back_stand_on_the_desk_and_are_reminded_of_at_their_time(people, hers):
    when = clock.now() + timedelta(hours=2)
    call = back(begun(people[SHE], hers), when)
    found = next(panel for panel in desk(user()) if panel.key == "call-backs")
    waiting = found.context["waiting"][0]
    assert (waiting.text, waiting.due) == ("K1", when)
    assert waiting.act.url == reverse("call_new", args=["K1"])
    assert len(found.context["waiting"]) <= SHOWN
    # No call is offered where none may be made.
    Call.objects.bulk_create(
        Call(person=people[MATE], customer=hers, on=clock.today(), started_at=clock.now(),
             ended_at=clock.now(), outcome="not_reached")
        for _n in range(2)
    )  # fmt: skip
    (shut,) = next(panel for panel in desk(user()) if panel.key == "call-backs").context["waiting"]
    assert (shut.act, "called 3 times today" in shut.note) == (None, True)
    Call.objects.exclude(pk=call.pk).delete()
    assert reminders_of(call_backs, when - timedelta(minutes=1)) == []
    (reminder,) = reminders_of(call_backs, when)
    assert (reminder.person, reminder.key) == (people[SHE], f"call/{call.pk}/back")
    # Whose customer it is by then calls back.
    Customer.objects.update(owner=people[MATE])
    (reminder,) = reminders_of(call_backs, when)
    assert reminder.person == people[MATE]
    (theirs,) = desk(user(MATE))
    assert theirs.key == "call-backs"
    # What she said of her call is hers; the customer's file is open to who has it now.
    assert waiting.url == reverse("call", args=[call.pk])
    address = theirs.context["waiting"][0].url
    assert address == reverse("customer", args=["K1"])
    assert client_of(MATE).get(address).status_code == 200
    assert client_of(MATE).get(waiting.url).status_code == 404
    assert [panel.key for panel in desk(user())] == []


def test_calls_are_seen_by_who_leads_them(people, hers):
    call = ended(begun(people[SHE], hers), "not_interested", note="no need")
    address = reverse("call", args=[call.pk])
    for no, count in ((SHE, 1), (SUPERVISOR, 1), (MANAGER, 1), (LEADER, 1), (MATE, 0)):
        page = client_of(no).get(CALLS)
        assert len(page.context["table"].rows) == count, no
        assert client_of(no).get(address).status_code == (200 if count else 404)
    boss = client_of(SUPERVISOR)
    assert len(boss.get(CALLS + "?outcome=not_interested").context["table"].rows) == 1
    assert len(boss.get(CALLS + "?outcome=open").context["table"].rows) == 0
    assert len(boss.get(CALLS + "?first=2026-11-03").context["table"].rows) == 0
    assert len(boss.get(CALLS + f"?q={SHE}&last=2026-11-02").context["table"].rows) == 1
    assert len(client_of(OTHER_SUPERVISOR).get(CALLS).context["table"].rows) == 0


def test_figures_by_day_and_by_month(people, hers):
    second = firm("K2", people[SHE])
    with clock.set_to(clock.now() - timedelta(days=4)):
        called(people[SHE], hers, 2)
    ended(begun(people[SHE], hers), "not_interested")
    begun(people[SHE], second)
    rows = client_of(SUPERVISOR).get(FIGURES).context["table"].page.object_list
    assert [(r.record["calls"], r.record["reached"], r.record["not_reached"]) for r in rows] == [
        (2, 1, 0),
        (2, 0, 2),
    ]
    rows = client_of(SUPERVISOR).get(FIGURES + "?per=month").context["table"].page.object_list
    assert [r.record["calls"] for r in rows] == [2, 2]  # October and November
    assert "2026" in client_of(SHE).get(FIGURES + "?per=month").content.decode()


def test_scripts_are_the_managers(people):
    boss = client_of(MANAGER)
    address = reverse("call_script", args=["first"])
    assert boss.get(reverse("call_script", args=["nosuch"])).status_code == 404
    steps = {"steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0, "seen": 0}
    said = {**steps, "steps-0-title": "greet", "steps-0-text": "hello", "steps-1-title": "ask"}
    assert boss.post(address, said).url == SCRIPTS
    assert CallScript.objects.get().steps == [["greet", "hello"], ["ask", ""]]
    # Somebody who saw none writes over none.
    late = boss.post(address, {**said, "steps-0-title": "other"})
    assert late.status_code == 400
    assert "meanwhile" in late.content.decode()
    empty = boss.post(address, {**steps, "seen": 1})
    assert empty.status_code == 400
    boss.post(address, {**said, "seen": 1, "steps-1-title": ""})
    assert CallScript.objects.count() == 2
    page = client_of(SHE).get(SCRIPTS).content.decode()
    assert "hello" in page
    assert reverse("call_script", args=["first"]) not in page
    assert client_of(SHE).get(address).status_code == 403


def test_the_mark_on_the_page_of_a_customer(people, hers):
    address = reverse("customer_quiet", args=["K1"])
    assert client_of(SHE).post(address, {"reason": " "}).status_code == 400
    assert client_of(SHE).post(address, {"reason": "asked for it"}).status_code == 302
    assert client_of(SHE).get(address).status_code == 403  # it is marked already
    panel = reverse("customer_panel", args=["K1", "calls"])
    lift = reverse("customer_quiet_lift", args=["K1"])
    page = client_of(SHE).get(panel).content.decode()
    assert "asked for it" in page
    assert lift not in page
    for no in (SHE, SUPERVISOR):
        assert client_of(no).post(lift, {"reason": "x"}).status_code == 403
    assert lift in client_of(MANAGER).get(panel).content.decode()
    assert client_of(MANAGER).post(lift, {"reason": "they rang us"}).status_code == 302
    assert "they rang us" in client_of(SHE).get(panel).content.decode()
    hers.refresh_from_db()
    assert not hers.do_not_disturb
    assert client_of(MANAGER).get(lift).status_code == 403


def test_the_form_of_a_file_lifts_no_mark(people, hers):
    quiet_mark(customer=hers, reason="x", actor=user())
    address = reverse("customer_edit", args=["K1"])
    page = client_of(SHE).get(address)
    said = {**page.context["form"].initial, "name": "K1 new", "do_not_disturb": ""}
    assert client_of(SHE).post(address, said).status_code == 302
    hers.refresh_from_db()
    assert (hers.name, hers.do_not_disturb) == ("K1 new", True)
    assert QuietMark.objects.standing().count() == 1


def test_what_happened_tells_of_calls_that_reached_nobody(people, hers):
    ended(begun(people[SHE], hers), "not_reached", note="engaged")
    ended(begun(people[SHE], hers), "not_interested", note="no need")
    happened = timeline_of(user(), hers).happened
    assert sorted(each.text for each in happened if each.text) == ["engaged", "no need"]
    assert "calls" in {panel.key for panel in panels(user(), hers)}


def test_the_visit_form_says_why_it_may_not_be(people, hers):
    called(people[MATE], hers, 3)
    sent = {"token": "7e57ab1e-0000-4000-8000-000000000001", "customer": "K1", "content": "x"}
    answer = client_of(SHE).post(reverse("visit_new"), {**sent, "kind": "telephone"})
    assert answer.status_code == 400
    assert "3 times" in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_visit_of_a_call_leads_back_to_it(people, hers):
    call = ended(begun(people[SHE], hers), "reached", note="they want the offer")
    page = client_of(SHE).get(reverse("visit", args=[call.visit_id])).content.decode()
    assert reverse("call", args=[call.pk]) in page
