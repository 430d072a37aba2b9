"""A quarter reckoned for everybody, as a job (KPI-1). Run twice it changes nothing more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.db import read_snapshot, statistics_ensure
from core.jobs import JobRefused, Running
from core.tables.staging import batched
from performance.models import Appraisal
from performance.reads.quarter import appraised_in, quarter_facts
from performance.rules.appraisal import Facts, Indicator, adjusted, grade_of, indicators, score_of
from performance.rules.periods import Period
from policy.querysets import policy_book
from policy.rules import Policy

BATCH = 500
RECKONED = ("indicators", "computed", "score", "grade", "computed_at", "version")


def quarter_go_on(*, running: Running) -> None:
    """Reckon the quarter a run names. Raises `JobRefused` while it is not over."""
    quarter = Period.parse(running.run.subject)
    if quarter.last_day >= clock.today():
        raise JobRefused(_("The quarter is not over yet."))
    advance = running.begin(steps=2)
    advance("counting")
    statistics_ensure()
    policy = policy_book().on(quarter.last_day)
    with read_snapshot():
        facts = quarter_facts(quarter, policy, appraised_in(quarter))
    advance("writing")
    running.finish(outcome=quarter_keep(quarter=quarter, policy=policy, facts=facts))


def quarter_keep(*, quarter: Period, policy: Policy, facts: Mapping[int, Facts]) -> dict[str, int]:
    """Keep what a quarter came to: new drafts, and those that came to something else. What was
    told stays as it was; drafts of those who are not appraised any more go.

    In short transactions of some hundred people each.
    """
    new = changed = 0
    for people in batched(sorted(facts), BATCH):
        with transaction.atomic():
            made, differ = _keep(quarter, policy, {pk: facts[pk] for pk in people})
        new, changed = new + made, changed + differ
    drafts = Appraisal.objects.filter(quarter=str(quarter), state=Appraisal.State.DRAFT)
    gone = [pk for pk, person in drafts.values_list("pk", "person") if person not in facts]
    drafts.filter(pk__in=gone).delete()
    return {"people": len(facts), "new": new, "changed": changed}


def _keep(quarter: Period, policy: Policy, facts: Mapping[int, Facts]) -> tuple[int, int]:
    kept = Appraisal.objects.filter(quarter=str(quarter), person__in=facts)
    there = {row.person_id: row for row in kept.order_by("pk").select_for_update()}
    new, changed = [], []
    for person, counted in facts.items():
        found = indicators(counted, policy, quarter)
        row = there.get(person)
        if row is None:
            row = Appraisal(person_id=person, quarter=str(quarter))
            _reckon(row, found, policy)
            new.append(row)
        elif row.state == Appraisal.State.DRAFT and row.indicators != as_kept(found):
            _reckon(row, found, policy)
            row.version += 1
            changed.append(row)
    Appraisal.objects.bulk_create(new, ignore_conflicts=True)
    Appraisal.objects.bulk_update(changed, RECKONED)
    return len(new), len(changed)


def _reckon(row: Appraisal, found: Sequence[Indicator], policy: Policy) -> None:
    row.indicators = as_kept(found)
    row.computed = score_of(found)
    row.score = adjusted(row.computed, row.points)
    row.grade = grade_of(row.score, policy)
    row.computed_at = clock.now()


def as_kept(found: Sequence[Indicator]) -> list[dict[str, Any]]:
    """Indicators as an appraisal keeps them."""
    return [
        {
            "key": each.key,
            "weight": each.weight,
            "score": None if each.score is None else str(each.score),
            "figures": dict(each.figures),
        }
        for each in found
    ]
