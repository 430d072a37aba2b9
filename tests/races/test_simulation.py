"""A simulation while others write: both sides are of one instant, only the policy differs."""

from contextlib import nullcontext
from datetime import date

from accounts.models import User
from payroll.models import Entry
from payroll.simulation import reckoning, services
from payroll.simulation.models import PolicySimulation
from policy.models import PolicyDraft
from tests.faults.ledger import wrong_with_the_books
from tests.races.at_once import elsewhere
from tests.races.october import FIRST_SUM, MONTH, close, facts_say, she


def asked_for(**changes: str) -> PolicySimulation:
    actor, _new = User.objects.get_or_create(username="races-leader")
    draft = PolicyDraft.objects.create(
        name="winter", effective_on=date(2099, 1, 16), changes=changes, made_by=actor
    )
    return PolicySimulation.objects.create(
        draft=draft,
        draft_version=draft.version,
        changes=changes,
        effective_on=draft.effective_on,
        month=MONTH,
        requested_by=actor,
    )


def simulated_while_facts_change(url: str, monkeypatch) -> PolicySimulation:
    """Between the two sides of her group somebody else changes what she earns."""
    facts_say(FIRST_SUM)
    close()
    simulation = asked_for(trip_report_by="20:00")  # no yuan hangs on it
    assessed = reckoning.Reckoning._assessed
    changed = []

    def one_side(self, people, side):
        if side == 1 and people.first <= she().pk <= people.last and not changed:
            changed.append(elsewhere(url, lambda: facts_say(FIRST_SUM + 7)))
        return assessed(self, people, side)

    monkeypatch.setattr(reckoning.Reckoning, "_assessed", one_side)
    services.simulation_run(simulation=simulation)
    assert changed
    simulation.refresh_from_db()
    return simulation


def test_both_sides_are_of_one_instant_and_nothing_is_posted(books, monkeypatch):
    posted = list(Entry.objects.order_by("pk").values_list("pk", "digest"))
    simulation = simulated_while_facts_change(books, monkeypatch)
    assert simulation.people > 0
    assert (simulation.differing, simulation.difference) == (0, 0)
    assert wrong_with_the_books() == []
    assert list(Entry.objects.order_by("pk").values_list("pk", "digest"))[: len(posted)] == posted


def test_control_without_a_snapshot_the_facts_differ_too(books, monkeypatch):
    monkeypatch.setattr(services, "read_snapshot", nullcontext)
    assert simulated_while_facts_change(books, monkeypatch).differing == 1
