"""The policy as data (POL-1), and the company's calendar (TIME-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly


class PolicyParameter(AppendOnly):
    """One parameter's value from a day on. In force it is never edited: a change is a new one."""

    # A row not yet in force may still be corrected; the day is the company's.
    frozen_when = {
        "sqlite": "OLD.effective_on <= date('now', '+8 hours')",
        "postgresql": "OLD.effective_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date",
    }

    effective_on = models.DateField(_("in force from"))
    parameter = models.CharField(_("parameter"), max_length=40)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        verbose_name = _("policy parameter")
        verbose_name_plural = _("policy parameters")
        ordering = ["effective_on", "parameter"]
        constraints = [
            # Two values of one parameter on one day would leave the day without a rule.
            models.UniqueConstraint(
                fields=["effective_on", "parameter"], name="policy_one_value_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.parameter}"


class PolicyFreeze(models.Model):
    """Up to and with which day the policy is settled, because months built on it are final."""

    through = models.DateField(_("settled through"), unique=True)

    class Meta:
        verbose_name = _("settled policy")
        verbose_name_plural = _("settled policies")

    def __str__(self) -> str:
        return str(self.through)


class CalendarDay(models.Model):
    """The company's own word on a day, over weekends, public holidays and make-up workdays."""

    date = models.DateField(_("date"), unique=True)
    is_workday = models.BooleanField(_("workday"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["date"]

    def __str__(self) -> str:
        return str(self.date)
