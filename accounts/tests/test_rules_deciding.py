"""Nobody decides on their own; the manager's go to the leader, theirs to personnel (ORG-1)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import Capacity, Refusal, deciding_roles, refusal, roles_passed_on

ROLES = (
    "salesperson",
    "supervisor",
    "manager",
    "finance",
    "cashier",
    "keeper",
    "admin",
    "leader",
)
ME, ABOUT, AWAY = 1, 2, 3
# Who decides about whom, where the supervisor is above them.
DECIDE = {
    **{role: {"supervisor", "manager", "leader"} for role in ROLES},
    "manager": {"leader"},
    "leader": {"admin"},
}


def asked(mine: str, about: str, *, leads: bool = True, me: int = ME) -> Refusal | None:
    return refusal(me, ABOUT, frozenset({about}), [Capacity(me, frozenset({mine}), leads)])


@pytest.mark.parametrize(("mine", "about"), product(ROLES, ROLES))
def test_every_pair_of_roles(mine, about):
    wanted = None if mine in DECIDE[about] else Refusal.NOT_THEIRS
    assert asked(mine, about) == wanted
    assert asked(mine, about, me=ABOUT) == Refusal.OWN


@pytest.mark.parametrize(("mine", "about"), product(ROLES, ROLES))
def test_every_pair_where_a_stand_in_acts(mine, about):
    """As whom they stand in for: no more than these may, and never about these themselves."""
    of = frozenset({mine})
    through = refusal(ME, ABOUT, frozenset({about}), [Capacity(AWAY, of, leads=True)])
    assert through == (None if mine in DECIDE[about] else Refusal.NOT_THEIRS)
    same = refusal(ME, ABOUT, frozenset({about}), [Capacity(ABOUT, of, leads=True)])
    assert same == (Refusal.STOOD_IN_FOR if mine in DECIDE[about] else Refusal.NOT_THEIRS)
    assert refusal(ABOUT, ABOUT, frozenset({about}), [Capacity(AWAY, of, leads=True)]) == (
        Refusal.OWN
    )


@pytest.mark.parametrize("about", ROLES)
def test_a_supervisor_decides_about_those_below_alone(about):
    assert asked("supervisor", about, leads=False) == Refusal.NOT_THEIRS


@pytest.mark.parametrize(
    ("about", "usual", "roles"),
    [
        ("salesperson", "finance", {"finance"}),
        ("manager", "finance", {"leader"}),
        ("leader", "finance", {"admin"}),
        ("leader manager", "finance", {"admin"}),
        ("salesperson manager", "supervisor", {"leader"}),
        ("admin", "manager", {"manager"}),
    ],
)
def test_where_the_usual_decider_is_another(about, usual, roles):
    assert deciding_roles(frozenset(about.split()), frozenset({usual})) == roles


def test_a_second_place_helps_where_the_first_is_barred():
    """Stands in for the manager, and is leader: decides about the manager as leader."""
    places = [Capacity(ME, frozenset({"leader"})), Capacity(ABOUT, frozenset({"leader"}))]
    assert refusal(ME, ABOUT, frozenset({"manager"}), places) is None
    assert refusal(ME, ABOUT, frozenset({"manager"}), places[1:]) == Refusal.STOOD_IN_FOR


many_roles = st.frozensets(st.sampled_from(ROLES), max_size=4)
places = st.lists(
    st.builds(Capacity, st.sampled_from([ME, ABOUT, AWAY]), many_roles, st.booleans()), max_size=4
)


@given(about=many_roles, held=places, usual=many_roles)
def test_nobody_ever_decides_on_their_own(about, held, usual):
    assert refusal(ABOUT, ABOUT, about, held, usual) is Refusal.OWN


@given(about=many_roles, held=places, usual=many_roles)
def test_no_place_of_whom_it_is_about_ever_counts(about, held, usual):
    others = [c for c in held if c.person != ABOUT]
    allowed = refusal(ME, ABOUT, about, held, usual) is None
    assert allowed == (refusal(ME, ABOUT, about, others, usual) is None)


@given(held=many_roles)
def test_a_salespersons_own_work_is_not_passed_on(held):
    assert roles_passed_on(held) == held - {"salesperson"}
