"""What leaves the house: by e-mail to a person, by a robot to a group. It says only that something
waits, and where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Role
from core import clock
from notices.querysets.channels import GroupChannelQuerySet, OutgoingQuerySet, PreferenceQuerySet


class GroupChannel(models.Model):
    """A group's robot or web hook, for a team, a role, or the whole department.

    The address is a secret: whoever knows it can write into the group. It is written, never read
    back; pages show `masked`.
    """

    class Audience(models.TextChoices):
        DEPARTMENT = "department", _("the whole department")
        TEAM = "team", _("a team")
        ROLE = "role", _("a role")

    class Kind(models.TextChoices):
        DINGTALK = "dingtalk", _("DingTalk")
        WECOM = "wecom", _("WeCom")
        FEISHU = "feishu", _("Feishu")
        HOOK = "hook", _("web hook")

    class Outcome(models.TextChoices):
        NONE = "", _("nothing sent yet")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        UNSURE = "unsure", _("perhaps sent")

    name = models.CharField(_("name"), max_length=60, unique=True)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices)
    team = models.CharField(_("team"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=12, blank=True, choices=Role.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    address = models.CharField(_("address"), max_length=500)
    secret = models.CharField(_("signing secret"), max_length=120, blank=True)
    on = models.BooleanField(_("switched on"), default=True)
    version = models.PositiveIntegerField(default=1)
    last_outcome = models.CharField(
        _("last outcome"), max_length=10, blank=True, choices=Outcome.choices
    )
    last_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = GroupChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]
        constraints = [
            # Whom a channel is for is said exactly once.
            models.CheckConstraint(
                name="channel_names_its_audience",
                condition=Q(audience="department", team="", role="")
                | (Q(audience="team", role="") & ~Q(team=""))
                | (Q(audience="role", team="") & ~Q(role="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """Enough to tell two addresses apart, not enough to write to either."""
        return f"…{self.address[-4:]}" if len(self.address) >= 20 else "…"

    @property
    def whom(self) -> str:
        if self.audience == self.Audience.TEAM:
            return self.team
        return str(
            self.get_role_display()
            if self.audience == self.Audience.ROLE
            else self.get_audience_display()
        )

    def concerns(self, person: Person) -> bool:
        """Whether what is sent to a person is said in this group."""
        if self.audience == self.Audience.TEAM:
            return person.team == self.team
        return self.audience == self.Audience.DEPARTMENT or person.has_role(self.role)


class Preference(models.Model):
    """How one person wants to hear of what waits. Without a row: by e-mail, at once."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day, at 08:30")

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="notice_preference", verbose_name=_("person")
    )
    email = models.BooleanField(_("by e-mail"), default=True)
    rhythm = models.CharField(
        _("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.AT_ONCE
    )

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"{self.person_id}"


class Outgoing(models.Model):
    """One thing of which one group or one person is to be told outside the house.

    All that waits for the same one at a run goes out as one message. Who sends reserves first
    (`SENDING`): see adr/0016.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNSURE = "unsure", _("perhaps sent")
        FAILED = "failed", _("not sent")

    channel = models.ForeignKey(
        GroupChannel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outgoing",
        verbose_name=_("group"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    key = models.CharField(_("about"), max_length=120)
    made_at = models.DateTimeField(_("at"), default=clock.now)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=clock.now)
    reserved_at = models.DateTimeField(_("reserved"), null=True, blank=True)
    reserved_by = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing")
        verbose_name_plural = _("outgoing")
        indexes = [
            # Nearly all are sent: those that are not are looked for every minute.
            models.Index(
                "next_try_at",
                condition=Q(state__in=["queued", "sending"]),
                name="outgoing_under_way",
            ),
        ]
        constraints = [
            # It goes to one group or to one person.
            models.CheckConstraint(
                name="outgoing_to_one",
                condition=Q(channel__isnull=False, person=None)
                | Q(channel=None, person__isnull=False),
            ),
            # Of one thing each is told once.
            models.UniqueConstraint(
                fields=["channel", "key"],
                condition=Q(channel__isnull=False),
                name="outgoing_group_once",
            ),
            models.UniqueConstraint(
                fields=["person", "key"],
                condition=Q(person__isnull=False),
                name="outgoing_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.key
