"""Customer files, whose they were, and who is called what in them (CUS-1, CUS-2)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from customers.querysets.files import CustomerQuerySet, OfCustomers


class Customer(models.Model):
    """A customer file 客户档案.

    `merged_into`: the file that took this one's place (the same firm twice). The row stays, so
    that its number still leads somewhere; it is nobody's and on no list.
    """

    class Level(models.TextChoices):
        A = "A", _("A · key customer")
        B = "B", _("B · regular customer")
        C = "C", _("C · small customer")

    class Source(models.TextChoices):
        VISIT = "visit", _("visited by ourselves")
        TELEPHONE = "telephone", _("called by ourselves")
        REFERRAL = "referral", _("recommended")
        FAIR = "fair", _("at a fair")
        WEB = "web", _("from the web")
        COMPANY = "company", _("given by the company")
        OTHER = "other", _("other")

    customer_no = models.CharField(_("customer no."), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    scale = models.CharField(_("scale"), max_length=60, blank=True)
    level = models.CharField(
        _("level"), max_length=1, choices=Level.choices, blank=True, db_default=""
    )
    industry = models.CharField(_("industry"), max_length=60, blank=True, db_default="")
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, blank=True, db_default=""
    )
    telephone = models.CharField(_("telephone"), max_length=32, blank=True, db_default="")
    note = models.TextField(_("note"), blank=True, db_default="")
    do_not_disturb = models.BooleanField(_("not to be disturbed"), default=False, db_default=False)
    owner = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("owner"),
    )
    created_on = models.DateField(_("created on"))
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    # Made by the form: sent twice, it is one file. Loaded from a table it has none.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["customer_no"]
        indexes = [
            # The latest number, from which the next one follows.
            models.Index(
                Length("customer_no").desc(),
                F("customer_no").desc(),
                name="customer_latest_number",
            ),
            # A month's new files, to be completed in it.
            models.Index(fields=["created_on"], name="customer_created_on"),
        ]
        constraints = [
            # A file that took another's place is not itself replaced by it.
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="customer_not_merged_into_itself",
            ),
        ]

    if TYPE_CHECKING:
        owner_id: int | None
        merged_into_id: int | None

    def __str__(self) -> str:
        return self.customer_no


class OwnerChange(models.Model):
    """A file passed from one owner to another, by the manager and for a reason."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="owner_changes", verbose_name=_("customer")
    )
    from_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    to_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("to")
    )
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )

    objects = OfCustomers.as_manager()

    class Meta:
        verbose_name = _("change of owner")
        verbose_name_plural = _("changes of owner")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ownerchange_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Tag(models.Model):
    """A word that a file is found by."""

    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="tags", verbose_name=_("customer")
    )
    word = models.CharField(_("tag"), max_length=20)

    objects = OfCustomers.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "word"], name="tag_once"),
        ]
        indexes = [models.Index(fields=["word"], name="tag_word")]

    def __str__(self) -> str:
        return self.word
