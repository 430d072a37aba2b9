"""Meetings: their series, agenda, who came, what was decided (MEET-1, MEET-2)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from core import clock
from reports.querysets import (
    AgendaQuerySet,
    ChairedQuerySet,
    DecisionQuerySet,
    MeetingQuerySet,
    OfMeetingQuerySet,
)

OPENS_BEFORE = timedelta(minutes=15)


class Kind(models.TextChoices):
    MORNING = "morning", _("morning meeting")
    WEEKLY = "weekly", _("weekly meeting")
    SATURDAY = "saturday", _("Saturday summary")
    OTHER = "other", _("other meeting")


class MeetingSeries(models.Model):
    """A meeting that comes again: each workday in the morning, or once a week (MEET-1).

    `weekday`: 0 is Monday; empty, every workday. The Saturday summary is a meeting, not a workday.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=80)
    team = models.CharField(_("team"), max_length=60, blank=True)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    starts = models.TimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    place = models.CharField(_("where"), max_length=120, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = ChairedQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6), name="series_weekday_of_seven"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                name="series_ends_after_start",
            ),
        ]

    if TYPE_CHECKING:
        chair_id: int | None

    def __str__(self) -> str:
        return str(self.pk)


class Meeting(models.Model):
    """One meeting: planned, held with its minutes, or called off (MEET-1).

    Until it is held its agenda is what the facts say at the moment; held, it stands as it was.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        HELD = "held", pgettext_lazy("meeting", "held")
        CALLED_OFF = "called_off", pgettext_lazy("meeting", "called off")

    series = models.ForeignKey(
        MeetingSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("series"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=80)
    team = models.CharField(_("team"), max_length=60, blank=True)
    on = models.DateField(_("on"), db_index=True)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    place = models.CharField(_("where"), max_length=120, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    record = models.TextField(_("minutes of the meeting"), blank=True)
    held_at = models.DateTimeField(_("closed"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    called_off_why = models.CharField(_("why it was called off"), max_length=200, blank=True)
    # In the QR code that says somebody is in the room; another for each meeting.
    door = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "id"]
        constraints = [
            # Once a day: made by the program and by hand at once, it is one.
            models.UniqueConstraint(fields=["series", "on"], name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state="called_off", called_off_why=""), name="meeting_off_has_reason"
            ),
        ]

    if TYPE_CHECKING:
        series_id: int | None
        chair_id: int | None

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def opens_at(self) -> datetime:
        """From when on one can be there, and the meeting be closed."""
        return self.starts_at - OPENS_BEFORE

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_running(self) -> bool:
        """Whether whoever comes is counted: from a quarter before, on its day, until closed."""
        now = clock.now()
        return self.is_planned and self.opens_at <= now < clock.end_of(self.on)


class AgendaItem(models.Model):
    """A point of a meeting's agenda: put there by hand, or kept of what had filled it (MEET-1).

    `source` says what a point that filled itself is about, as `visit/17`: it stands there once.
    """

    class Sort(models.TextChoices):
        VISIT = "visit", _("yesterday's visits")
        TRIP = "trip", _("reports from trips")
        PROBLEM = "problem", _("problems of the learning log")
        PLAN = "plan", _("today's plans")
        DECISION = "decision", _("what was decided and is still open")
        POINT = "point", _("other points")

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="agenda", verbose_name=_("meeting")
    )
    sort = models.CharField(_("sort"), max_length=8, choices=Sort.choices)
    source = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    text = models.TextField(_("text"))
    note = models.TextField(_("what was said"), blank=True)
    position = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of agendas")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source"], condition=~Q(source=""), name="agenda_source_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.pk}"


class Presence(models.Model):
    """Who came to a meeting, who was late, who is excused (MEET-1)."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("late")
        EXCUSED = "excused", pgettext_lazy("meeting", "excused")
        ABSENT = "absent", _("absent")

    class Way(models.TextChoices):
        QR = "qr", _("by QR code")
        TICK = "tick", _("ticked")

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="presences", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="presences", verbose_name=_("who")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    way = models.CharField(_("how"), max_length=4, choices=Way.choices)
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ticked by")
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.person_id}"


class MeetingDecision(models.Model):
    """What a meeting decided, who does it, until when (MEET-1)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting")
    )
    text = models.TextField(_("decision"))
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="decisions", verbose_name=_("who does it")
    )
    due_on = models.DateField(_("until"), db_index=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_note = models.TextField(_("what came of it"), blank=True)
    version = models.PositiveIntegerField(default=0)
    token = models.UUIDField(null=True, blank=True, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index("owner", "due_on", condition=Q(done_at=None), name="decision_open"),
        ]

    if TYPE_CHECKING:
        owner_id: int

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.pk}"

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on < clock.today()


class Praise(models.Model):
    """Whom the Saturday summary praises, and why (MEET-2); a reward may follow (REW)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="praises", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="praises", verbose_name=_("salesperson")
    )
    reason = models.TextField(_("what for"))
    at = models.DateTimeField(_("at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("praised by")
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("praise")
        verbose_name_plural = _("praises")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="praise_once_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.person_id}"
