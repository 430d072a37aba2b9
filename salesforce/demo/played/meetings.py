"""Meetings held and to come, the roster, trainings, plans and problems (MEET, TRAIN)."""

from datetime import date, time, timedelta

from core import clock
from reports.models import CleaningTurn, Meeting
from reports.services import (
    Came,
    SeriesFacts,
    TrainingFacts,
    cleaning_make,
    decision_add,
    decision_done,
    meeting_close,
    meetings_make,
    minutes_write,
    plan_write,
    point_add,
    praise_give,
    presence_scan,
    problem_answer,
    problem_write,
    results_write,
    series_add,
    training_close,
    training_enrol,
    training_plan,
    turn_confirm,
    turn_done,
)
from salesforce.demo.played.stage import ago, form, on, person, user

TEAM, CHAIR, MANAGER, LEADER = "销售1组", "Z001", "M001", "L001"
HERS, MATES = "Y001", ("Y004", "Y007", "Y010")
BEGAN = 10  # so many days ago
MORNING = time(8, 30)


def meetings_play() -> None:
    with ago(BEGAN, time(7, 30)):
        _series()
        cleaning_make()
    _told()
    today = clock.today()
    past = [today - timedelta(days=n) for n in range(BEGAN, 0, -1)]
    for day in past:
        _cleaned(day)
    for row in Meeting.objects.filter(kind="morning", team=TEAM, on__in=past[-4:]).order_by("on"):
        _held(row)
    for row in Meeting.objects.filter(kind="saturday", on__in=past):
        _summary(row)
    meetings_make()
    cleaning_make()
    _today()
    _trainings()


def _series() -> None:
    manager = user(MANAGER)
    for title, kind, team, weekday, starts, chair in (
        ("早会", "morning", TEAM, None, MORNING, CHAIR),
        ("销售例会", "weekly", "", 0, time(17, 0), MANAGER),
        ("周六总结会", "saturday", "", 5, time(10, 0), MANAGER),
    ):
        facts = SeriesFacts(
            kind=kind,
            title=title,
            team=team,
            weekday=weekday,
            starts=starts,
            minutes=30,
            place="二楼会议室",
            chair=person(chair),
            from_on=clock.today(),
            until_on=None,
        )
        series_add(facts=facts, token=form(f"series {title}"), actor=manager)


def _told() -> None:
    """What was met on the road in the days before."""
    for days, who, text in (
        (7, HERS, "客户说同行报价低一成，要求降价，怎么回？"),
        (3, MATES[0], "样机演示时报警，现场不会复位。"),
        (1, HERS, "对方采购换人，原来谈好的付款条件不认了。"),
    ):
        with ago(days, time(17, 40)):
            problem_write(
                person=person(who), text=text, token=form(f"problem {text}"), actor=user(who)
            )


def _cleaned(day: date) -> None:
    """All said so, and most are confirmed; yesterday's wait."""
    for row in CleaningTurn.objects.filter(on=day).select_related("person"):
        with on(day, time(9, 5)):
            done = turn_done(turn=row, actor=user(row.person.employee_no))
        if (clock.today() - day).days > 1:
            with on(day, time(12, 0)):
                turn_confirm(turn=done, actor=user(row.person.supervisor.employee_no))


def _held(row: Meeting) -> None:
    chair = user(CHAIR)
    for minute, who in enumerate((CHAIR, HERS, *MATES)):
        with on(row.on, time(8, 26 + 4 * minute)):
            presence_scan(meeting=row, person=person(who), actor=user(who))
    with on(row.on, time(8, 50)):
        written = minutes_write(
            meeting=row,
            record="逐个过昨天的拜访和今天的计划；重点客户先打电话再上门。",
            actor=chair,
        )
        _decided(row)
        problem = person(HERS).learnings.filter(talked_in=None, written_at__lt=row.starts_at)
        for each in problem[:1]:
            answer = "不降价，可以送一年配件；报价单上写明。"
            problem_answer(problem=each, meeting=row, answer=answer, actor=chair)
        meeting_close(meeting=written, actor=chair)


def _decided(row: Meeting) -> None:
    what = f"{row.on:%m-%d}"
    made = decision_add(
        meeting=row,
        text="把上周报价未回的客户列成清单，逐个回访",
        owner=person(HERS),
        due_on=row.on + timedelta(days=2),
        token=form(f"decision {what}"),
        actor=user(CHAIR),
    )
    if (clock.today() - row.on).days > 1:
        with on(row.on + timedelta(days=1), time(17, 0)):
            decision_done(decision=made, note="已回访六家，两家约了上门。", actor=user(HERS))


def _summary(row: Meeting) -> None:
    with on(row.on, time(10, 20)):
        praise_give(
            meeting=row,
            person=person(MATES[1]),
            reason="本周上门拜访十二家，新签一单，记录写得最细。",
            actor=user(LEADER),
        )
        meeting_close(meeting=row, actor=user(MANAGER))


def _today() -> None:
    """The plans of today, and a point for this morning's meeting, where there is one."""
    for who, text in (
        (MATES[0], "上午镇海两家回访，下午回公司写方案。"),
        (MATES[1], "北仑，签合同。"),
    ):
        with ago(0, time(8, 5)):
            plan_write(person=person(who), text=text, seen=-1, actor=user(who))
    for row in Meeting.objects.filter(on=clock.today(), team=TEAM, state=Meeting.State.PLANNED):
        text = "下周展会的人手安排"
        point_add(meeting=row, text=text, token=form("point"), actor=user(CHAIR))


def _trainings() -> None:
    manager = user(MANAGER)
    with ago(BEGAN, time(9, 0)):
        held = training_plan(
            facts=_training("新款变频器产品培训", TEAM, days=2, compulsory=True),
            token=form("training held"),
            actor=manager,
        )
    with ago(BEGAN - 2, time(17, 0)):
        places = held.enrolments.filter(person__employee_no__in=(HERS, *MATES))
        came = {place.pk: Came(True, "passed", "笔试合格") for place in places}
        results_write(training=held, came=came, actor=manager)
        held.refresh_from_db()
        training_close(training=held, actor=manager)
    with ago(1, time(9, 0)):
        coming = training_plan(
            facts=_training("应收款催收与合同风险", "", days=4, places=12),
            token=form("training to come"),
            actor=user("H001"),
        )
    for who in MATES:
        training_enrol(training=coming, person=person(who), actor=user(who))


def _training(
    title: str, team: str, *, days: int, places: int | None = None, compulsory: bool = False
) -> TrainingFacts:
    day = clock.today() + timedelta(days=days)
    return TrainingFacts(
        title=title,
        topic="带上最近一周的客户清单，现场演练。",
        trainer="技术部王工",
        team=team,
        starts_at=clock.at(day, time(14, 0)),
        ends_at=clock.at(day, time(16, 0)),
        place="二楼会议室",
        places=places,
        compulsory=compulsory,
    )
