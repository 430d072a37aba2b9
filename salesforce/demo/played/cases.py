"""What was done about the bad debts: chased, sued, judged; an outcome that waits (RES-3)."""

from datetime import date, time, timedelta
from typing import Any

from core import clock
from core.files.reading import file_read
from receivables.models import BadDebt, UnpaidDelivery
from receivables.services.cases import (
    StepSaid,
    case_no_suggest,
    case_open,
    case_step_record,
)
from receivables.services.outcomes import outcome_propose
from salesforce.demo.played.photo import paper_pdf
from salesforce.demo.played.stage import ago, form, on, user

SUED, CHASED, DEAD, RECOVERED = "B002", "B004", "B001", "B003"
NEXT = timedelta(days=3)


def cases_play() -> None:
    """The facts came from a file; here is what people wrote down about them."""
    _sued()
    _chased()
    _ended()
    _new()


def _step(
    case_no: str, day: date, who: str, said: tuple[str, str], paper: str = "", **next_: Any
) -> None:
    case = BadDebt.objects.get(case_no=case_no)
    day = min(max(day, case.opened_on), clock.today())
    kind, text = said
    with on(day, time(16, 30)):
        case_step_record(
            actor=user(who),
            case=case,
            said=StepSaid(kind, day, text, **next_),
            token=form(f"{case_no}/{kind}"),
            files=[file_read(paper_pdf(paper))] if paper else [],
        )


def _opened(case_no: str) -> date:
    return BadDebt.objects.values_list("opened_on", flat=True).get(case_no=case_no)


def _days(case_no: str, n: int) -> date:
    return _opened(case_no) + timedelta(days=n)


def _sued() -> None:
    """In court, judged against the company; finance proposes that the debt is dead."""
    _step(SUED, _days(SUED, 2), "Y002", ("visit", "上门催收，财务负责人称资金被占用，拒绝付款。"))
    _step(
        SUED, _days(SUED, 6), "C001", ("letter", "委托律师发出律师函，限七日内付清。"), "律师函.pdf"
    )
    _step(SUED, _days(SUED, 15), "C001", ("filed", "向鄞州区人民法院起诉，已立案。"))
    _step(SUED, _days(SUED, 40), "C001", ("hearing", "开庭，对方缺席。"))
    judged = clock.today() - timedelta(days=2)
    said = ("judgment", "判决：对方已资不抵债，无财产可供执行，终结本次执行。")
    _step(SUED, judged, "C001", said, "民事判决书.pdf")
    with ago(1, time(15, 20)):
        outcome_propose(
            actor=user("C001"),
            case=BadDebt.objects.get(case_no=SUED),
            outcome="dead",
            on=clock.today(),
            reason="法院终结执行，对方无财产，货款已无法收回。",
            token=form(f"{SUED}/outcome"),
        )


def _chased() -> None:
    """The salesperson is at it, and knows what is next."""
    _step(CHASED, _days(CHASED, 1), "Y015", ("call", "连续三天电话联系，对方总经理不接。"))
    _step(
        CHASED, clock.today() - timedelta(days=1), "Y015",
        ("visit", "上门见到出纳，答应本周先付三千元。"),
        next_on=clock.today() + NEXT, next_what="上门收首笔三千元",
    )  # fmt: skip


def _ended() -> None:
    _step(DEAD, _days(DEAD, 20), "C001", ("judgment", "败诉，判决已生效。"), "判决书.pdf")
    _step(RECOVERED, _days(RECOVERED, 25), "C001", ("paid", "调解后对方转账付清全部货款。"))


def _new() -> None:
    """Opened yesterday on what was escalated longest and is no case yet."""
    spoken_of = BadDebt.objects.values("order")
    longest = UnpaidDelivery.objects.open().filter(escalated_on__isnull=False)
    row = longest.exclude(order__in=spoken_of).order_by("delivered_on", "id").first()
    if row is None:
        return
    with ago(1, time(10, 10)):
        case_open(
            actor=user("C001"),
            order=row.order,
            case_no=case_no_suggest(),
            opened_on=clock.today(),
            why="客户已搬离原址，法人电话停机，多次上门未遇。",
            token=form("new case"),
        )
