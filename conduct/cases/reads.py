"""Who takes no part in deciding a case: who reported it, and the rivals of whom it is about."""

from collections.abc import Iterable, Sequence

from accounts.models import Person
from conduct.cases.rules import TWO_SIDED
from conduct.models import ConductCase, Proceeding, Suspicion
from customers.models import Conflict


def rivals_of(people: Iterable[int]) -> set[int]:
    """The ids of those who stand against one of these people: the other side of a conflict over a
    project that is not ruled on, or of a suspicion that was not dismissed. Two queries."""
    whose = set(people)
    conflicts = Conflict.objects.filter(ruling="").order_by()
    suspicions = Suspicion.objects.exclude(decision__outcome="dismissed").order_by()
    pairs = [
        *conflicts.values_list("earlier__registered_by", "later__registered_by"),
        *suspicions.values_list("gains", "loses"),
    ]
    return {
        other
        for pair in pairs
        for one, other in (pair, pair[::-1])
        if one in whose and other not in whose
    }


def barred_from(row: Proceeding) -> list[Person]:
    """Those who do not decide on a case, besides whom it is about. Four queries at most."""
    rivals = rivals_of(each.person_id for each in row.subjects.all())
    ids = rivals | ({row.reporter_id} if row.reporter_id else set())
    return list(Person.objects.filter(pk__in=ids)) if ids else []


def stood_before(person: Person) -> Sequence[ConductCase]:
    """What stands against somebody of poaching and shifting, whether decided here or loaded from a
    file (DIS-3). One query."""
    rows = ConductCase.objects.filter(person=person, offence__in=TWO_SIDED, annulled_at=None)
    return list(rows.order_by("decided_on", "pk"))
