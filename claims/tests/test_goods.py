"""Goods from the register to the borrower and back, and what was broken (GOOD-1, GOOD-2)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from claims.charges import claims as charges_of
from claims.models import Damage, Goods, Loan, LoanRequest
from claims.reminders import loans_due, loans_overdue
from claims.services import (
    ChangedMeanwhile,
    ClaimsRefused,
    GoodsFacts,
    damage_correct,
    damage_record,
    goods_add,
    goods_change,
    goods_retire,
    goods_take_back,
    loan_ask,
    loan_correct,
    loan_hand_out,
    loan_lend,
    loan_request_refuse,
    loan_request_withdraw,
    loan_return,
)
from claims.services.damages import Broken
from claims.services.returning import Found
from core import clock
from core.files.reading import file_read
from core.models import AuditRow, JobRun
from notices.models import Notice
from payroll.models import Entry
from payroll.services import month_close
from tests.builders import at, context, day, lines, loan
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-11-02"


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


@pytest.fixture
def lamp(people) -> Goods:
    facts = GoodsFacts("YJ-1", "demo lamp", Decimal("680.00"), "SN-1", "shelf A")
    return goods_add(facts=facts, token=uuid4(), actor=user(KEEPER))


def lent(lamp: Goods, people, who: str = SHE) -> Loan:
    return loan_lend(goods=lamp, person=people[who], token=uuid4(), actor=user(KEEPER))


def asks(lamp: Goods, people, who: str = SHE) -> LoanRequest:
    return loan_ask(goods=lamp, person=people[who], token=uuid4(), actor=user(who))


def back(of: Loan, condition: str = "good", *, photos=(), note: str = "cracked") -> Loan:
    found = Found(condition, clock.today(), note)
    return loan_return(loan=of, found=found, files=photos, actor=user(KEEPER))


@pytest.fixture
def picture(photo):
    return [file_read(photo())]


def charged(month: str = "2026-11") -> list[tuple[str, str, str]]:
    return lines(charges_of(context(month)).charges)


# The register.


def test_a_code_is_one_pieces(lamp):
    with pytest.raises(ClaimsRefused, match="code"):
        goods_add(facts=GoodsFacts("YJ-1", "x", Decimal(1)), token=uuid4())
    assert Goods.objects.count() == 1


def test_who_changes_it_second_is_told(lamp):
    facts = GoodsFacts("YJ-1", "bright lamp", Decimal("700.00"))
    assert goods_change(goods=lamp, facts=facts, actor=user(KEEPER)).name == "bright lamp"
    with pytest.raises(ChangedMeanwhile):
        goods_change(goods=lamp, facts=GoodsFacts("YJ-1", "dim lamp", Decimal("1.00")))
    assert Goods.objects.get().price == Decimal("700.00")


def test_what_is_lent_keeps_its_price(lamp, people):
    of = lent(lamp, people)
    goods_change(goods=lamp, facts=GoodsFacts("YJ-1", "demo lamp", Decimal("1.00")))
    assert Loan.objects.get(pk=of.pk).price == Decimal("680.00")


def test_what_is_retired_is_not_lent_until_it_is_taken_back(lamp, people):
    retired = goods_retire(goods=lamp, reason="worn", actor=user(KEEPER))
    for does in (lambda: lent(lamp, people), lambda: asks(lamp, people)):
        with pytest.raises(ClaimsRefused):
            does()
    goods_take_back(goods=retired, reason="repaired", actor=user(KEEPER))
    assert lent(lamp, people).is_out


def test_what_is_out_is_not_retired(lamp, people):
    lent(lamp, people)
    with pytest.raises(ClaimsRefused):
        goods_retire(goods=lamp, reason="worn")
    assert Goods.objects.get().retired_on is None


# Lending.


def test_asked_for_and_handed_out(lamp, people):
    asked = asks(lamp, people)
    assert asks(lamp, people) == asked
    assert Notice.objects.filter(person__employee_no=KEEPER).count() == 1
    of = loan_hand_out(request=asked, actor=user(KEEPER))
    assert (of.loan_no, of.person, of.price) == ("L2611-0001", people[SHE], lamp.price)
    assert LoanRequest.objects.get().loan == of
    with pytest.raises(ChangedMeanwhile):
        loan_hand_out(request=asked, actor=user(KEEPER))
    assert Loan.objects.count() == 1


def test_one_piece_is_with_one_person_at_a_time(lamp, people):
    asked = asks(lamp, people, MATE)
    lent(lamp, people)
    for does in (lambda: lent(lamp, people, MATE), lambda: loan_hand_out(request=asked)):
        with pytest.raises(ClaimsRefused, match="out already"):
            does()
    assert Loan.objects.count() == 1
    assert LoanRequest.objects.get().state == "asked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.create(
            loan_no="X", person=people[MATE], item="x", price=1, lent_at=clock.now(), goods=lamp
        )


def test_the_company_table_knows_no_goods_and_lends_as_often_as_it_says(people):
    for n in range(2):
        loan(people[SHE], f"T{n}", returned=None, condition="")
    assert Loan.objects.filter(returned_on=None).count() == 2


def test_one_form_sent_twice_lends_once(lamp, people):
    token = uuid4()
    made = {
        loan_lend(goods=lamp, person=people[SHE], token=token, actor=user(KEEPER)).pk
        for _ in range(2)
    }
    assert len(made) == Loan.objects.count() == 1


def test_only_to_salespeople_who_work_here(lamp, people):
    with pytest.raises(ClaimsRefused):
        lent(lamp, people, FINANCE)
    people[MATE].left_on = day("2026-11-01")
    with pytest.raises(ClaimsRefused):
        lent(lamp, people, MATE)
    assert not Loan.objects.exists()


def test_a_request_ends_once(lamp, people):
    asked = asks(lamp, people)
    loan_request_refuse(request=asked, reply="stocktaking", actor=user(KEEPER))
    for does in (
        lambda: loan_request_withdraw(request=asked),
        lambda: loan_hand_out(request=asked),
        lambda: loan_request_refuse(request=asked, reply="again"),
    ):
        with pytest.raises(ChangedMeanwhile):
            does()
    told = Notice.objects.get(person__employee_no=SHE)
    assert told.values["reason"] == "stocktaking"


# Back, or not.


def test_good_costs_nothing(lamp, people):
    back(lent(lamp, people))
    assert charged() == []
    assert Goods.objects.to_lend().get() == lamp


@pytest.mark.parametrize("condition", ["damaged", "lost"])
def test_damaged_and_lost_cost_the_price(lamp, people, picture, condition):
    found = back(lent(lamp, people), condition, photos=picture)
    assert charged() == [(f"GOOD-1/Y001/{found.loan_no}", "pay>company", "680.00")]
    assert (Goods.objects.get().retired_on is not None) == (condition == "lost")


def test_damage_needs_a_photo_and_a_word(lamp, people, picture):
    of = lent(lamp, people)
    for condition, photos, note in (
        ("damaged", [], "x"),
        ("damaged", picture, " "),
        ("lost", [], ""),
    ):
        with pytest.raises(ClaimsRefused):
            back(of, condition, photos=photos, note=note)
    assert Loan.objects.get().is_out


@pytest.mark.parametrize("on", ["2026-11-01", "2026-11-03"])
def test_found_neither_before_it_was_lent_nor_tomorrow(lamp, people, on):
    of = lent(lamp, people)
    with pytest.raises(ClaimsRefused):
        loan_return(loan=of, found=Found("good", day(on)))
    assert Loan.objects.get().is_out


def test_who_records_it_second_is_told(lamp, people):
    of = lent(lamp, people)
    back(of)
    with pytest.raises(ChangedMeanwhile, match="good"):
        back(of, "lost")
    assert charged() == []


def test_a_wrong_condition_is_corrected_and_the_charge_reversed(lamp, people):
    lost = back(lent(lamp, people), "lost")
    with clock.set_to(at("2026-12-01 09:00")):
        month_close(month=context("2026-11").month, as_of=clock.now())
        assert Entry.objects.standing().filter(rule="GOOD-1").count() == 1
        found = loan_correct(
            loan=lost, condition="good", reason="it was in the car", actor=user(MANAGER)
        )
        assert JobRun.objects.get(kind="close").subject == "2026-11"
        month_close(month=context("2026-11").month, as_of=clock.now())
    assert found.returned_on == lost.returned_on
    assert not Entry.objects.standing().filter(rule="GOOD-1").exists()
    assert Goods.objects.to_lend().exists()
    row = AuditRow.objects.get(action="condition corrected")
    assert row.changes["condition"] == ["lost", "good"]
    assert row.changes["reason"] == [None, "it was in the car"]


def test_corrected_as_it_was_seen(lamp, people):
    lost = back(lent(lamp, people), "lost")
    loan_correct(loan=lost, condition="good", reason="found", actor=user(KEEPER))
    with pytest.raises(ChangedMeanwhile):
        loan_correct(loan=lost, condition="damaged", reason="broken", actor=user(MANAGER))
    assert Loan.objects.get().condition == "good"


def test_reminded_on_the_last_day_and_after_it(lamp, people):
    lent(lamp, people)
    (due,) = loans_due(at("2026-11-04 08:00"))
    assert due.person == people[SHE]
    assert list(loans_overdue(at("2026-11-04 23:59"))) == []
    late = {each.person.employee_no for each in loans_overdue(at("2026-11-05 08:00"))}
    assert late == {KEEPER, MANAGER}


# Damages.


def broken(**instead) -> Broken:
    said = {
        "on": day(TODAY),
        "item": "projector",
        "cost_price": Decimal("120.50"),
        "on_purpose": False,
        "note": "it fell",
        "heard": "so it was",
    }
    return Broken(**{**said, **instead})


def record(people, *, who: str = SHE, **instead) -> Damage:
    return damage_record(
        person=people[who], broken=broken(**instead), token=uuid4(), actor=user(KEEPER)
    )


def case_told() -> set[str]:
    told = Notice.objects.filter(key__endswith="/case").values_list(
        "person__employee_no", flat=True
    )
    return set(told)


def test_an_accident_costs_the_cost_price_and_no_case(people):
    damage = record(people)
    assert charged() == [(f"GOOD-2/Y001/{damage.damage_no}", "pay>company", "120.50")]
    assert case_told() == set()


def test_on_purpose_the_manager_is_told_of_a_case(people):
    record(people, on_purpose=True)
    assert case_told() == {MANAGER}


def test_of_the_manager_the_leader_is_told(people):
    record(people, who=MANAGER, on_purpose=True)
    assert case_told() == {LEADER}


@pytest.mark.parametrize("wrong", [{"on": day("2026-11-03")}, {"heard": " "}])
def test_whoever_broke_it_is_heard_first(people, wrong):
    with pytest.raises(ClaimsRefused):
        record(people, **wrong)
    assert not Damage.objects.exists()


def test_a_damage_is_corrected_with_its_reason(people):
    damage = record(people)
    free = damage_correct(
        damage=damage,
        cost_price=Decimal(0),
        on_purpose=False,
        reason="worn out",
        actor=user(KEEPER),
    )
    assert charged() == []
    with pytest.raises(ChangedMeanwhile):
        damage_correct(damage=damage, cost_price=Decimal(9), on_purpose=False, reason="no")
    with pytest.raises(ClaimsRefused):
        damage_correct(damage=free, cost_price=Decimal(0), on_purpose=False, reason="the same")
    damage_correct(
        damage=free, cost_price=Decimal(5), on_purpose=True, reason="seen", actor=user(KEEPER)
    )
    assert charged()[0][2] == "5.00"
    assert case_told() == {MANAGER}


# Pages.


def send(who: str, name: str, /, *args, **data):
    return client_of(who).post(reverse(name, args=args), data)


def page(who: str, name: str, /, *args, **query) -> str:
    return client_of(who).get(reverse(name, args=args), query).content.decode()


def test_from_the_label_to_the_objection(lamp, people, photo):
    assert "data:image/svg" in page(KEEPER, "goods_labels")
    assert "Ask to borrow" in page(SHE, "goods_one", "YJ-1")
    send(SHE, "goods_ask", "YJ-1", token=str(uuid4()), purpose="the fair")
    asked = LoanRequest.objects.get()
    assert "the fair" in page(KEEPER, "goods_one", "YJ-1")
    assert "Goods to hand out" in client_of(KEEPER).get("/").content.decode()
    send(KEEPER, "request_hand_out", asked.pk)
    of = Loan.objects.get()
    assert "November 4" in page(SHE, "loan", of.pk) or "Nov" in page(SHE, "loan", of.pk)
    assert "680.00 yuan is charged to" in page(KEEPER, "loan_back", of.pk)
    send(KEEPER, "loan_back", of.pk, condition="damaged", on=TODAY, note="the lens", files=photo())
    told = page(SHE, "loan", of.pk)
    assert "680.00" in told
    assert "You can object once the draft of the month is out" in told
    assert client_of(SHE).get(_why(of)).status_code == 200
    with clock.set_to(at("2026-12-01 09:00")):
        month_close(month=context("2026-11").month, as_of=clock.now())
        entry = Entry.objects.standing().get(rule="GOOD-1")
        assert reverse("appeal_new", args=[entry.pk]) in page(SHE, "loan", of.pk)
        assert reverse("appeal_new", args=[entry.pk]) not in page(MANAGER, "loan", of.pk)
        assert reverse("entry_why", args=[entry.pk]) not in page(KEEPER, "loan", of.pk)


def _why(of: Loan) -> str:
    return f"{reverse('so_far_why', args=['2026-11', SHE])}?key=GOOD-1/{SHE}/{of.loan_no}"


@pytest.mark.parametrize(("who", "named"), [(MATE, False), (STRANGER, False), (SUPERVISOR, True)])
def test_who_has_it_is_told_to_those_who_may_see(lamp, people, who, named):
    lent(lamp, people)
    told = page(who, "goods_one", "YJ-1")
    assert ("吴伟" in told) is named
    assert "Due back" in told


def test_nobody_lends_to_themself_nor_takes_back_from_themself(people, lamp):
    keeper = people[KEEPER]
    keeper.roles = "keeper+salesperson"
    keeper.save(update_fields=["roles"])
    answer = send(KEEPER, "goods_lend", "YJ-1", token=str(uuid4()), person=keeper.pk)
    assert answer.status_code == 400
    asked = asks(lamp, people, KEEPER)
    assert send(KEEPER, "request_hand_out", asked.pk).status_code == 403
    own = loan(keeper, "OWN", returned=None, condition="")
    data = {"condition": "good", "on": TODAY, "note": ""}
    assert send(KEEPER, "loan_back", own.pk, **data).status_code == 403
    assert not Loan.objects.exclude(pk=own.pk).exists()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("goods_new", "price", "NaN"),
        ("goods_new", "price", "1e999"),
        ("goods_new", "price", "-1"),
        ("goods_new", "code", "a/b"),
        ("goods_new", "code", "\0"),
        ("goods_new", "name", "\0"),
        ("goods_new", "name", ""),
        ("goods_new", "token", ""),
        ("damage_new", "cost_price", "１２"),
        ("damage_new", "on", "2026-11-03"),
        ("damage_new", "person", "999999999999999999999"),
        ("damage_new", "person", "\0"),
        ("damage_new", "heard", ""),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(people, name, field, value):
    data = {
        "token": str(uuid4()),
        "code": "YJ-7",
        "name": "lamp",
        "price": "1",
        "person": people[SHE].pk,
        "on": TODAY,
        "item": "door",
        "cost_price": "1",
        "note": "x",
        "heard": "x",
    }
    answer = send(KEEPER, name, **{**data, field: value})
    assert answer.status_code == 400
    assert not Goods.objects.exists()
    assert not Damage.objects.exists()


def test_the_register_finds_by_state(lamp, people):
    facts = GoodsFacts("YJ-2", "second lamp", Decimal(1))
    second = goods_add(facts=facts, token=uuid4(), actor=user(KEEPER))
    lent(second, people)
    for where, there, gone in (
        ("here", "demo lamp", "second lamp"),
        ("out", "second", "demo lamp"),
    ):
        told = page(KEEPER, "goods", where=where)
        assert there in told
        assert gone not in told


def test_the_keepers_desk_counts_what_is_due_today(lamp, people):
    lent(lamp, people)
    with clock.set_to(at("2026-11-04 10:00")):
        told = client_of(KEEPER).get("/").content.decode()
    assert "Due back today" in told
