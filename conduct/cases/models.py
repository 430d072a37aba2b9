"""A case from what was reported to what was decided, and the objections to it (DIS-1)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person
from conduct.cases.querysets import (
    ObjectionQuerySet,
    ProceedingQuerySet,
    ProposalQuerySet,
    SubjectQuerySet,
)
from conduct.kinds import Offence, Sanction
from conduct.suspicions.models import Suspicion
from core import clock
from core.money import MoneyField
from notices.models import BoardNotice

GOES_TO = [
    ("manager", _("sales manager")),
    ("leader", _("company leader")),
    ("admin", _("personnel")),
]


def _login(label: Any, *, empty: bool = True) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=empty,
        blank=empty,
        related_name="+",
        verbose_name=label,
    )


class Proceeding(models.Model):
    """A case 案件: what was reported, by whom, about whom; heard, and decided of each (DIS-1).

    `reporter` None: the program saw it (`suspicion`). `goes_to`: the role that decides.
    `hearing_until`: the last day to reply. `notice`: what the whole company was told (NOTE-1).
    """

    class State(models.TextChoices):
        REPORTED = "reported", pgettext_lazy("conduct", "reported")
        HEARING = "hearing", pgettext_lazy("conduct", "being heard")
        DECIDED = "decided", pgettext_lazy("conduct", "decided")
        DISMISSED = "dismissed", pgettext_lazy("conduct", "nothing in it")

    proceeding_no = models.CharField(_("number"), max_length=32, unique=True)
    offence = models.CharField(_("offence"), max_length=20, choices=Offence.choices)
    happened_on = models.DateField(_("happened on"))
    facts = models.TextField(pgettext_lazy("conduct", "what happened"))
    reporter = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    suspicion = models.OneToOneField(
        Suspicion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proceeding",
        verbose_name=_("suspicion"),
    )
    reported_at = models.DateTimeField(_("reported"), default=clock.now, db_index=True)
    goes_to = models.CharField(_("decided by"), max_length=10, choices=GOES_TO)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.REPORTED
    )
    hearing_at = models.DateTimeField(_("hearing begun"), null=True, blank=True)
    hearing_until = models.DateField(_("reply by"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = _login(_("ended by"))
    ended_why = models.TextField(_("why nothing follows"), blank=True)
    notice = models.OneToOneField(
        BoardNotice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notice to the company"),
    )
    version = models.PositiveIntegerField(default=0)
    # Made by the form: sent twice, it is one report.
    token = models.UUIDField(unique=True, default=uuid4)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(facts=""), name="proceeding_has_facts"),
            # Nobody is judged unheard.
            models.CheckConstraint(
                condition=Q(state__in=("reported", "dismissed"))
                | Q(hearing_at__isnull=False, hearing_until__isnull=False),
                name="proceeding_heard_before_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(ended_why=""),
                name="proceeding_dismissed_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("reported", "hearing"), ended_at=None)
                | Q(state__in=("decided", "dismissed"), ended_at__isnull=False),
                name="proceeding_ended_is_dated",
            ),
        ]

    if TYPE_CHECKING:
        reporter_id: int | None
        suspicion_id: int | None

    def __str__(self) -> str:
        return self.proceeding_no

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.REPORTED, self.State.HEARING)

    @property
    def reply_until(self) -> datetime | None:
        """The last second to reply."""
        if self.hearing_until is None:
            return None
        return clock.end_of(self.hearing_until) - timedelta(seconds=1)


class Subject(models.Model):
    """Somebody whom a case is about, and what they say to it."""

    proceeding = models.ForeignKey(
        Proceeding, models.PROTECT, related_name="subjects", verbose_name=_("case")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("salesperson")
    )
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    # Made by the form: sent twice, it is one reply.
    reply_token = models.UUIDField(null=True, blank=True, unique=True)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("whom a case is about")
        verbose_name_plural = _("whom cases are about")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "person"], name="subject_once"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None)
                | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="subject_reply_is_dated",
            ),
        ]

    if TYPE_CHECKING:
        proceeding_id: int
        person_id: int

    def __str__(self) -> str:
        return f"{self.proceeding_id}/{self.person_id}"


class Verdict(models.Model):
    """What was decided of one of them, once. `departs`: why otherwise than the documents prescribe.

    `case` is what stands in the facts (None: nothing that follows by itself). `second_time`: of
    poaching or shifting, as the program found it. `annulled_at`: an objection was granted.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, related_name="verdict", verbose_name=_("whom it is about")
    )
    proven = models.BooleanField(_("proven"))
    grave = models.BooleanField(_("especially grave"), default=False)
    second_time = models.BooleanField(_("second time"), default=False)
    sanction = models.CharField(_("sanction"), max_length=10, choices=Sanction.choices, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)  # type: ignore[misc]
    reason = models.TextField(_("reason"))
    departs = models.TextField(_("why otherwise than prescribed"), blank=True)
    case = models.OneToOneField(
        "conduct.ConductCase",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("conduct case"),
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    by = _login(_("decided by"), empty=False)
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision in a case")
        verbose_name_plural = _("decisions in cases")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_reason"),
            # What is not proven has no sanction, and a sanction stands in the facts.
            models.CheckConstraint(
                condition=Q(proven=True) | Q(sanction="", case=None, second_time=False),
                name="verdict_sanctions_what_is_proven",
            ),
            models.CheckConstraint(
                condition=Q(sanction="", case=None) | (~Q(sanction="") & Q(case__isnull=False)),
                name="verdict_sanction_is_a_fact",
            ),
        ]

    if TYPE_CHECKING:
        subject_id: int
        case_id: int | None

    def __str__(self) -> str:
        return f"{self.subject_id}/{self.pk}"


class Proposal(models.Model):
    """Demotion or dismissal of somebody, proposed to the leader by a decision (DIS-1, DIS-3).

    Accepted, personnel carries it out: the program moves and dismisses nobody by itself.
    """

    class Kind(models.TextChoices):
        DEMOTION = "demotion", _("demotion")
        DISMISSAL = "dismissal", _("dismissal")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("conduct", "waits for a word")
        ACCEPTED = "accepted", pgettext_lazy("conduct", "accepted")
        REFUSED = "refused", pgettext_lazy("conduct", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("conduct", "fallen with the decision")

    verdict = models.OneToOneField(
        Verdict, models.PROTECT, related_name="proposal", verbose_name=_("decision")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    goes_to = models.CharField(_("decided by"), max_length=10, choices=GOES_TO)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    reply = models.TextField(_("reason of the decision"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = _login(_("decided by"))
    case = models.OneToOneField(
        "conduct.ConductCase",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("conduct case"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal to the leader")
        verbose_name_plural = _("proposals to the leader")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="proposal_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "refused")) | ~Q(reply=""),
                name="proposal_decided_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}/{self.kind}"


class Objection(models.Model):
    """Somebody objects to what was decided of them (DIS-1, PAY-3); another decides on it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("conduct", "waits for a word")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    verdict = models.OneToOneField(
        Verdict, models.PROTECT, related_name="objection", verbose_name=_("decision")
    )
    text = models.TextField(_("what is wrong"))
    goes_to = models.CharField(_("decided by"), max_length=10, choices=GOES_TO)
    filed_at = models.DateTimeField(_("filed at"), default=clock.now)
    decide_by = models.DateField(_("to be decided by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    reply = models.TextField(_("reason of the decision"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = _login(_("decided by"))

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection in a case")
        verbose_name_plural = _("objections in cases")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="objection_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, reply="")
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(reply="")),
                name="objection_decided_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}/{self.state}"
