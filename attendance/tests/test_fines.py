"""Fines in cash, from tick to signature; the pool; findings of absence (ATT-2 to ATT-5)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Person, User
from attendance.incidents import judged, standing
from attendance.models import AbsenceDecision, Excuse, FineHandover, FinePayment, PoolOpening, Punch
from attendance.pool_shown import pool_shown
from attendance.services.absence import absence_decide
from attendance.services.fines import fine_tick, fine_untick, fines_hand_over, fines_sign
from attendance.services.refusals import AttendanceRefused, ChangedMeanwhile
from attendance.verification import fine_handovers
from core import clock
from core.models import AuditRow
from core.months import Month
from payroll.models import Entry, Finding
from payroll.services import month_close
from policy.models import PolicyParameter
from policy.querysets import workdays
from tests.builders import at, day
from tests.cast import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def punch(person: Person, *texts: str) -> None:
    Punch.objects.bulk_create(Punch(person=person, at=at(text)) for text in texts)


@pytest.fixture
def her(people) -> Person:
    """Late on Monday and on Tuesday; the others were there. It is Tuesday, half past ten."""
    punch(people[SHE], f"{MONDAY} 09:30", f"{MONDAY} 18:00", f"{TUESDAY} 09:10")
    for no in (MATE, STRANGER):
        punch(people[no], f"{MONDAY} 09:00", f"{MONDAY} 18:00", f"{TUESDAY} 09:00")
    with clock.set_to(at(f"{TUESDAY} 10:30")):
        yield people[SHE]


def tick(her: Person, on: str = MONDAY, side: str = "in", by: str = MANAGER) -> FinePayment:
    return fine_tick(person=her, day=day(on), side=side, actor=user(by))


def hand_over(expected: str = "5.00", **said) -> FineHandover:
    given = {"token": uuid4(), "actor": user(MANAGER), **said}
    return fines_hand_over(expected=Decimal(expected), **given)


def test_ticked_twice_is_ticked_once_and_stamped_now(her):
    first, second = tick(her), tick(her)
    assert first.pk == second.pk
    assert (first.paid_at, first.taken_by) == (clock.now(), user(MANAGER))
    assert AuditRow.objects.filter(action="fine ticked").count() == 1


def test_the_same_days_fine_can_be_ticked(her):
    assert tick(her, TUESDAY).date == day(TUESDAY)


@pytest.mark.parametrize(("on", "side"), [(MONDAY, "out"), (TUESDAY, "out"), ("2026-11-01", "in")])
def test_what_is_no_fine_cannot_be_paid(her, on, side):
    with pytest.raises(AttendanceRefused):
        tick(her, on, side)


def test_an_excused_fine_cannot_be_paid(her):
    Excuse.objects.create(person=her, date=day(MONDAY), side="in", status="accepted")
    with pytest.raises(AttendanceRefused):
        tick(her)


def test_the_next_close_moves_it_from_pay_to_cash_by_itself(her):
    key = f"ATT-2/{SHE}/{MONDAY}/in"
    month_close(month=NOVEMBER, as_of=clock.now())
    assert Entry.objects.standing().get(key=key).source == "pay"
    tick(her)
    month_close(month=NOVEMBER, as_of=clock.now())
    standing = Entry.objects.standing().filter(rule="ATT-2", person=her, for_month=NOVEMBER)
    assert [(each.source, str(each.amount)) for each in standing] == [("cash", "5.00")]
    fine_untick(payment=FinePayment.objects.get(), actor=user(MANAGER))
    month_close(month=NOVEMBER, as_of=clock.now())
    assert [each.source for each in standing.all()] == ["pay"]


def test_a_tick_is_taken_back_on_the_same_day_alone(her):
    payment = tick(her)
    with clock.set_to(clock.end_of(day(TUESDAY))), pytest.raises(AttendanceRefused):
        fine_untick(payment=payment, actor=user(MANAGER))
    fine_untick(payment=payment, actor=user(MANAGER))
    with pytest.raises(ChangedMeanwhile):
        fine_untick(payment=payment, actor=user(MANAGER))
    assert not FinePayment.objects.exists()


def test_what_a_file_brought_is_neither_unticked_nor_handed_over(her):
    payment = FinePayment.objects.create(
        person=her, date=day(MONDAY), side="in", paid_at=clock.now()
    )
    with pytest.raises(AttendanceRefused):
        fine_untick(payment=payment, actor=user(MANAGER))
    with pytest.raises(AttendanceRefused):
        hand_over()


def test_all_cash_in_hand_is_handed_over_to_the_fen(her):
    PolicyParameter.objects.create(effective_on=day(TUESDAY), parameter="late_fine", value="7.77")
    tick(her)
    tick(her, TUESDAY)
    with pytest.raises(ChangedMeanwhile, match=r"12\.77"):
        hand_over("5.00")
    token = uuid4()
    made = hand_over("12.77", token=token)
    assert hand_over("12.77", token=token).pk == made.pk
    assert FineHandover.objects.get().amount == Decimal("12.77")
    assert FinePayment.objects.filter(handover=made).count() == 2
    with pytest.raises(AttendanceRefused):
        hand_over("0.00")
    with pytest.raises(ChangedMeanwhile):
        fine_untick(payment=FinePayment.objects.first(), actor=user(MANAGER))
    assert list(fine_handovers()) == []
    FineHandover.objects.update(amount=Decimal("12.76"))
    (problem,) = fine_handovers()
    assert "12.76" in str(problem.text if hasattr(problem, "text") else problem)


def test_only_ones_own_ticks_are_handed_over(her, people):
    tick(her, by=MANAGER)
    tick(her, TUESDAY, by=LEADER)
    assert hand_over("5.00").payments.count() == 1


def test_the_cashier_signs_once_and_never_who_handed_over(her):
    tick(her)
    made = hand_over()
    with pytest.raises(AttendanceRefused):
        fines_sign(handover=made, actor=user(MANAGER))
    signed = fines_sign(handover=made, actor=user(CASHIER))
    assert (signed.signed_by, signed.signed_at) == (user(CASHIER), clock.now())
    with pytest.raises(ChangedMeanwhile):
        fines_sign(handover=made, actor=user(CASHIER))


def send(browser, name: str, *args, **data):
    return browser.post(reverse(name, args=args), data)


def test_from_the_managers_telephone_to_the_cashiers_signature(her):
    boss, cashier = client_of(MANAGER), client_of(CASHIER)
    page = boss.get(reverse("fines")).content.decode()
    assert page.count("Paid in cash") == 2
    for _twice in range(2):
        send(boss, "fines_tick", employee_no=SHE, date=MONDAY, side="in")
    page = boss.get(reverse("fines")).content.decode()
    assert page.count("Paid in cash") == 1
    assert "Take back" in page
    send(boss, "fines_handover", token=str(uuid4()), expected="5.00")
    waiting = FineHandover.objects.get()
    assert "Cash of fines to sign for" in cashier.get("/").content.decode()
    assert "Counted" not in boss.get(reverse("fine_handovers")).content.decode()
    assert "Counted" in cashier.get(reverse("fine_handovers")).content.decode()
    assert send(boss, "fine_handover_sign", waiting.pk).status_code == 403
    send(cashier, "fine_handover_sign", waiting.pk)
    assert FineHandover.objects.get().signed_by == user(CASHIER)
    for who, status in ((FINANCE, 200), (LEADER, 200), (SUPERVISOR, 403), (SHE, 403)):
        assert client_of(who).get(reverse("fine_handovers")).status_code == status


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"employee_no": "NOBODY", "date": MONDAY, "side": "in"},
        {"employee_no": SHE, "date": "x", "side": "in"},
        {"employee_no": SHE, "date": MONDAY, "side": "up"},
        {"employee_no": "\0", "date": MONDAY, "side": "in"},
        {"employee_no": MANAGER, "date": MONDAY, "side": "in"},
    ],
)
@pytest.mark.parametrize("name", ["fines_tick", "fines_untick"])
def test_a_fine_of_nobody(her, name, data):
    assert send(client_of(MANAGER), name, **data).status_code == 404


@pytest.mark.parametrize("expected", ["", "x", "NaN", "-1", "1e9", "\0"])
def test_a_handover_that_reads_badly_hands_over_nothing(her, expected):
    tick(her)
    send(client_of(MANAGER), "fines_handover", token=str(uuid4()), expected=expected)
    assert not FineHandover.objects.exists()


def test_cash_of_a_fine_that_was_excused_since_is_to_be_given_back(her):
    tick(her)
    page = client_of(MANAGER).get(reverse("fines")).content.decode()
    assert "To give back" not in page
    Excuse.objects.create(person=her, date=day(MONDAY), side="in", status="accepted")
    assert "To give back" in client_of(MANAGER).get(reverse("fines")).content.decode()


# The pool.


def test_the_pool_so_far_and_as_it_is_posted(her, people):
    """What the page foretells on the last evening is what the close posts."""
    PoolOpening.objects.create(month=NOVEMBER, amount=Decimal("3.01"))
    for no in (SHE, MATE, STRANGER):
        for each in workdays().of(NOVEMBER):
            if str(each) > TUESDAY:
                punch(people[no], f"{each} 09:00", f"{each} 18:00")
    for no in (SHE, MATE, STRANGER):
        punch(people[no], f"{TUESDAY} 18:00")
    tick(her)
    shown = pool_shown(NOVEMBER)
    assert (shown.carried_in, shown.in_cash, shown.from_pay) == (
        Decimal("3.01"),
        Decimal("5.00"),
        Decimal("5.00"),
    )
    assert [person.employee_no for person in shown.clean] == [MATE, STRANGER]
    assert (shown.share, shown.carried_out) == (Decimal("6.50"), Decimal("0.01"))
    assert not shown.is_posted
    with clock.set_to(at("2026-12-01 00:30")):
        month_close(month=NOVEMBER, as_of=clock.now())
        posted = pool_shown(NOVEMBER)
    assert posted.is_posted
    for name in ("carried_in", "in_cash", "from_pay", "share", "carried_out"):
        assert getattr(posted, name) == getattr(shown, name), name
    assert [person.employee_no for person in posted.clean] == [MATE, STRANGER]


def test_who_was_fined_is_nowhere_on_the_page(her, people):
    page = client_of(MATE).get(reverse("pool")).content.decode()
    assert people[STRANGER].name in page
    assert her.name not in page
    assert "10.00" in page


def test_she_is_told_whether_she_shares(her):
    assert "You do not share" in client_of(SHE).get(reverse("pool")).content.decode()
    assert "You have no fault" in client_of(MATE).get(reverse("pool")).content.decode()


# Absence.


@pytest.fixture
def finding(people) -> Finding:
    """She was never there in October."""
    month_close(month=Month(2026, 10), as_of=clock.now())
    return Finding.objects.get(person=people[SHE])


def decide(finding: Finding, number: int = 1, *, by: str = PERSONNEL, kind: str = "talk"):
    return absence_decide(
        person=finding.person,
        month=finding.month,
        number=number,
        kind=kind,
        reason="first talk to her",
        actor=user(by),
    )


def test_a_decision_is_recorded_and_a_later_one_stands_beside_it(finding):
    decide(finding)
    decide(finding, 2, by=MANAGER, kind="end")
    kinds = AbsenceDecision.objects.order_by("number").values_list("number", "kind")
    assert list(kinds) == [(1, "talk"), (2, "end")]
    assert AbsenceDecision.objects.first().days == finding.days
    # It dismisses nobody.
    assert Person.objects.get(pk=finding.person_id).left_on is None


def test_two_who_decide_at_the_same_time_are_told(finding):
    decide(finding)
    with pytest.raises(ChangedMeanwhile):
        decide(finding, 1, by=MANAGER)


def test_where_there_is_no_finding_nothing_is_decided(finding):
    Finding.objects.all().delete()
    with pytest.raises(AttendanceRefused):
        decide(finding)


def test_the_page_shows_each_day_and_what_the_clause_allows(finding):
    address = reverse("absence", args=[finding.month, SHE])
    browser = client_of(PERSONNEL)
    page = browser.get(address).content.decode()
    assert "当月旷工超过15天的" in page
    assert page.count("not at work, no approved leave or trip") == 18
    assert "Absence to decide on" in browser.get("/").content.decode()
    assert "not decided yet" in browser.get(reverse("absences")).content.decode()
    said = {"number": 1, "kind": "warning", "reason": "in writing"}
    assert browser.post(address, {**said, "reason": ""}).status_code == 400
    assert browser.post(address, {**said, "kind": "shoot"}).status_code == 400
    browser.post(address, said)
    browser.post(address, said)  # sent twice
    assert AbsenceDecision.objects.get().kind == "warning"
    assert "in writing" in browser.get(address).content.decode()
    absent = reverse("absence", args=[finding.month, SHE])
    assert absent not in browser.get("/").content.decode()


@pytest.mark.parametrize(
    ("who", "get", "post"),
    [(MANAGER, 200, 302), (LEADER, 200, 403), (SUPERVISOR, 403, 403), (SHE, 403, 403)],
)
def test_who_decides_on_absence(finding, who, get, post):
    address = reverse("absence", args=[finding.month, SHE])
    assert client_of(who).get(address).status_code == get
    said = {"number": 1, "kind": "talk", "reason": "x"}
    assert client_of(who).post(address, said).status_code == post


def test_the_list_of_fines_reads_as_much_for_many_as_for_one(her, django_assert_num_queries):
    def asked() -> None:
        standing(judged(NOVEMBER, list(Person.objects.salespeople())))

    with django_assert_num_queries(11):
        asked()
    for n in range(8):
        hired = {"name": str(n), "roles": "salesperson", "hired_on": day("2024-01-01")}
        punch(Person.objects.create(employee_no=f"Q{n}", **hired), f"{MONDAY} 09:30")
    with django_assert_num_queries(11):
        asked()
