"""Who works here, in which roles, under whom; and who signs in (ORG-1, ORG-2)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.querysets import PersonQuerySet, stand_ins_active
from core import clock
from core.money import ZERO, MoneyField

if TYPE_CHECKING:
    from accounts.models.stand_ins import StandIn


class Role(models.TextChoices):
    SALESPERSON = "salesperson", _("salesperson")
    SUPERVISOR = "supervisor", _("supervisor")
    MANAGER = "manager", _("sales manager")
    FINANCE = "finance", _("finance")
    CASHIER = "cashier", _("cashier")
    KEEPER = "keeper", _("warehouse keeper")
    ADMIN = "admin", _("personnel")
    LEADER = "leader", _("company leader")


class Channel(models.TextChoices):
    FIELD = "field", _("field")
    TELEPHONE = "telephone", _("telephone")


class Status(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("person", "active")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", pgettext_lazy("person", "left")


class Person(models.Model):
    """Somebody on the company's file. One person can hold several roles (ORG-1)."""

    employee_no = models.CharField(_("employee no."), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=60)
    roles = models.CharField(_("roles"), max_length=120, help_text=_("joined by +"))
    team = models.CharField(_("team"), max_length=60, blank=True)
    supervisor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("direct supervisor"),
    )
    channel = models.CharField(_("channel"), max_length=10, blank=True, choices=Channel.choices)
    hired_on = models.DateField(_("hired on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    base_salary = MoneyField(_("base salary"), default=ZERO)
    # Not in the people's table: kept in the browser, and left alone by a load.
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    contract_target = MoneyField(  # type: ignore[misc]
        _("contract target a year"), null=True, blank=True
    )
    suspended_on = models.DateField(_("suspended since"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["employee_no"]
        constraints = [
            # left_on is the last day employed: nobody leaves before arriving.
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("hired_on")),
                name="person_leaves_after_hired",
            ),
            models.CheckConstraint(
                condition=Q(base_salary__gte=0), name="person_salary_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(contract_target=None) | Q(contract_target__gte=0),
                name="person_target_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_no} {self.name}"

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split("+"))

    @property
    def has_left(self) -> bool:
        """Whether the last day employed lies behind."""
        return self.left_on is not None and self.left_on < clock.today()

    def has_role(self, *roles: str) -> bool:
        return not self.role_set.isdisjoint(roles)

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in Role.values if role in self.role_set]

    @property
    def status(self) -> Status:
        """As of today on the company's clock; `left_on` is the last day employed (ORG-2)."""
        if self.has_left:
            return Status.LEFT
        if self.suspended_on and self.suspended_on <= clock.today():
            return Status.SUSPENDED
        return Status.ACTIVE


class User(AbstractUser):
    """A login; its username is the employee number of the person who holds it."""

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    # Whether there is anything to look up, where whoever read the login has asked (LoginBackend).
    stands_in: bool | None = None
    # What `get_full_name` reads besides: whoever names many logins reads it with them.
    NAMED_BY = ("person",)
    # Counted up to end all sessions of this login: it is part of what they are checked against.
    sign_outs = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        constraints = [
            # One signs in with it: it must name one login.
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="user_email_is_ones_own"
            ),
        ]

    @property
    def second_factor_due(self) -> bool:
        """Whether a role of this person cannot do without a second factor."""
        roles: str = getattr(self, "factor_roles", None) or ""
        return bool(roles) and self.has_role(*roles.split("+"))

    @property
    def has_second_factor(self) -> bool:
        """Whether one is set up; like the above known of whoever is signed in, read by `logins`."""
        return bool(getattr(self, "factor_held", False))

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        return salted_hmac(
            "accounts.models.User",
            f"{self.password}{self.sign_outs}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def has_role(self, *roles: str) -> bool:
        """Whether the person behind this login holds one of the roles, or stands in for whoever
        does (ORG-1)."""
        if self.person is None:
            return False
        return self.person.has_role(*roles) or any(s.has_role(*roles) for s in self.stand_ins)

    @property
    def stand_ins(self) -> "tuple[StandIn, ...]":
        """For whom this login's person stands in today. No query where there is nobody."""
        today = clock.today()
        day, found = self.__dict__.get("_stand_ins", (None, ()))
        if day != today:
            found = self._read_stand_ins(today, first=day is None)
            self.__dict__["_stand_ins"] = (today, found)
        return found

    def _read_stand_ins(self, today: date, *, first: bool) -> "tuple[StandIn, ...]":
        if self.person_id is None or (first and self.stands_in is False):
            return ()
        return tuple(stand_ins_active(self.person_id, today))

    @property
    def leads(self) -> frozenset[int]:
        """Those whose teams this login's person leads: one's own, and an absent supervisor's."""
        if self.person is None:
            return frozenset()
        own = {self.person.pk} if self.person.has_role(Role.SUPERVISOR) else set()
        return frozenset(own | {s.absent_id for s in self.stand_ins if s.has_role(Role.SUPERVISOR)})

    def in_place_of(self, *roles: str) -> Mapping[str, str]:
        """What an audit row says besides, when somebody acts in one of these roles: for whom they
        stand in, if they do not hold it themselves.

        `audit(…, changes={"state": […], **user.in_place_of("manager")})`
        """
        if self.person is None or self.person.has_role(*roles):
            return {}
        for stand_in in self.stand_ins:
            if stand_in.has_role(*roles):
                return {"stands_in_for": stand_in.absent.employee_no}
        return {}

    def get_full_name(self) -> str:
        return self.person.name if self.person else super().get_full_name()
