"""The weekly report, its plan for the week after, what is said to its lines (REP-1)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from core.append_only import AppendOnly
from reports.querysets import OfWeeklyQuerySet, WeeklyQuerySet


class WeeklyReport(models.Model):
    """What somebody reports of a week, from Monday to Sunday 周工作总结 (REP-1, S9-3.2).

    `due_at`: the instant by which it is to be handed in, as it stood when it was last written;
    `handed_in_at`: when it was handed in for the first time, whatever was returned since.
    `facts`: what the program knew of the week when it was handed in last: a list of lines, as
    `reports.rules.facts` keeps them. `plan`: for the week after, a line each; the lines
    stand in `WeeklyPlanLine` too, where they are ticked a week later.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("weekly report", "draft")
        HANDED_IN = "handed_in", pgettext_lazy("weekly report", "handed in")
        RETURNED = "returned", pgettext_lazy("weekly report", "returned")
        ACCEPTED = "accepted", pgettext_lazy("weekly report", "accepted")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="weekly_reports", verbose_name=_("salesperson")
    )
    monday = models.DateField(_("week"), db_index=True)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    summary = models.TextField(_("summary"), blank=True)
    problems = models.TextField(_("problems"), blank=True)
    plan = models.TextField(_("plan for next week"), blank=True)
    facts = models.JSONField(_("what the program knew"), default=list, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_at = models.DateTimeField(_("accepted or returned"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    answer = models.TextField(_("answer"), blank=True)
    version = models.PositiveIntegerField(default=0)
    # Of the page on which it was last written: what that page sends again is its own.
    token = models.UUIDField(null=True, blank=True)

    objects = WeeklyQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly report")
        verbose_name_plural = _("weekly reports")
        ordering = ["-monday", "person"]
        constraints = [
            models.UniqueConstraint(fields=["person", "monday"], name="weekly_once"),
            # What has left the writer's hands has its hour.
            models.CheckConstraint(
                condition=Q(state="draft", handed_in_at=None)
                | (~Q(state="draft") & Q(handed_in_at__isnull=False)),
                name="weekly_handed_in_has_its_hour",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "handed_in"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="weekly_decided_by_somebody",
            ),
            # Nothing is returned without a reason.
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(answer=""), name="weekly_returned_says_why"
            ),
        ]
        indexes = [
            # Few wait for their reader at any time.
            models.Index("person", condition=Q(state="handed_in"), name="weekly_to_read"),
        ]

    if TYPE_CHECKING:
        person_id: int
        decided_by_id: int | None

    def __str__(self) -> str:
        return f"{self.person_id}/{self.monday}"

    @property
    def sunday(self) -> date:
        """The last day of its week."""
        return self.monday + timedelta(days=6)

    @property
    def is_open(self) -> bool:
        """Whether its writer may still write it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def due_last(self) -> datetime:
        """The last second in which it is in time, to be shown."""
        return self.due_at - timedelta(seconds=1)


class WeeklyPlanLine(models.Model):
    """A line of a report's plan for the week after: ticked in the report of that week."""

    report = models.ForeignKey(
        WeeklyReport, models.CASCADE, related_name="plan_lines", verbose_name=_("weekly report")
    )
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("plan"))
    done = models.BooleanField(_("done"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfWeeklyQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a weekly plan")
        verbose_name_plural = _("lines of a weekly plan")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="weekly_plan_line_says_something"),
        ]

    if TYPE_CHECKING:
        report_id: int

    def __str__(self) -> str:
        return f"{self.report_id}/{self.position}"


class WeeklyComment(AppendOnly):
    """What somebody says to a line of a report, as the line stood then."""

    class Part(models.TextChoices):
        SUMMARY = "summary", _("summary")
        PROBLEMS = "problems", _("problems")
        PLAN = "plan", _("plan for next week")
        FACTS = "facts", _("figures")

    report = models.ForeignKey(
        WeeklyReport, models.PROTECT, related_name="comments", verbose_name=_("weekly report")
    )
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)
    line = models.TextField(_("line"))
    text = models.TextField(_("comment"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    # Made by the form: sent twice, it is said once.
    token = models.UUIDField(unique=True)

    objects = OfWeeklyQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on a weekly report")
        verbose_name_plural = _("comments on weekly reports")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="weekly_comment_says_something"),
        ]

    if TYPE_CHECKING:
        report_id: int
        by_id: int

    def __str__(self) -> str:
        return f"{self.report_id}/{self.pk}"
