"""The vocabulary of reads about people, and who may see whom (ORG-1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core import clock
from core.months import Month

if TYPE_CHECKING:
    from accounts.models import Person, StandIn  # noqa: F401  # named in quotes below

SEE_EVERYBODY = ("manager", "leader", "finance", "cashier", "admin")
# Who sees the contract: what it says, how somebody came to their place.
SEE_CONTRACTS = ("manager", "leader", "admin")
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


class PersonQuerySet(models.QuerySet["Person"]):
    def salespeople(self) -> "PersonQuerySet":
        # No role's name holds another's, so a substring is exact.
        return self.filter(roles__contains="salesperson")

    def employed_in(self, month: Month) -> "PersonQuerySet":
        """Employed on at least one day of the month."""
        return self.filter(
            Q(left_on=None) | Q(left_on__gte=month.first_day), hired_on__lte=month.last_day
        )

    def here_on(self, day: date) -> "PersonQuerySet":
        """Not left by a day; whoever is yet to come is among them."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day))

    def acting_as(self, role: str, day: date) -> "PersonQuerySet":
        """Those at work on a day who hold a role, or stand in for whoever holds it (ORG-1)."""
        from accounts.models import StandIn

        # No role's name holds another's, so a substring is exact.
        stood_in = StandIn.objects.active(day).filter(
            roles__contains=role, absent__roles__contains=role
        )
        held = Q(roles__contains=role) | Q(id__in=stood_in.order_by().values("stand_in"))
        return self.here_on(day).filter(held)

    def with_status(self, status: str) -> "PersonQuerySet":
        """Those whose `Person.status` this is today."""
        today = clock.today()
        suspended = Q(suspended_on__isnull=False, suspended_on__lte=today)
        if status == "left":
            return self.filter(left_on__lt=today)
        here = self.here_on(today)
        return here.filter(suspended) if status == "suspended" else here.exclude(suspended)

    def below(self, *people: "Person | int") -> "PersonQuerySet":
        """Everybody under these people in the team tree, at any depth, without themselves."""
        return self.filter(id__in=ids_below(*people))

    def led_by(self, user: Any) -> "PersonQuerySet":
        """Everybody below a supervisor, or below the supervisor they stand in for today."""
        return self.filter(id__in=led_ids(user))

    def with_page_for(self, user: Any) -> "PersonQuerySet":
        """Whose page somebody can open: who they see; the keeper, all those who have goods."""
        return self if user.has_role("keeper") else self.visible_to(user)

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """A salesperson sees herself, a supervisor the people below, the others the department."""
        return seen_by(self, user, everything=SEE_EVERYBODY, person="id")


def ids_below(*people: "Person | int") -> set[int]:
    """The ids of everybody under these people. One query."""
    from accounts.models import Person

    tree = dict(Person.objects.order_by().values_list("id", "supervisor_id"))
    found: set[int] = set()
    for person in people:
        found |= _descendants(tree, person if isinstance(person, int) else person.pk)
    return found


def led_ids(user: Any) -> frozenset[int]:
    """The ids of those a user leads today; asked once for each login that was read."""
    heads = user.leads
    if not heads:
        return frozenset()
    kept = user.__dict__.get("_led")
    if kept is None or kept[0] != heads:
        kept = user.__dict__["_led"] = (heads, frozenset(ids_below(*heads)))
    return kept[1]


def seen_by(rows: Rows, user: Any, *, everything: Sequence[str], person: str = "person") -> Rows:
    """Those rows that a user may see: one's own and those of the people one leads; whoever holds
    a role of `everything`, or stands in for it, sees all (ORG-1). `person`: the way to whose.
    """
    if user.is_superuser or user.has_role(*everything):
        return rows
    if user.person_id is None:
        return rows.none()
    whose = Q(**{person: user.person_id})
    if led := led_ids(user):
        whose |= Q(**{f"{person}__in": led})
    return rows.filter(whose)


def sees(user: Any, person: "Person", *, everything: Sequence[str]) -> bool:
    """Whether what concerns one person would be among `seen_by`, before any of it is asked for."""
    return bool(
        user.is_superuser
        or user.person_id == person.pk
        or user.has_role(*everything)
        or person.pk in led_ids(user)
    )


class OfPeople(models.QuerySet[Any]):
    """What personnel keeps about a person: contracts and positions."""

    def visible_to(self, user: Any) -> "OfPeople":
        return seen_by(self, user, everything=SEE_CONTRACTS)


class StandInQuerySet(models.QuerySet["StandIn"]):
    def active(self, day: date) -> "StandInQuerySet":
        """Those that count on a day: both ends included, not ended early."""
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at=None)

    def visible_to(self, user: Any) -> "StandInQuerySet":
        """Whose one is or stands in for; a supervisor's people's; personnel and the heads all."""
        if user.is_superuser or user.has_role(*SEE_CONTRACTS):
            return self
        if user.person_id is None:
            return self.none()
        ids = {user.person_id, *led_ids(user)}
        return self.filter(Q(absent__in=ids) | Q(stand_in__in=ids))


def stand_ins_active(person_id: int, day: date) -> "StandInQuerySet":
    """For whom somebody stands in on a day, with who is away. One query."""
    from accounts.models import StandIn

    return StandIn.objects.active(day).filter(stand_in=person_id).select_related("absent")


def stands_in_on(day: date) -> Exists:
    """Whether the person of a login stands in for anybody on a day: asked along with the login."""
    from accounts.models import StandIn

    return Exists(StandIn.objects.active(day).filter(stand_in=OuterRef("person")))


def logins_attach(*held: tuple[models.Model | None, str]) -> None:
    """Read, in one query, the logins that these fields of these rows name, with their people.

    Where no field is filled nothing is asked: cheaper than a join of two tables in every query.
    """
    from accounts.models import User

    filled = [(row, field) for row, field in held if row and getattr(row, f"{field}_id")]
    if not filled:
        return
    logins = User.objects.select_related("person").in_bulk(
        {getattr(row, f"{field}_id") for row, field in filled}
    )
    for row, field in filled:
        setattr(row, field, logins[getattr(row, f"{field}_id")])


def _descendants(tree: Mapping[int, int | None], top: int) -> set[int]:
    children: dict[int | None, list[int]] = {}
    for child, parent in tree.items():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [top]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found and child != top:
                found.add(child)
                waiting.append(child)
    return found


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows that are somebody's: `PERSON` is the way to whose, `SEEN_BY` the roles that see all."""

    PERSON: ClassVar[str] = "person"
    SEEN_BY: ClassVar[tuple[str, ...]] = ()

    def visible_to(self, user: Any) -> Self:
        """One's own, those of the people one leads; the roles of `SEEN_BY` all (ORG-1)."""
        return seen_by(self, user, everything=self.SEEN_BY, person=self.PERSON)
