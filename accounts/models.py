"""Who works here, in which roles, under whom; and who signs in (ORG-1, ORG-2)."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.logins.models import AccessLink as AccessLink
from accounts.logins.models import Device as Device
from accounts.logins.models import GuessRow as GuessRow
from accounts.logins.models import SecondFactorRule as SecondFactorRule
from accounts.querysets import PersonQuerySet
from core import clock
from core.money import ZERO, MoneyField


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
        ]

    def __str__(self) -> str:
        return f"{self.employee_no} {self.name}"

    @property
    def role_set(self) -> frozenset[str]:
        return frozenset(self.roles.split("+"))

    def has_role(self, *roles: str) -> bool:
        return not self.role_set.isdisjoint(roles)

    @property
    def has_left(self) -> bool:
        """Whether the last day employed lies behind."""
        return self.left_on is not None and self.left_on < clock.today()

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in Role.values if role in self.role_set]


class User(AbstractUser):
    """A login; its username is the employee number of the person who holds it."""

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )

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
        """Whether the person behind this login holds one of the roles."""
        return self.person is not None and self.person.has_role(*roles)

    def get_full_name(self) -> str:
        return self.person.name if self.person else super().get_full_name()
