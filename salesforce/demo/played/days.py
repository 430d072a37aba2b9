"""Days explained and decided, an outing, an outage, fines in cash (ATT-1, ATT-2, ATT-6)."""

from datetime import date, time, timedelta

from accounts.models import Person
from attendance.incidents import SideShown, judged, sides_of, standing
from attendance.models import Excuse
from attendance.services.asked import asked_approve, asked_refuse
from attendance.services.excuses import excuse_ask
from attendance.services.fines import amount_of, fine_tick, fines_hand_over
from attendance.services.make_ups import make_up_ask
from attendance.services.outages import Failure, outage_decide
from attendance.services.outings import Going, outing_ask
from core import clock
from core.files.reading import file_read
from core.months import Month
from salesforce.demo.played.photo import receipt_photo
from salesforce.demo.played.stage import ago, form, person, user

SALESPERSON, MANAGER, CASHED = "Y001", "M001", 3
TOLD = (
    ("地铁故障，附延误证明", ""),
    ("早上先去客户处取合同", "已与客户核实"),
    ("起晚了", "不属于可以说明的情况"),
)


def days_play() -> None:
    _cash()  # first: what was explained since is no fine any more
    _explained()
    _outings()
    _outage()


def _explained() -> None:
    """Of the month's lates and missing punches: one waits, one is accepted, one refused."""
    told = zip(_unexplained(), TOLD, strict=False)
    for number, ((who, side), (reason, reply)) in enumerate(told):
        with ago(0, time(8, 30)):
            row = _explain(who, side, reason, photo=number == 0)
        if not reply:
            continue
        row = Excuse.objects.select_related("person").get(pk=row.pk)
        with ago(0, time(8, 50)):
            if number == 1:
                asked_approve(row=row, reply=reply, actor=user(MANAGER))
            else:
                asked_refuse(row=row, reply=reply, actor=user(MANAGER))


def _unexplained() -> list[tuple[Person, SideShown]]:
    """One of each of some salespeople, as far as the month has any."""
    month = Month.of(clock.today())
    found = []
    for who in Person.objects.salespeople().filter(left_on=None).order_by("employee_no"):
        sides = [each for each in sides_of(who, month) if each.excuse is None]
        found += [(who, each) for each in sides[:1] if each.day < clock.today()]
    return found[: len(TOLD)]


def _explain(who: Person, side: SideShown, reason: str, *, photo: bool) -> Excuse:
    files = [file_read(receipt_photo("延误证明.jpg", amount="0.00"))] if photo else []
    return excuse_ask(
        person=who,
        day=side.day,
        side=side.incident.side,
        reason=reason,
        token=form(f"explain {who.employee_no}"),
        files=files,
        actor=user(who.employee_no),
    )


def _outings() -> None:
    """One to a customer tomorrow morning, said today; a punch that was forgotten."""
    who, actor = person(SALESPERSON), user(SALESPERSON)
    tomorrow = clock.today() + timedelta(days=1)
    going = Going(
        clock.at(tomorrow, time(9, 0)),
        clock.at(tomorrow, time(11, 30)),
        who.customers.order_by("customer_no").first(),
        "",
        "送样品，签回执",
    )
    with ago(0, time(8, 20)):
        outing_ask(person=who, going=going, token=form("outing"), actor=actor)
        if (day := _yesterday()) is not None:
            make_up_ask(
                person=who,
                at=clock.at(day, time(18, 2)),
                reason="送客户下楼，忘了打卡",
                token=form("make-up"),
                actor=actor,
            )


def _yesterday() -> date | None:
    """Yesterday, where it lies in the running month: those before it are closed."""
    day = clock.today() - timedelta(days=1)
    return day if day in Month.of(clock.today()) else None


def _outage() -> None:
    """The machine at the door of a team did not work one evening."""
    if (day := _yesterday()) is None:
        return
    failure = Failure(
        clock.at(day, time(17, 50)), clock.at(day, time(18, 5)), "门口打卡机断电", "销售2组"
    )
    with ago(0, time(8, 10)):
        outage_decide(failure=failure, token=form("outage"), actor=user("H001"))


def _cash() -> None:
    """Some fines of the month were paid in cash; part of it waits for the cashier to sign."""
    boss, month = user(MANAGER), Month.of(clock.today())
    people = {each.employee_no: each for each in Person.objects.salespeople()}
    unpaid = [row for row in standing(judged(month, people.values())) if row.paid_at is None]
    with ago(0, time(8, 0)):
        for number, row in enumerate(unpaid[:CASHED]):
            whose = people[row.employee_no]
            payment = fine_tick(person=whose, day=row.day, side=row.side, actor=boss)
            if number == 0:
                amount = amount_of([payment])
                fines_hand_over(expected=amount, token=form("cash of fines"), actor=boss)
