"""Important and market information, filed from the road, read by those above (INFO-1, S8.7)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from customers.models import Customer
from reports.querysets import InformationQuerySet, OfInformationQuerySet


class Information(models.Model):
    """A piece of information 信息: what is known on the road, filed under its kind and tags.

    As it stands now; every version of it stands in `InformationVersion`. `customer`: whose news it
    is, none for what concerns the whole market; `important`: told to the manager at once.
    """

    class Kind(models.TextChoices):
        ORDER = "order", pgettext_lazy("information", "order news")
        CUSTOMER = "customer", pgettext_lazy("information", "key customer")
        MARKET = "market", pgettext_lazy("information", "market")
        COMPETITOR = "competitor", pgettext_lazy("information", "competitor")
        PRODUCT = "product", pgettext_lazy("information", "product")
        OTHER = "other", pgettext_lazy("information", "other")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="informations", verbose_name=_("filed by")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="informations",
        verbose_name=_("customer"),
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), blank=True)
    source = models.CharField(pgettext_lazy("information", "heard from"), max_length=80, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    important = models.BooleanField(_("important"), default=False)
    filed_at = models.DateTimeField(_("filed"), default=clock.now, db_index=True)
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is filed once.
    token = models.UUIDField(unique=True)

    objects = InformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("information")
        verbose_name_plural = _("information")
        ordering = ["-filed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="information_says_something"),
            # What is urgent is told at once.
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(important=True), name="information_urgent_is_told"
            ),
        ]

    if TYPE_CHECKING:
        person_id: int
        customer_id: int | None

    def __str__(self) -> str:
        return str(self.pk)


class InformationTag(models.Model):
    """A word that a piece of information is found by."""

    information = models.ForeignKey(
        Information, models.CASCADE, related_name="tags", verbose_name=_("information")
    )
    word = models.CharField(_("tag"), max_length=20)

    objects = OfInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(fields=["information", "word"], name="information_tag_once"),
        ]
        indexes = [models.Index(fields=["word"], name="information_tag_word")]

    def __str__(self) -> str:
        return self.word


class InformationVersion(AppendOnly):
    """What a piece of information said, each time that it was written. Never changed itself."""

    information = models.ForeignKey(
        Information, models.PROTECT, related_name="versions", verbose_name=_("information")
    )
    version = models.PositiveIntegerField(_("version"))
    said = models.JSONField(_("said"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )

    objects = OfInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of information")
        verbose_name_plural = _("versions of information")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["information", "version"], name="information_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.information_id}/{self.version}"


class InformationNote(AppendOnly):
    """Somebody above read it, and what they say to it (empty: they have read it)."""

    information = models.ForeignKey(
        Information, models.PROTECT, related_name="notes", verbose_name=_("information")
    )
    # The version that was read: corrected since, it is to be read again.
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    text = models.TextField(_("answer"), blank=True)
    # Made by the form: sent twice, it is said once. Ticked in a list it has none.
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = OfInformationQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on information")
        verbose_name_plural = _("notes on information")
        ordering = ["id"]
        constraints = [
            # Read is read once, however often it is ticked.
            models.UniqueConstraint(
                fields=["information", "version", "by"],
                condition=Q(text=""),
                name="information_read_once",
            ),
        ]
        indexes = [models.Index(fields=["information", "version"], name="information_note_of")]

    if TYPE_CHECKING:
        by_id: int

    def __str__(self) -> str:
        return f"{self.information_id}/{self.pk}"
