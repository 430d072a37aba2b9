"""Two who decide on one appeal, two who file one, and a final that comes between."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person, User
from core.models import AuditRow
from payroll.models import Appeal, Entry, PayMonth, Waiver
from payroll.services import (
    AppealRefused,
    CannotFinal,
    appeal_decide,
    appeal_file,
    month_final,
)
from payroll.services import appeals as deciding
from payroll.services.appeals import ChangedMeanwhile
from tests.races.at_once import at_once, elsewhere, fewer_on_sqlite
from tests.races.october import FIRST_SUM, MONTH, close, facts_say, she

ROUNDS = fewer_on_sqlite(6)


def user_of(person: Person) -> User:
    return User.objects.get_or_create(username=person.employee_no, defaults={"person": person})[0]


def charge() -> Entry:
    return (
        Entry.objects.standing()
        .select_related("person")
        .get(key__endswith="/RACE", for_month=MONTH)
    )


def file(**more: Any) -> Appeal:
    return appeal_file(
        **{
            "entry": charge(),
            "text": "It was broken before.",
            "token": uuid4(),
            "actor": user_of(she()),
            **more,
        }
    )


def managers() -> list[User]:
    """Two who hold the role: each with a login of their own."""
    found = list(Person.objects.filter(roles__contains="manager").order_by("pk")[:2])
    if len(found) < 2:
        one = found[0]
        found.append(
            Person.objects.create(
                employee_no="M999", name="二", roles="manager", hired_on=one.hired_on
            )
        )
    return [user_of(person) for person in found]


def contested() -> Appeal:
    facts_say(FIRST_SUM)
    close()
    return file()


def decide(appeal: Appeal, *, grant: bool, actor: User) -> Appeal:
    return appeal_decide(appeal=appeal, grant=grant, reply="so it is", actor=actor)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_decide_at_once(books, turn):
    appeal = contested()
    one, other = managers()
    came = at_once(
        books,
        lambda: decide(appeal, grant=True, actor=one),
        lambda: decide(appeal, grant=False, actor=other),
    )
    decided = [each for each in came if isinstance(each, Appeal)]
    told = [each for each in came if isinstance(each, ChangedMeanwhile)]
    assert (len(decided), len(told)) == (1, 1), came
    standing = Appeal.objects.get(pk=appeal.pk)
    assert standing.decided_by.get_full_name() in str(told[0])
    # What was decided is what was done, and nothing of the other.
    assert Waiver.objects.exists() == (standing.state == "granted")
    assert AuditRow.objects.filter(action__in=("appeal granted", "appeal refused")).count() == 1


def test_control_without_the_condition_both_decide(books, monkeypatch):
    """Who comes second overwrites: refused, and forgiven all the same."""

    def changed(appeal: Appeal, **values: Any) -> None:
        Appeal.objects.filter(pk=appeal.pk).update(**values)

    monkeypatch.setattr(deciding, "_change", changed)
    appeal = contested()
    one, other = managers()
    decide(appeal, grant=True, actor=one)
    elsewhere(books, lambda: decide(appeal, grant=False, actor=other))
    assert Appeal.objects.get(pk=appeal.pk).state == "refused"
    assert Waiver.objects.exists()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_two_file_at_once(books, turn):
    facts_say(FIRST_SUM)
    close()
    user_of(she())
    came = at_once(books, file, file)
    assert sorted(type(each).__name__ for each in came) == ["Appeal", "AppealRefused"], came
    assert Appeal.objects.undecided().count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_form_twice_at_once(books, turn):
    facts_say(FIRST_SUM)
    close()
    user_of(she())
    token = uuid4()
    came = at_once(books, lambda: file(token=token), lambda: file(token=token))
    assert came[0] == came[1] == Appeal.objects.get(), came
    assert AuditRow.objects.filter(action="appeal").count() == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_an_appeal_and_a_final_at_once(books, turn):
    """Either the final saw the appeal and refused, or the appeal came too late."""
    facts_say(FIRST_SUM)
    close()
    user_of(she())
    filed, made = at_once(books, file, lambda: month_final(month=MONTH, early_reason="a test"))
    if isinstance(made, Exception):
        assert isinstance(made, CannotFinal), made
        assert isinstance(filed, Appeal), filed
    else:
        assert isinstance(filed, AppealRefused), filed
    assert PayMonth.objects.get(month=MONTH).is_final != Appeal.objects.exists()
