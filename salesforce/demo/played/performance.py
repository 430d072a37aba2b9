"""Targets, the last quarter's appraisals, activities (TAR-1, KPI-1, PLAN-1)."""

from datetime import time, timedelta
from decimal import Decimal

from accounts.models import Person
from core import clock
from performance.models import Activity, Appraisal
from performance.reads.quarter import appraised_in, quarter_facts
from performance.rules.periods import Period
from performance.services.activities import (
    Plan,
    activity_carry_out,
    activity_decide,
    activity_plan,
)
from performance.services.appraisals import (
    appraisal_acknowledge,
    appraisal_adjust,
    appraisal_object,
    appraisal_tell,
)
from performance.services.reckoning import quarter_keep
from performance.services.targets import target_set
from policy.querysets import policy_book
from salesforce.demo.played.stage import ago, form, person, user

MANAGER, SUPERVISOR, LEADER = "M001", "Z001", "L001"
HER, MATE, OTHER = "Y001", "Y002", "Y003"
A_YEAR = (Decimal(960000), Decimal(720000), Decimal(1200000))


def performance_play() -> None:
    _targets()
    _appraisals()
    _activities()


def _targets() -> None:
    """Every contract says one; this month the manager asks more of her."""
    people = Person.objects.salespeople().order_by("employee_no")
    for n, each in enumerate(people):
        each.contract_target = A_YEAR[n % len(A_YEAR)]
    Person.objects.bulk_update(people, ["contract_target"])
    month = Period.month_of(clock.today())
    with ago(2, time(9, 15)):
        target_set(
            period=month, amount=Decimal(90000), seen=0, person=person(HER), actor=user(MANAGER)
        )


def _appraisals() -> None:
    """Of the last quarter: hers waits for her word, a mate's is acknowledged, another objects."""
    quarter = Period.quarter_of(clock.today()).previous()
    policy = policy_book().on(quarter.last_day)
    facts = quarter_facts(quarter, policy, appraised_in(quarter))
    quarter_keep(quarter=quarter, policy=policy, facts=facts)

    def of(no: str) -> Appraisal:
        found: Appraisal = Appraisal.objects.get(person=person(no), quarter=str(quarter))
        return found

    with ago(1, time(10, 0)):
        if of(MATE).computed is not None:
            appraisal_adjust(
                appraisal=of(MATE), points=3, reason="带新人两名。", actor=user(MANAGER)
            )
        for no in (HER, MATE, OTHER):
            appraisal_tell(appraisal=of(no), talk="谈了本季度的回访和新客户。", actor=user(MANAGER))
    with ago(0, time(8, 40)):
        appraisal_acknowledge(appraisal=of(MATE), actor=user(MATE))
        appraisal_object(
            appraisal=of(OTHER),
            objection="两家客户七月才转给我，回访不该算我的。",
            actor=user(OTHER),
        )


def _activities() -> None:
    """One carried out, one that waits for approval."""
    with ago(9, time(9, 0)):
        fair = _planned("客户答谢会", 3, "请老客户来看新品，现场下单有优惠。", HER, MATE)
        activity_decide(activity=fair, approve=True, decision="", actor=user(MANAGER))
    with ago(5, time(17, 0)):
        fair.refresh_from_db()
        came = {person(HER).pk: True}
        activity_carry_out(
            activity=fair, result="来了 9 家，意向 3 家。", came=came, actor=user(MANAGER)
        )
    with ago(0, time(8, 50)):
        _planned("周边县市推广", 6, "三天走余姚、慈溪、象山。", HER)


def _planned(title: str, days: int, text: str, *numbers: str) -> Activity:
    on = clock.today() + timedelta(days=days)
    plan = Plan(title, text, "", "", on, on, Decimal(2000), [person(no) for no in numbers])
    return activity_plan(plan=plan, token=form(f"activity {title}"), actor=user(SUPERVISOR))
