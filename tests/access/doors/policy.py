"""Doors of the rules, the policy, its simulations, and the calendar."""

from django.urls import reverse

from payroll.simulation.models import PolicySimulation
from policy.models import CalendarDay, PolicyDraft, PolicyParameter
from tests.access.door import Door, plain, those
from tests.access.world import EVERYBODY, World
from tests.cast import FINANCE, LEADER, MANAGER, PERSONNEL, SHE

SEE_POLICY = those(MANAGER, FINANCE, PERSONNEL, LEADER)
DRAFT_POLICY = those(MANAGER, FINANCE, PERSONNEL)
PUT_IN_FORCE = those(MANAGER, LEADER)
KEEP_CALENDAR = those(MANAGER, PERSONNEL)
SIMULATE = those(MANAGER, FINANCE, LEADER)
A_DAY = "2026-11-20"


def draft() -> PolicyDraft:
    return PolicyDraft.objects.get()


def of_draft(name: str):
    return lambda world: reverse(name, args=[draft().pk])


def of_simulation(name: str, *more: str):
    return lambda world: reverse(name, args=[PolicySimulation.objects.get().pk, *more])


def seen(world: World) -> dict[str, object]:
    return {"version": draft().version}


def drafts(world: World) -> list[tuple[str, str, dict[str, str]]]:
    return list(PolicyDraft.objects.order_by("id").values_list("name", "state", "changes"))


def policy(world: World) -> int:
    return PolicyParameter.objects.count()


def simulations(world: World) -> int:
    return PolicySimulation.objects.count()


def edited(world: World) -> dict[str, object]:
    """The form as it stands, one figure changed."""
    from policy.forms import DraftForm
    from policy.querysets import policy_book

    found = draft()
    form = DraftForm(
        base=policy_book().on(found.effective_on),
        changes=found.changes,
        initial={
            "name": found.name,
            "effective_on": str(found.effective_on),
            "version": found.version,
        },
    )
    told = {field.name: field.value() for field in form if field.name != "commission_tiers"}
    tiers = form["commission_tiers"].value()
    return {
        **told,
        "commission_tiers_up_to": [up_to for up_to, _rate in tiers],
        "commission_tiers_rate": [rate for _up_to, rate in tiers],
        "late_fine": "9.00",
    }


DOORS = {
    "rules": Door(plain("rules"), get=EVERYBODY, nobody=200),
    "rule": Door(lambda world: reverse("rule", args=["ATT-2"]), get=EVERYBODY, nobody=200),
    "calendar": Door(plain("calendar"), get=EVERYBODY, nobody=302, lands=302),
    "calendar_year": Door(
        lambda world: reverse("calendar_year", args=[2026]), get=EVERYBODY, nobody=200
    ),
    "calendar_day": Door(
        lambda world: reverse("calendar_day", args=[A_DAY]),
        get=KEEP_CALENDAR,
        post=KEEP_CALENDAR,
        data=lambda world: {"is_workday": "no", "note": "outing"},
        effect=lambda world: CalendarDay.objects.count(),
    ),
    "policy_versions": Door(plain("policy_versions"), get=SEE_POLICY),
    "policy_compare": Door(plain("policy_compare"), get=SEE_POLICY),
    "policy_draft_new": Door(
        plain("policy_draft_new"),
        get=DRAFT_POLICY,
        post=DRAFT_POLICY,
        data=lambda world: {"name": "summer", "effective_on": "2026-12-01"},
        effect=drafts,
    ),
    "policy_draft": Door(of_draft("policy_draft"), get=SEE_POLICY),
    "policy_draft_edit": Door(
        of_draft("policy_draft_edit"),
        get=DRAFT_POLICY,
        post=DRAFT_POLICY,
        data=edited,
        effect=drafts,
    ),
    "policy_draft_put": Door(
        of_draft("policy_draft_put"),
        get=PUT_IN_FORCE,
        post=PUT_IN_FORCE,
        data=seen,
        effect=policy,
    ),
    "policy_draft_discard": Door(
        of_draft("policy_draft_discard"), post=SEE_POLICY, data=seen, effect=drafts
    ),
    "simulate": Door(
        of_draft("simulate"),
        post=SIMULATE,
        data=lambda world: {"month": world.month, "since": "own"},
        effect=simulations,
    ),
    "simulation": Door(
        of_simulation("simulation"), get=SIMULATE, shows=lambda world: world.her.name
    ),
    "simulation_person": Door(
        of_simulation("simulation_person", SHE), get=SIMULATE, shows=lambda world: world.her.name
    ),
    "simulation_file": Door(
        of_simulation("simulation_file", "csv"),
        get=SIMULATE,
        is_page=False,
        shows=lambda world: world.her.name,
    ),
}
