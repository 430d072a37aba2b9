"""Leave asked for, evidence handed in, a request withdrawn (LEA-1, LEA-2, LEA-4, LEA-5)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Person, User
from attendance.models import Leave, LeaveType
from attendance.services.leave import AskedLeave, leave_ask, leave_evidence, leave_withdraw
from attendance.services.leave_deciding import leave_approve
from attendance.services.leave_keeping import ChangedMeanwhile, LeaveRefused
from core.files.models import StoredFile
from core.files.reading import file_read
from core.models import AuditRow
from notices.models import Notice
from policy.models import PolicyParameter
from tests.builders import day
from tests.cast import LEADER, MANAGER, MATE, SHE, SUPERVISOR

pytestmark = pytest.mark.django_db


def user(no: str) -> User:
    return User.objects.select_related("person").get(username=no)


def half(text: str) -> tuple:
    return day(f"2026-{text[:-2]}"), text[-2:]


def wanted(span: str, kind: str = "personal", reason: str = "a wedding") -> AskedLeave:
    """`11-09am..11-10pm`."""
    start, _, end = span.partition("..")
    return AskedLeave(kind, *half(start), *half(end or start), reason)


def ask(person: Person, span: str, kind: str = "personal", **said) -> Leave:
    reason = said.pop("reason", "a wedding")
    return leave_ask(
        person=person,
        asked=wanted(span, kind, reason),
        token=said.pop("token", None) or uuid4(),
        actor=user(person.employee_no),
        **said,
    )


@pytest.fixture
def her(people) -> Person:
    return Person.objects.select_related("supervisor").get(pk=people[SHE].pk)


def told(no: str) -> list[str]:
    return list(Notice.objects.filter(person__employee_no=no).values_list("text", flat=True))


def test_it_waits_and_the_supervisor_is_told(her):
    leave = ask(her, "11-09am..11-10pm")
    assert (leave.status, leave.steps_needed, leave.version) == ("pending", 1, 0)
    assert told(SUPERVISOR) == ["%(name)s asks for leave from %(from)s to %(to)s"]
    assert told(MANAGER) == told(SHE) == []


def test_the_trail_does_not_say_why(her):
    ask(her, "11-09am..11-10pm", "sick", reason="FEVER")
    assert "FEVER" not in str(list(AuditRow.objects.values_list("changes", flat=True)))
    assert "FEVER" not in str(list(Notice.objects.values_list("values", flat=True)))


@pytest.mark.parametrize(
    ("days", "span", "steps"),
    [
        ("3", "11-09am..11-11pm", 1),
        ("3", "11-09am..11-12am", 2),
        # A weekend is no workday.
        ("3", "11-06am..11-10pm", 1),
        ("0", "11-09am..11-20pm", 1),
        ("1", "11-09am..11-10am", 2),
    ],
)
def test_many_workdays_go_on_to_the_manager(her, days, span, steps):
    PolicyParameter.objects.create(
        effective_on=day("2026-01-01"), parameter="leave_manager_days", value=days
    )
    assert ask(her, span).steps_needed == steps


@pytest.mark.parametrize("who", [SUPERVISOR, MANAGER, LEADER])
def test_whoever_has_no_supervisor_needs_one_word_alone(people, who):
    person = Person.objects.select_related("supervisor").get(pk=people[who].pk)
    assert ask(person, "11-09am..11-20pm").steps_needed == 1


def test_one_form_sent_twice_is_one_request(her, people):
    token = uuid4()
    assert ask(her, "11-09am..11-09pm", token=token) == ask(her, "11-09am..11-09pm", token=token)
    assert Leave.objects.count() == 1
    with pytest.raises(LeaveRefused):
        ask(people[MATE], "11-09am..11-09pm", token=token)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("11-09am..11-09am", True),
        ("11-06am..11-10am", False),
        ("11-10pm..11-11am", False),
        ("11-10am..11-12pm", False),
        ("11-11pm..11-12pm", True),
        ("11-09am..11-13pm", False),
    ],
)
def test_requests_do_not_overlap(her, span, said):
    """9 November in the afternoon through the 11th in the morning is asked for already."""
    first = ask(her, "11-09pm..11-11am")
    if said:
        assert ask(her, span, "personal").status == "pending"
        return
    with pytest.raises(LeaveRefused) as refusal:
        ask(her, span)
    assert "2026" in str(refusal.value)
    assert Leave.objects.get() == first


def test_what_came_to_nothing_may_be_asked_again(her):
    first = ask(her, "11-09am..11-10pm", reason="first")
    leave_withdraw(leave=first, actor=user(SHE))
    again = ask(her, "11-09am..11-09pm", reason="second")
    assert (again.pk, again.reason, again.status) == (first.pk, "second", "pending")
    assert again.end_on == day("2026-11-09")
    assert again.version > first.version
    with pytest.raises(ChangedMeanwhile):
        leave_withdraw(leave=first, actor=user(SHE))


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(wanted("11-10am..11-09pm"), id="ends before it starts"),
        pytest.param(wanted("11-09pm..11-09am"), id="ends in the morning before"),
        pytest.param(wanted("11-07am..11-08pm"), id="a weekend alone"),
        pytest.param(wanted("11-09am..11-09pm", reason=" "), id="no reason"),
        pytest.param(wanted("11-09am..11-09pm", "nosuch"), id="no such type"),
        pytest.param(wanted("11-09am..11-09pm", "old"), id="a retired type"),
        pytest.param(wanted("01-05am..01-06pm"), id="long ago"),
        pytest.param(AskedLeave("personal", day("2029-01-01"), "am", day("2029-01-02"), "pm", "x"),
                     id="far ahead"),
    ],
)  # fmt: skip
def test_what_is_no_request(her, asked):
    LeaveType.objects.create(
        code="old", name="old", pay_rate=Decimal(1), retired_on=day("2026-10-01")
    )
    with pytest.raises(LeaveRefused):
        leave_ask(person=her, asked=asked, token=uuid4(), actor=user(SHE))
    assert not Leave.objects.exists()
    assert not Notice.objects.exists()


def test_a_make_up_saturday_is_a_workday(her):
    from policy.models import CalendarDay

    CalendarDay.objects.create(date=day("2026-11-07"), is_workday=True)
    assert ask(her, "11-07am..11-07pm").status == "pending"


def test_evidence_comes_with_it_or_later(her, photo):
    leave = ask(her, "11-09am..11-09pm", "sick", files=[file_read(photo())])
    assert leave.evidence == "white.jpg"
    later = ask(her, "11-10am..11-10pm", "sick")
    assert later.evidence == ""
    given = leave_evidence(leave=later, files=[file_read(photo("red"))], actor=user(SHE))
    assert (given.evidence, given.version) == ("red.jpg", later.version)
    assert StoredFile.objects.filter(kind="leave", owner=str(later.pk)).count() == 1
    leave_withdraw(leave=given, actor=user(SHE))
    with pytest.raises(ChangedMeanwhile):
        leave_evidence(leave=given, files=[file_read(photo("blue"))], actor=user(SHE))


def test_what_was_decided_is_not_withdrawn(her):
    seen = ask(her, "11-09am..11-09pm")
    leave_approve(leave=seen, step=1, actor=user(SUPERVISOR))
    with pytest.raises(ChangedMeanwhile, match=user(SUPERVISOR).get_full_name()):
        leave_withdraw(leave=seen, actor=user(SHE))
