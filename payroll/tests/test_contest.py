"""Contesting a charge, from the late fine to the reversed one, through the real close."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Person, User
from attendance.models import Punch
from conduct.models import ConductCase
from core import clock
from core.files.querysets import files_of
from core.models import AuditRow, JobRun
from core.services import audit, audit_subject
from notices.models import Notice
from payroll.models import Appeal, AppealMessage, Entry, PayMonth, StatementReview, Waiver
from payroll.reviewing import changed_since_acknowledged, month_review, seen_of
from payroll.rules import Account
from payroll.services import (
    CannotAcknowledge,
    CannotFinal,
    appeal_decide,
    appeal_file,
    appeal_say,
    appeal_withdraw,
    month_close,
    month_final,
    statement_acknowledge,
)
from payroll.services.appeals import AppealRefused, ChangedMeanwhile
from payroll.tasks import close_run
from policy.models import PolicyParameter
from policy.querysets import workdays
from tests.builders import at
from tests.cast import (
    CASHIER,
    CLOSED_AT,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.usefixtures("fined")
FINE = f"ATT-2/{SHE}/2026-10-12/in"


@pytest.fixture
def fined(people: None) -> Iterator[None]:
    """She was 10 minutes late once, the stranger twice; her mate worked the whole month on time."""
    days = workdays().of(MONTH)
    for person in Person.objects.salespeople():
        late = {SHE: [date(2026, 10, 12)], STRANGER: [date(2026, 10, 13), date(2026, 10, 14)]}
        for day in days:
            start = "09:10" if day in late.get(person.employee_no, []) else "08:50"
            for hour in (start, "18:10"):
                Punch.objects.create(person=person, at=at(f"{day} {hour}"))
    month_close(month=MONTH, as_of=CLOSED_AT)
    return None


def user(employee_no: str) -> User:
    return User.objects.select_related("person").get(username=employee_no)


def fine() -> Entry:
    return Entry.objects.standing().get(key=FINE)


def fine_of_the_stranger() -> Entry:
    return Entry.objects.standing().filter(rule="ATT-2", person__employee_no=STRANGER).first()


def objects(entry: Entry | None = None, *, who: str = SHE, text: str = "The lift.") -> Appeal:
    return appeal_file(entry=entry or fine(), text=text, token=uuid4(), actor=user(who))


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("lift.jpg", made.getvalue(), content_type="image/jpeg")


def close_asked_for() -> JobRun:
    return JobRun.objects.get(kind="close")


def shares() -> dict[str, Decimal]:
    rows = Entry.objects.standing().filter(rule="ATT-3", target=Account.PAY)
    return {e.employee_no: e.amount for e in rows.select_related("person")}


def total_of(employee_no: str) -> Decimal:
    lines = Entry.objects.lines().filter(pay_month=MONTH, person__employee_no=employee_no)
    return sum((e.on_pay for e in lines), Decimal(0))


# --- From the fine to its reversal ------------------------------------------------------------


def test_a_fine_is_contested_with_a_photo_granted_and_reversed():
    before, mates = total_of(SHE), shares()
    assert fine().amount == Decimal("5.00")
    assert mates == {MATE: Decimal("15.00")}
    acknowledge(MATE)

    hers = client_of(SHE)
    address = reverse("appeal_new", args=[fine().pk])
    assert "What is wrong with this line?" in hers.get(address).content.decode()
    sent = {"text": "The lift was stuck.", "token": str(uuid4()), "files": photo()}
    answer = hers.post(address, sent)
    filed = Appeal.objects.get()
    assert answer.headers["Location"] == reverse("appeal", args=[filed.pk])
    assert (filed.state, filed.goes_to) == ("open", "manager")
    assert len(files_of("appeal", [filed.pk])[str(filed.pk)]) == 1

    managers = client_of(MANAGER)
    shown = managers.get(reverse("appeal", args=[filed.pk])).content.decode()
    for expected in ("The lift was stuck.", "S4.3", "09:10", "lift", "Grant"):
        assert expected in shown
    decision = {"do": "grant", "reply": "It was.", "version": filed.version}
    managers.post(reverse("appeal_decision", args=[filed.pk]), decision)
    filed.refresh_from_db()
    assert (filed.state, filed.reply, filed.decided_by) == ("granted", "It was.", user(MANAGER))
    assert Waiver.objects.get().key == FINE

    run = close_asked_for()
    assert (run.subject, run.requested_by) == (str(MONTH), user(MANAGER))
    close_run(run.pk)
    assert not Entry.objects.standing().filter(key=FINE).exists()
    assert total_of(SHE) == before + Decimal("5.00")
    # The pool lost her fine, and the mate that much of the share, who had acknowledged another.
    assert shares() == {MATE: Decimal("10.00")}
    mate = Person.objects.get(employee_no=MATE)
    (lapsed,) = changed_since_acknowledged(MONTH)[mate.pk]
    assert (lapsed.rule, lapsed.amount) == ("ATT-3", Decimal("-5.00"))
    said = client_of(MATE).get(reverse("statement", args=[MONTH, MATE])).content.decode()
    assert "has changed since" in said
    assert "Acknowledge" in said
    assert "Forgiven" in hers.get(reverse("appeal", args=[filed.pk])).content.decode()
    assert Notice.objects.filter(person__employee_no=SHE, key__endswith="/decided").exists()


def test_what_is_refused_stays():
    appeal = objects()
    decided = appeal_decide(appeal=appeal, grant=False, reply="It was not.", actor=user(MANAGER))
    assert decided.state == "refused"
    assert not Waiver.objects.exists()
    assert not JobRun.objects.exists()
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert fine().amount == Decimal("5.00")
    assert "It was not." in client_of(SHE).get(page_of(appeal)).content.decode()


def test_a_credit_that_is_too_low_is_not_forgiven_away():
    base = Entry.objects.standing().get(rule="BASE", person__employee_no=SHE)
    appeal = objects(base, text="It should be 4,000.")
    appeal_decide(appeal=appeal, grant=True, reply="The file is wrong.", actor=user(MANAGER))
    assert not Waiver.objects.exists()
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert Entry.objects.standing().get(rule="BASE", person__employee_no=SHE).pk == base.pk


def test_granted_in_a_month_that_is_final_the_next_gives_it_back():
    appeal = objects()
    appeal_withdraw(appeal=appeal, actor=user(SHE))
    month_final(month=MONTH, early_reason="a test")
    address = reverse("waiver", args=[fine().pk])
    shown = client_of(MANAGER).get(address).content.decode()
    assert "the difference stands on November 2026" in shown
    client_of(MANAGER).post(address, {"do": "grant", "reason": "The lift."})
    close_run(close_asked_for().pk)
    back = Entry.objects.get(key=FINE, reverses__isnull=False)
    assert (str(back.pay_month), back.for_month) == ("2026-11", MONTH)


def page_of(appeal: Appeal) -> str:
    return reverse("appeal", args=[appeal.pk])


# --- Filing -----------------------------------------------------------------------------------


def test_the_same_form_sent_twice_files_one():
    client, sent = client_of(SHE), {"text": "The lift.", "token": str(uuid4())}
    address = reverse("appeal_new", args=[fine().pk])
    places = {client.post(address, sent).headers["Location"] for _twice in range(2)}
    assert len(places) == 1
    assert Appeal.objects.count() == 1


def test_a_token_is_taken_once_even_without_the_page():
    entry, token = fine(), uuid4()
    filed = [
        appeal_file(entry=entry, text="The lift.", token=token, actor=user(SHE)) for _ in range(2)
    ]
    assert filed[0] == filed[1]
    assert AuditRow.objects.filter(action="appeal").count() == 1


def test_one_open_appeal_a_charge():
    objects()
    with pytest.raises(AppealRefused, match="already"):
        objects(text="Once more.")


def test_after_it_is_withdrawn_there_can_be_another():
    appeal_withdraw(appeal=objects(), actor=user(SHE))
    assert objects().state == "open"


@pytest.mark.parametrize(
    ("when", "taken"),
    [
        ("2026-11-09 23:59:59", True),
        ("2026-11-10 00:00:00", False),
    ],
)
def test_within_the_window_of_the_draft(when, taken):
    """The draft stands since Monday the 2nd; the fifth workday after is Monday the 9th."""
    with clock.set_to(at(when)):
        answer = client_of(SHE).post(
            reverse("appeal_new", args=[fine().pk]), {"text": "x", "token": str(uuid4())}
        )
    assert (answer.status_code, Appeal.objects.count()) == ((302, 1) if taken else (403, 0))
    if not taken:
        assert "ended at the end of Nov. 9, 2026" in answer.content.decode()


def test_another_close_does_not_begin_the_window_anew():
    began = PayMonth.objects.get(month=MONTH).draft_at
    with clock.set_to(at("2026-11-06 09:00")):
        month_close(month=MONTH, as_of=clock.now())
    assert PayMonth.objects.get(month=MONTH).draft_at == began == CLOSED_AT


def test_the_company_says_how_long_the_window_is():
    """For drafts to come: one that stands keeps the day people were told."""
    PolicyParameter.objects.create(
        effective_on=date(2026, 11, 1), parameter="objection_workdays", value="1"
    )
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert PayMonth.objects.get(month=MONTH).objections_until == date(2026, 11, 9)
    PayMonth.objects.filter(month=MONTH).update(draft_at=None, objections_until=None)
    month_close(month=MONTH, as_of=CLOSED_AT)
    with clock.set_to(at("2026-11-04 00:00")), pytest.raises(AppealRefused, match=r"Nov\. 3, 2026"):
        objects()


def test_while_the_month_runs_it_can_be_objected_to_at_once():
    PayMonth.objects.filter(month=MONTH).update(draft_at=None, objections_until=None)
    assert objects().state == "open"


def test_not_in_a_final_month():
    month_final(month=MONTH, early_reason="a test")
    with pytest.raises(AppealRefused, match="final"):
        objects()


def test_only_what_stands_on_ones_own_statement():
    theirs = fine_of_the_stranger()
    address = reverse("appeal_new", args=[theirs.pk])
    words = {"text": "x", "token": str(uuid4())}
    assert client_of(SHE).post(address, words).status_code == 404
    assert client_of(OTHER_SUPERVISOR).post(address, words).status_code == 403
    assert client_of(MANAGER).get(address).status_code == 403
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "", "token": str(uuid4())},
        {"text": "  ", "token": str(uuid4())},
        {"text": "a\x00b", "token": str(uuid4())},
        {"text": "x" * 2001, "token": str(uuid4())},
        {"text": "x", "token": "none"},
        {"text": "x"},
        {"text": "x", "token": str(uuid4()), "files": SimpleUploadedFile("a.exe", b"MZ\x00")},
    ],
    ids=["empty", "blank", "NUL", "long", "no token", "token missing", "a program"],
)
def test_what_is_no_objection_files_nothing(sent):
    answer = client_of(SHE).post(reverse("appeal_new", args=[fine().pk]), sent)
    assert answer.status_code == 400
    assert not Appeal.objects.exists()


# --- Who decides ------------------------------------------------------------------------------


def test_who_charged_does_not_decide():
    """The manager wrote the case down: its forfeit goes to the leader."""
    her = Person.objects.get(employee_no=SHE)
    case = ConductCase.objects.create(
        person=her,
        case_no="K1",
        offence="poaching",
        sanction="forfeit",
        decided_on=date(2026, 10, 20),
    )
    audit(actor=user(MANAGER), action="decide", subject=audit_subject(case), changes={})
    month_close(month=MONTH, as_of=CLOSED_AT)
    forfeit = Entry.objects.standing().get(rule="DIS-2", person=her)
    appeal = objects(forfeit, text="I did not.")
    assert appeal.goes_to == "leader"
    decision = {"do": "grant", "reply": "x", "version": 0}
    refused = client_of(MANAGER).post(reverse("appeal_decision", args=[appeal.pk]), decision)
    assert refused.status_code == 403
    assert "not the one who charged" in refused.content.decode()
    client_of(LEADER).post(reverse("appeal_decision", args=[appeal.pk]), decision)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == ("granted", user(LEADER))


def test_whoever_pressed_the_button_of_a_close_has_charged_nobody():
    Punch.objects.filter(person__employee_no=SHE, at=at("2026-10-15 08:50")).delete()
    Punch.objects.create(person=Person.objects.get(employee_no=SHE), at=at("2026-10-15 09:20"))
    month_close(month=MONTH, as_of=CLOSED_AT, actor=user(MANAGER))
    new = Entry.objects.standing().get(key=f"ATT-2/{SHE}/2026-10-15/in")
    assert new.posted_by == user(MANAGER)
    assert objects(new).goes_to == "manager"


@pytest.mark.parametrize(
    ("roles", "decider"),
    [("salesperson+manager", LEADER), ("salesperson+leader", PERSONNEL)],
)
def test_ones_own_goes_up(roles, decider):
    Person.objects.filter(employee_no=SHE).update(roles=roles)
    appeal = objects()
    own = client_of(SHE).post(
        reverse("appeal_decision", args=[appeal.pk]), {"do": "grant", "reply": "x", "version": 0}
    )
    assert own.status_code == 403
    assert "own case" in own.content.decode()
    shown = client_of(decider).get(page_of(appeal))
    assert "Grant" in shown.content.decode()


@pytest.mark.parametrize(
    ("who", "status", "listed"),
    [
        (STRANGER, 200, True),
        (OTHER_SUPERVISOR, 200, True),
        (MANAGER, 200, True),
        (LEADER, 200, True),
        (SHE, 404, False),
        (MATE, 404, False),
        (SUPERVISOR, 404, False),
        (PERSONNEL, 404, False),
        (FINANCE, 404, None),
        (CASHIER, 404, None),
        (KEEPER, 404, None),
    ],
)
def test_who_reads_an_appeal_of_the_other_team(who, status, listed):
    appeal = objects(fine_of_the_stranger(), who=STRANGER)
    client = client_of(who)
    assert client.get(page_of(appeal)).status_code == status
    answer = client.get(reverse("appeals"))
    if listed is None:
        assert answer.status_code == 403
    else:
        assert (page_of(appeal) in answer.content.decode()) == listed


def test_the_photo_is_opened_by_whoever_reads_the_appeal():
    client_of(STRANGER).post(
        reverse("appeal_new", args=[fine_of_the_stranger().pk]),
        {"text": "x", "token": str(uuid4()), "files": photo()},
    )
    ((kept,),) = files_of("appeal", [Appeal.objects.get().pk]).values()
    address = reverse("file", args=[kept.pk])
    for who, status in ((STRANGER, 200), (MANAGER, 200), (SHE, 404), (FINANCE, 404), (KEEPER, 404)):
        assert client_of(who).get(address).status_code == status, who


# --- The talk ---------------------------------------------------------------------------------


def test_more_is_asked_and_answered():
    appeal = objects()
    say = reverse("appeal_answer", args=[appeal.pk])
    client_of(MANAGER).post(say, {"text": "Which lift?", "token": str(uuid4()), "asks": "yes"})
    appeal.refresh_from_db()
    assert (appeal.state, appeal.version) == ("returned", 1)
    answer = {"text": "The left one.", "token": str(uuid4())}
    for _twice in range(2):
        client_of(SHE).post(say, answer)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.version) == ("open", 2)
    assert list(AppealMessage.objects.values_list("text", flat=True)) == [
        "Which lift?",
        "The left one.",
    ]
    shown = client_of(MANAGER).get(page_of(appeal)).content.decode()
    assert shown.index("Which lift?") < shown.index("The left one.")


def test_who_decides_on_what_was_added_to_meanwhile_is_told():
    seen = objects()
    appeal_say(appeal=seen, text="Here is more.", token=uuid4(), actor=user(SHE))
    with pytest.raises(ChangedMeanwhile, match="added meanwhile"):
        appeal_decide(appeal=seen, grant=False, reply="no", actor=user(MANAGER))


def test_who_decides_second_is_told_who_was_first():
    seen = objects()
    appeal_decide(appeal=seen, grant=False, reply="It was not stuck.", actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile, match="陶洋"):
        appeal_decide(appeal=seen, grant=True, reply="yes", actor=user(MANAGER))
    assert not Waiver.objects.exists()
    answer = client_of(MANAGER).post(
        reverse("appeal_decision", args=[seen.pk]),
        {"do": "grant", "reply": "yes", "version": 0},
        follow=True,
    )
    assert "decided already, by 陶洋" in answer.content.decode()


def test_a_decision_needs_its_reason():
    appeal = objects()
    answer = client_of(MANAGER).post(
        reverse("appeal_decision", args=[appeal.pk]), {"do": "grant", "reply": " ", "version": 0}
    )
    assert answer.status_code == 400
    appeal.refresh_from_db()
    assert appeal.state == "open"


# --- Acknowledging ----------------------------------------------------------------------------


def acknowledge(who: str) -> StatementReview:
    person = Person.objects.get(employee_no=who)
    return statement_acknowledge(
        month=MONTH, person=person, digest=seen_of(MONTH, person.pk).digest, actor=user(who)
    )


def statement_page(who: str = SHE) -> str:
    return reverse("statement", args=[MONTH, who])


def test_reading_is_kept_once_and_of_oneself_alone():
    client_of(MANAGER).get(statement_page())
    assert not StatementReview.objects.exists()
    for _twice in range(2):
        shown = client_of(SHE).get(statement_page()).content.decode()
    assert "Until the end of" in shown
    assert StatementReview.objects.get().state == "read"


def test_what_the_page_shows_is_what_is_acknowledged():
    client = client_of(SHE)
    shown = client.get(statement_page()).content.decode()
    digest = shown.partition('name="digest" value="')[2].partition('"')[0]
    assert digest == seen_of(MONTH, Person.objects.get(employee_no=SHE).pk).digest
    address = reverse("statement_acknowledge", args=[MONTH, SHE])
    assert "Thank you" in client.post(address, {"digest": digest}, follow=True).content.decode()
    assert "You acknowledged this statement" in client.get(statement_page()).content.decode()
    first = StatementReview.objects.get()
    client.post(address, {"digest": digest})
    assert StatementReview.objects.get().acknowledged_at == first.acknowledged_at
    assert AuditRow.objects.filter(action="acknowledge").count() == 1


def test_another_statement_than_the_one_shown_is_not_acknowledged():
    her = Person.objects.get(employee_no=SHE)
    with pytest.raises(CannotAcknowledge, match="changed meanwhile"):
        statement_acknowledge(month=MONTH, person=her, digest="0" * 64)


def test_an_explanation_put_better_leaves_it_standing():
    acknowledge(SHE)
    Entry.objects.filter(key=FINE)  # the entry goes and comes back, with the same sum
    Waiver.objects.create(key=FINE, reason="x")
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert changed_since_acknowledged(MONTH)
    Waiver.objects.all().delete()
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert changed_since_acknowledged(MONTH) == {}


def test_it_lapses_and_is_acknowledged_again():
    first = acknowledge(SHE)
    Waiver.objects.create(key=FINE, reason="x")
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert month_review(PayMonth.objects.get(month=MONTH)).lapsed == 1
    again = acknowledge(SHE)
    assert again.digest != first.digest
    assert changed_since_acknowledged(MONTH) == {}


def test_not_with_an_objection_open_nor_after_the_window_nor_anothers():
    appeal = objects()
    with pytest.raises(CannotAcknowledge, match="objected"):
        acknowledge(SHE)
    appeal_withdraw(appeal=appeal, actor=user(SHE))
    with clock.set_to(at("2026-11-10 00:00")), pytest.raises(CannotAcknowledge, match="ended"):
        acknowledge(SHE)
    address = reverse("statement_acknowledge", args=[MONTH, STRANGER])
    assert client_of(SHE).post(address).status_code == 404
    assert client_of(MANAGER).post(address).status_code == 403


# --- Final ------------------------------------------------------------------------------------


def test_final_hears_everybody_first():
    with pytest.raises(CannotFinal, match="3 people have not acknowledged"):
        month_final(month=MONTH)
    for who in (SHE, MATE, STRANGER):
        acknowledge(who)
    assert month_final(month=MONTH).is_final


def test_final_after_the_window_needs_no_reason():
    with clock.set_to(at("2026-11-10 00:00")):
        assert month_final(month=MONTH).is_final


def test_a_reason_is_kept():
    month_final(month=MONTH, early_reason="The bank is closed next week.")
    kept = AuditRow.objects.get(action="final").changes
    assert kept["early_reason"] == [None, "The bank is closed next week."]


def test_never_while_an_appeal_is_open():
    appeal = objects()
    with clock.set_to(at("2026-12-01 00:00")), pytest.raises(CannotFinal, match="1 appeal is open"):
        month_final(month=MONTH, early_reason="whatever")
    appeal_withdraw(appeal=appeal, actor=user(SHE))
    assert month_final(month=MONTH, early_reason="whatever").is_final


def ask(who: str, **sent: Any) -> str:
    answer = client_of(who).post(reverse("month_final", args=[MONTH]), sent, follow=True)
    return answer.content.decode()


def test_one_asks_the_other_confirms():
    assert "before that it needs a reason" in ask(FINANCE)
    assert "the other one confirms" in ask(FINANCE, early_reason="The bank.")
    asked = final_request()
    shown = client_of(MANAGER).get(reverse("month_final", args=[MONTH])).content.decode()
    assert "韩秀平 asked" in shown
    assert "The bank." in shown
    own = client_of(FINANCE).post(reverse("month_final", args=[MONTH]), {"asked": asked.pk})
    assert own.status_code == 403
    assert not PayMonth.objects.get(month=MONTH).is_final
    assert "is final" in ask(MANAGER, asked=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_by) == ("confirmed", user(MANAGER))
    assert AuditRow.objects.get(action="final").changes["early_reason"] == [None, "The bank."]


def test_whoever_did_not_see_the_request_does_not_confirm_it():
    ask(FINANCE, early_reason="The bank.")
    assert "has asked for it already" in ask(MANAGER, early_reason="mine")
    assert not PayMonth.objects.get(month=MONTH).is_final


def test_what_changed_since_it_was_asked_is_asked_anew():
    ask(FINANCE, early_reason="The bank.")
    Waiver.objects.create(key=FINE, reason="x")
    month_close(month=MONTH, as_of=CLOSED_AT)
    assert "have changed since it was asked for" in ask(MANAGER, asked=final_request().pk)
    assert not PayMonth.objects.get(month=MONTH).is_final
    assert final_request().state == "withdrawn"


def test_it_can_be_let_be():
    ask(FINANCE, early_reason="The bank.")
    assert "not asked for any more" in ask(MANAGER, asked=final_request().pk, do="drop")
    assert "changed meanwhile" in ask(MANAGER, asked=final_request().pk)
    assert not PayMonth.objects.get(month=MONTH).is_final


def final_request() -> Any:
    from payroll.models import FinalRequest

    return FinalRequest.objects.get()


def test_how_far_the_people_are():
    acknowledge(MATE)
    objects()
    shown = client_of(FINANCE).get(reverse("month_objections", args=[MONTH])).content.decode()
    assert "1 of 3" in shown
    assert "Nov. 9, 2026" in shown


# --- The program by itself --------------------------------------------------------------------


def switched_on() -> None:
    PolicyParameter.objects.create(
        effective_on=date(2026, 11, 1), parameter="auto_final_on", value="yes"
    )


def due_finals() -> list[str]:
    from payroll.schedule import finals

    return [each.subject for each in finals(clock.now()) if each.at <= clock.now()]


def test_the_program_makes_it_final_where_switched_on():
    with clock.set_to(at("2026-11-10 00:41")):
        assert due_finals() == []
    switched_on()
    with clock.set_to(at("2026-11-09 23:59")):
        assert due_finals() == []
    with clock.set_to(at("2026-11-10 00:41")):
        appeal = objects_late()
        assert due_finals() == []
        appeal_withdraw(appeal=appeal, actor=user(SHE))
        assert due_finals() == [str(MONTH)]
        run = JobRun.objects.create(kind="final", subject=str(MONTH))
        from payroll.tasks import final_run

        final_run(run.pk)
        run.refresh_from_db()
        assert (run.state, run.error) == ("done", "")
        assert PayMonth.objects.get(month=MONTH).is_final
        assert due_finals() == []


def objects_late() -> Appeal:
    with clock.set_to(at("2026-11-09 20:00")):
        return objects()


# --- Waivers ----------------------------------------------------------------------------------


def test_forgiving_says_what_it_changes_and_is_taken_back():
    client, address = client_of(MANAGER), reverse("waiver", args=[fine().pk])
    shown = client.get(address).content.decode()
    for expected in ("5.00 yuan goes", "everybody&#x27;s share", "closed again right away"):
        assert expected in shown
    assert client.post(address, {"do": "grant", "reason": ""}).status_code == 400
    said = client.post(address, {"do": "grant", "reason": "The lift."}, follow=True)
    assert "closed again" in said.content.decode()
    kept = Waiver.objects.get()
    assert (kept.granted_by, kept.reason) == (user(MANAGER), "The lift.")
    assert (
        "meanwhile"
        in client.post(address, {"do": "grant", "reason": "Twice."}, follow=True).content.decode()
    )
    client.post(address, {"do": "withdraw", "reason": "It was not."})
    kept.refresh_from_db()
    assert (kept.withdrawn_by, kept.withdrawal_reason) == (user(MANAGER), "It was not.")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (MANAGER, 200),
        (LEADER, 403),
        (FINANCE, 403),
        (CASHIER, 403),
        (OTHER_SUPERVISOR, 403),
        (STRANGER, 403),
        (SHE, 404),
        (SUPERVISOR, 404),
        (PERSONNEL, 404),
        (KEEPER, 404),
    ],
)
def test_who_forgives(who, status):
    address = reverse("waiver", args=[fine_of_the_stranger().pk])
    assert client_of(who).get(address).status_code == status
    sent = client_of(who).post(address, {"do": "grant", "reason": "x"})
    assert sent.status_code == (302 if status == 200 else status)
    assert Waiver.objects.exists() == (status == 200)


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [("salesperson+manager", LEADER), ("salesperson+leader", PERSONNEL)],
)
def test_nobody_forgives_the_own(roles, allowed):
    Person.objects.filter(employee_no=SHE).update(roles=roles)
    address = reverse("waiver", args=[fine().pk])
    assert client_of(SHE).get(address).status_code == 403
    assert client_of(allowed).get(address).status_code == 200


def test_what_is_given_cannot_be_forgiven():
    base = Entry.objects.standing().get(rule="BASE", person__employee_no=SHE)
    assert client_of(MANAGER).get(reverse("waiver", args=[base.pk])).status_code == 403


# --- The desk, and what it costs --------------------------------------------------------------


def desk_of(who: str) -> set[str]:
    from payroll.desk_appeals import desk

    return {panel.key for panel in desk(user(who))}


def test_what_waits_on_the_desk():
    assert desk_of(SHE) == {"own-draft"}
    objects()
    assert desk_of(SHE) == {"own-draft", "own-appeals"}
    assert desk_of(MANAGER) == {"appeals"}
    assert desk_of(LEADER) == desk_of(PERSONNEL) == set()
    acknowledge(MATE)
    assert desk_of(MATE) == set()
    appeal_withdraw(appeal=Appeal.objects.get(), actor=user(SHE))
    ask(FINANCE, early_reason="The bank.")
    assert (desk_of(MANAGER), desk_of(FINANCE)) == ({"finals"}, set())


def test_queries():
    appeal = objects()
    asked = {}
    for who, address in (
        (SHE, page_of(appeal)),
        (MANAGER, page_of(appeal)),
        (SHE, statement_page()),
        (SHE, reverse("entry_why", args=[fine().pk])),
        (MANAGER, reverse("entry_why", args=[fine().pk])),
        (MANAGER, reverse("month_final", args=[MONTH])),
        (MANAGER, reverse("month_objections", args=[MONTH])),
        (SUPERVISOR, reverse("appeals")),
    ):
        client = client_of(who)
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200, address
        asked[who, address] = len(counted)
    assert max(asked.values()) <= 12, asked


def test_queries_of_the_list_do_not_grow(django_assert_num_queries):
    objects()
    client = client_of(MANAGER)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("appeals"))
    for entry in Entry.objects.standing().lines().filter(person__employee_no=STRANGER):
        objects(entry, who=STRANGER)
    assert Appeal.objects.count() > 3
    with django_assert_num_queries(len(few)):
        client.get(reverse("appeals"))
