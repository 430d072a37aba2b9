"""A claim from the telephone to the statement, and what does not come of it (EXP, ORG-1)."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.deciding import deciders_of
from accounts.models import Person, User
from claims.charges import claims as charges_of
from claims.models import Expense
from claims.reminders import claims_waiting
from claims.services import (
    ChangedMeanwhile,
    ClaimsRefused,
    Spent,
    expense_approve,
    expense_claim,
    expense_correct,
    expense_refuse,
    expense_undo,
    expense_withdraw,
)
from claims.standing import standings_of, verdict_of
from core import clock
from core.files.models import StoredFile
from core.files.reading import file_read
from core.models import AuditRow, JobRun
from notices.models import Notice
from payroll.models import PayMonth
from payroll.services import month_close
from policy.models import PolicyParameter
from tests.builders import at, context, day, expense, lines, order
from tests.cast import (
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
TODAY = "2026-11-02"


@pytest.fixture
def hers(people):
    return order(people[SHE], "D1", amount="15620.00")


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def spent(
    amount: str = "100.00", *, kind: str = "travel", on: str = TODAY, note: str = ""
) -> Spent:
    return Spent(kind, day(on), Decimal(amount), note)


@pytest.fixture
def files(hers, photo):
    """Claims on her order as she makes them."""

    def claim(amount: str = "100.00", **said) -> Expense:
        return expense_claim(
            order=hers,
            person=hers.person,
            spent=spent(amount, **said),
            files=[file_read(photo())],
            token=uuid4(),
            actor=user(SHE),
        )

    return claim


def charged() -> list[tuple[str, str, str]]:
    return lines(charges_of(context("2026-11")).charges)


def approve(claim: Expense, by: str = SUPERVISOR) -> Expense:
    return expense_approve(claim=claim, actor=user(by))


def standing(hers, kind: str = "travel"):
    return next(s for s in standings_of([hers], hers.person)[hers.pk] if s.kind == kind)


# Services.


def test_a_claim_waits_then_pays_from_the_day_of_approval(files):
    claim = files("100.00")
    assert (claim.claim_no, claim.state) == ("C2611-0001", "waiting")
    assert charged() == []
    decided = approve(claim)
    assert (str(decided.approved_on), decided.state) == (TODAY, "approved")
    assert charged() == [("EXP-1/Y001/C2611-0001", "company>pay", "80.00")]


def test_numbers_go_on_within_the_month_whatever_files_brought(files, hers):
    expense(hers, "C2611-0041")
    expense(hers, "C2611-ZZZZ")
    expense(hers, "C2610-0099")
    assert [files().claim_no, files("2.00").claim_no] == ["C2611-0042", "C2611-0043"]


def test_one_form_sent_twice_is_one_claim(hers, photo):
    token = uuid4()
    made = [
        expense_claim(
            order=hers,
            person=hers.person,
            spent=spent(),
            files=[file_read(photo())],
            token=token,
            actor=user(SHE),
        )
        for _ in range(2)
    ]
    assert made[0] == made[1] == Expense.objects.get()
    assert StoredFile.objects.count() == 1
    assert AuditRow.objects.filter(action="claim").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"spent": spent(on="2026-11-03")},
        {"spent": spent("0.00")},
        {"files": []},
        {"whose": MATE},
    ],
    ids=["in the future", "nothing", "no receipt", "another's order"],
)
def test_what_is_no_claim(hers, photo, people, wrong):
    with pytest.raises(ClaimsRefused):
        expense_claim(
            order=hers,
            person=people[wrong.get("whose", SHE)],
            spent=wrong.get("spent", spent()),
            files=wrong.get("files", [file_read(photo())]),
            token=uuid4(),
        )
    assert not Expense.objects.exists()


def test_who_comes_second_is_told_who_was_first(files):
    claim = files()
    approve(claim)
    with pytest.raises(ChangedMeanwhile, match="施静军"):
        expense_refuse(claim=claim, reply="no", actor=user(MANAGER))
    assert Expense.objects.get().state == "approved"
    assert AuditRow.objects.filter(action="claim refused").count() == 0


def test_decided_as_it_was_seen_or_not_at_all(files):
    claim = files("100.00")
    expense_correct(claim=claim, spent=spent("900.00"), actor=user(SHE))
    with pytest.raises(ChangedMeanwhile, match="look again"):
        approve(claim)
    # A file counts no version up; what it changed is seen all the same.
    fresh = Expense.objects.get()
    Expense.objects.update(amount=Decimal("901.00"))
    with pytest.raises(ChangedMeanwhile):
        approve(fresh)
    assert Expense.objects.get().is_waiting


def test_a_refusal_needs_its_reason_and_is_told(files):
    claim = files()
    with pytest.raises(ClaimsRefused):
        expense_refuse(claim=claim, reply="  ", actor=user(SUPERVISOR))
    refused = expense_refuse(claim=claim, reply="no receipt of ours", actor=user(SUPERVISOR))
    assert (refused.state, refused.reply) == ("refused", "no receipt of ours")
    assert charged() == []
    told = Notice.objects.get(person__employee_no=SHE)
    assert told.values["reason"] == "no receipt of ours"


@pytest.mark.parametrize("ended", ["withdrawn", "refused"])
def test_what_is_over_stays_over(files, ended):
    claim = files()
    if ended == "withdrawn":
        over = expense_withdraw(claim=claim, actor=user(SHE))
    else:
        over = expense_refuse(claim=claim, reply="no", actor=user(SUPERVISOR))
    for does in (
        lambda: approve(over),
        lambda: expense_withdraw(claim=over, actor=user(SHE)),
        lambda: expense_correct(claim=over, spent=spent(), actor=user(SHE)),
        lambda: expense_refuse(claim=over, reply="no", actor=user(MANAGER)),
        lambda: expense_undo(claim=over, reply="no", actor=user(MANAGER)),
    ):
        with pytest.raises(ClaimsRefused):
            does()
    assert Expense.objects.get().state == ended


def test_a_wrong_approval_is_taken_back_while_its_month_is_not_final(files):
    claim = approve(files())
    undone = expense_undo(claim=claim, reply="claimed twice", actor=user(MANAGER))
    assert (undone.state, undone.approved_on) == ("refused", None)
    assert charged() == []


def test_not_once_the_month_is_final(files):
    claim = approve(files())
    now = clock.now()
    dated = {"closed_at": now, "closed_as_of": now, "final_at": now}
    PayMonth.objects.create(month="2026-11", state=PayMonth.State.FINAL, **dated)
    with pytest.raises(ClaimsRefused, match="final"):
        expense_undo(claim=claim, reply="claimed twice", actor=user(MANAGER))
    assert Expense.objects.get().state == "approved"


def test_a_closed_month_follows_what_is_taken_back(files):
    claim = approve(files())
    with clock.set_to(at("2026-12-01 09:00")):
        month_close(month=context("2026-11").month, as_of=clock.now())
        expense_undo(claim=claim, reply="claimed twice", actor=user(MANAGER))
    assert JobRun.objects.get(kind="close").subject == "2026-11"


def test_what_a_file_says_decides_alone(files):
    claim = expense_refuse(claim=files(), reply="no", actor=user(SUPERVISOR))
    Expense.objects.filter(pk=claim.pk).update(approved_on=day(TODAY))
    assert Expense.objects.get().state == "approved"
    assert charged() == [("EXP-1/Y001/C2611-0001", "company>pay", "80.00")]


# Before spending.


def test_the_order_can_still_pay_312_40(hers):
    found = standing(hers)
    assert (str(found.now.left), str(found.now.spend)) == ("312.40", "390.50")


def test_what_waits_is_told_besides(files, hers):
    files("100.00")
    found = standing(hers)
    assert (str(found.now.left), str(found.expected.left), found.waiting) == ("312.40", "232.40", 1)
    assert (standing(hers, "meal").waiting, str(standing(hers, "meal").expected.left)) == (
        0,
        "312.40",
    )


def test_with_the_limit_what_waits_elsewhere_counts(people, photo):
    PolicyParameter.objects.create(
        effective_on=day("2026-01-01"), parameter="expense_limit_on", value="yes"
    )
    big = order(people[SHE], "D2", amount="50000.00")
    for n in range(3):
        other = order(people[SHE], f"D9{n}", amount="50000.00")
        expense(other, f"E{n}", approved=None if n else TODAY)
    found = standing(big)
    assert str(found.now.left) == "1000.00"
    assert found.expected.refused == "too many"


@pytest.mark.parametrize("kind", ["travel", "meal"])
def test_spending_what_is_advised_pays_it_at_the_close(files, hers, kind):
    expense(hers, "A1", kind=kind, amount="77.77", approved="2026-10-12")
    found = standing(hers, kind).now
    approve(files(str(found.spend), kind=kind))
    assert charged()[-1][2] == str(found.left)


def test_a_claim_is_judged_as_the_close_judges_it(files, hers):
    approve(files("300.00"))
    claim = files("900.00")
    foreseen = verdict_of(claim).gets
    approve(claim)
    assert charged()[-1][2] == str(foreseen) == "72.40"
    assert verdict_of(Expense.objects.get(pk=claim.pk)).gets == foreseen


# Who decides (ORG-1).


def decides(by: str, claim: Expense) -> bool:
    return claim in Expense.objects.to_decide_by(user(by))


def test_the_list_to_decide_is_what_may_be_decided(files):
    claim = files()
    found = {
        no: decides(no, claim)
        for no in (SHE, MATE, SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER, FINANCE, PERSONNEL)
    }
    assert found == dict.fromkeys(found, False) | {SUPERVISOR: True, MANAGER: True, LEADER: True}


@pytest.mark.parametrize(
    ("roles", "who"),
    [("manager+salesperson", {LEADER}), ("leader+salesperson", {PERSONNEL})],
)
def test_the_heads_claims_go_up_and_round(people, roles, who):
    head = Person.objects.create(
        employee_no="X1", name="总", roles=roles, hired_on=day("2024-01-01")
    )
    User.objects.create(username="X1", person=head)
    claim = expense(order(head, "D7"), approved=None)
    everybody = (SUPERVISOR, MANAGER, LEADER, PERSONNEL, FINANCE, "X1")
    assert {no for no in everybody if decides(no, claim)} == who
    assert {person.employee_no for person in deciders_of(head)} == who
    assert {no for no in everybody if claim in Expense.objects.visible_to(user(no))} >= who


def test_who_is_told(files, people):
    files()
    told = Notice.objects.filter(key__endswith="/filed").values_list("person__employee_no")
    assert [no for (no,) in told] == [SUPERVISOR]
    people[SHE].supervisor = None
    assert {each.employee_no for each in deciders_of(people[SHE])} == {MANAGER}


def test_whoever_decides_is_reminded_after_two_days(files):
    files()
    assert list(claims_waiting(at("2026-11-04 08:59"))) == []
    (reminder,) = claims_waiting(at("2026-11-04 09:00"))
    assert reminder.person.employee_no == SUPERVISOR


# Pages.


def send(browser, name: str, *args, **data):
    return browser.post(reverse(name, args=args), data)


def typed(photo, **instead):
    return {
        "token": str(uuid4()),
        "kind": "travel",
        "spent_on": TODAY,
        "amount": "100.00",
        "note": "",
        "files": photo(),
        **instead,
    }


def test_from_the_telephone_to_the_month_so_far(hers, photo):
    browser = client_of(SHE)
    page = browser.get(reverse("allowance_of", args=["D1"])).content.decode()
    assert "312.40" in page
    assert "390.50" in page
    send(browser, "expense_new", "D1", **typed(photo, amount="1000.00"))
    claim = Expense.objects.get()
    page = client_of(SUPERVISOR).get(reverse("expense", args=[claim.pk])).content.decode()
    assert "Cap of the order: 312.40 left." in page
    send(client_of(SUPERVISOR), "expense_decision", claim.pk, do="approve", version=0, reply="")
    page = browser.get(reverse("so_far", args=["2026-11", SHE])).content.decode()
    assert "312.40" in page
    page = browser.get(reverse("allowance_of", args=["D1"])).content.decode()
    assert "used up" in page


def test_what_it_will_pay_is_shown_while_it_is_typed(hers):
    browser, address = client_of(SHE), reverse("expense_pays", args=["D1"])
    assert "80.00" in browser.get(address, {"kind": "travel", "amount": "100"}).content.decode()
    assert "312.40" in browser.get(address, {"kind": "meal", "amount": "1000"}).content.decode()
    for amount in ("", "NaN", "1e999", "１００", "-1", "9" * 400, "\0"):
        answer = browser.get(address, {"kind": "travel", "amount": amount})
        assert answer.status_code == 200
        assert "Type the amount" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "NaN"),
        ("amount", "1e999"),
        ("amount", "１２"),
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "1.005"),
        ("amount", "9" * 50),
        ("spent_on", "2026-11-03"),
        ("spent_on", "0001-01-01"),
        ("spent_on", "\0"),
        ("kind", "fun"),
        ("token", "x"),
        ("token", ""),
        ("note", "\0"),
        ("files", ""),
    ],
)
def test_bad_input_is_told_and_keeps_nothing(hers, photo, field, value):
    answer = send(client_of(SHE), "expense_new", "D1", **typed(photo, **{field: value}))
    assert answer.status_code == 400
    assert not Expense.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_is_no_photo_is_refused_and_what_was_typed_kept(hers, photo):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sham = SimpleUploadedFile("receipt.jpg", b"MZ not a picture", content_type="image/jpeg")
    answer = send(
        client_of(SHE), "expense_new", "D1", **typed(photo, files=sham, note="to the fair")
    )
    assert answer.status_code == 400
    assert "to the fair" in answer.content.decode()
    assert not Expense.objects.exists()


def test_corrected_and_withdrawn_by_whoever_claims_as_it_was_seen(files, photo):
    claim, browser = files(), client_of(SHE)
    changed = typed(photo, amount="200.00", files="", version=0)
    assert send(browser, "expense_edit", claim.pk, **changed).status_code == 302
    assert str(Expense.objects.get().amount) == "200.00"
    stale = send(browser, "expense_edit", claim.pk, **typed(photo, amount="300.00", version=0))
    assert stale.status_code == 400
    assert "300.00" in stale.content.decode()
    send(browser, "expense_take_back", claim.pk, version=0)
    assert Expense.objects.get().is_waiting
    send(browser, "expense_take_back", claim.pk, version="x")
    assert Expense.objects.get().is_waiting
    send(browser, "expense_take_back", claim.pk, version=1)
    assert Expense.objects.get().state == "withdrawn"


def test_a_refusal_without_a_reason_comes_back(files):
    claim = files()
    answer = send(
        client_of(MANAGER), "expense_decision", claim.pk, do="refuse", version=0, reply=""
    )
    assert answer.status_code == 400
    assert Expense.objects.get().is_waiting


def test_who_is_second_is_told_who_was_first_and_sees_the_claim_as_it_is(files):
    claim = files()
    said = {"do": "approve", "version": 0, "reply": "fine"}
    first = send(client_of(MANAGER), "expense_decision", claim.pk, **said)
    assert first.status_code == 302
    second = send(client_of(SUPERVISOR), "expense_decision", claim.pk, **said)
    assert second.status_code == 409
    who = user(MANAGER).get_full_name()
    assert f"{who} was first: approved" in second.text
    assert "It is paid with the statement of the month of approval." in second.text
    taken_back = {"version": 1, "reply": "claimed twice"}
    undo = [
        send(client_of(MANAGER), "expense_undo_approval", claim.pk, **taken_back) for _ in range(2)
    ]
    assert [each.status_code for each in undo] == [302, 409]
    assert f"{who} was first: refused" in undo[1].text
    assert Expense.objects.get().version == 2


def test_several_are_approved_at_once_but_those_that_are_theirs_alone(files, people):
    mine, other = files("10.00"), expense(order(people[STRANGER], "D5"), "E5", approved=None)
    answer = client_of(SUPERVISOR).post(
        reverse("expenses_to_decide"), {"do": "approve", "row": [mine.pk, other.pk]}
    )
    assert answer.status_code == 302
    assert Expense.objects.get(pk=mine.pk).state == "approved"
    assert Expense.objects.get(pk=other.pk).is_waiting


def test_the_same_receipt_twice_is_shown_to_who_decides(files):
    first, second = files("10.00"), files("20.00")
    page = client_of(SUPERVISOR).get(reverse("expense", args=[second.pk])).content.decode()
    assert f"The same receipt came with claim {first.claim_no}" in page
    assert (
        "The same receipt"
        not in client_of(SHE).get(reverse("expense", args=[second.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [(SHE, 200), (SUPERVISOR, 200), (FINANCE, 200), (MATE, 404), (KEEPER, 404), (PERSONNEL, 404)],
)
def test_a_receipt_is_opened_by_who_may_see_the_claim(files, who, status):
    files()
    address = reverse("file", args=[StoredFile.objects.get().pk])
    assert client_of(who).get(address).status_code == status


def test_the_keeper_sees_no_money(files):
    files()
    assert client_of(KEEPER).get(reverse("expenses")).status_code == 403
    assert "C2611" not in client_of(KEEPER).get("/").content.decode()


def test_the_lists_find_by_state(files):
    files("10.00")
    approve(files("20.00"))
    browser = client_of(FINANCE)
    for state, there, gone in (("waiting", "0001", "0002"), ("approved", "0002", "0001")):
        page = browser.get(reverse("expenses"), {"state": state}).content.decode()
        assert f"C2611-{there}" in page
        assert f"C2611-{gone}" not in page


def test_the_desk_says_what_waits_and_what_was_refused(files):
    files("10.00")
    expense_refuse(claim=files("20.00"), reply="a wrong stamp", actor=user(MANAGER))
    assert "a wrong stamp" in client_of(SHE).get("/").content.decode()
    page = client_of(SUPERVISOR).get("/").content.decode()
    assert "Claims to decide" in page
    assert "20.00" not in page
