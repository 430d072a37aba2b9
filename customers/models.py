"""Customer files, visits and spot checks (CUS-1, VIS-1, VIS-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from customers.querysets import CustomerQuerySet, VisitQuerySet


class Customer(models.Model):
    """A customer file 客户档案."""

    customer_no = models.CharField(_("customer no."), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    scale = models.CharField(_("scale"), max_length=60, blank=True)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("owner"),
    )
    created_on = models.DateField(_("created on"))

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["customer_no"]

    def __str__(self) -> str:
        return self.customer_no


class Visit(models.Model):
    """A visit record 拜访记录; a supervisor can void one that is not genuine (VIS-1)."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first visit")
        RETURN = "return", _("return visit")
        TELEPHONE = "telephone", _("telephone")
        AFTER_SALES = "after-sales", _("after-sales")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="visits", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="visits", verbose_name=_("customer")
    )
    at = models.DateTimeField(_("at"), db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    content = models.TextField(_("what was said"), blank=True)
    void = models.BooleanField(_("void"), default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["person", "customer", "at"], name="visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.customer_id}/{self.at:%F %T}"


class SpotCheck(models.Model):
    """A supervisor's check of return-visit records and its verdict (VIS-3)."""

    class Verdict(models.TextChoices):
        RECORDS = "records", _("records found")
        NONE = "none", _("no record")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="spot_checks", verbose_name=_("salesperson")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="spot_checks", verbose_name=_("customer")
    )
    checked_on = models.DateField(_("checked on"), db_index=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "customer", "checked_on"], name="spotcheck_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.customer_id}/{self.checked_on}"
