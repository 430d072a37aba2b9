"""What is done about a bad debt, and how its outcome is decided (RES-3, RES-5, RES-6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.append_only import AppendOnly
from receivables.models.reserve import BadDebt
from receivables.querysets.owned import CaseStepQuerySet, OutcomeProposalQuerySet


class CaseStep(AppendOnly):
    """Something done about a bad debt: when, what, by whom, and what is next.

    Written for good: a mistake is mended by another step. A suit that is filed brings the case to
    court, one that is withdrawn brings it back.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", _("customer called on")
        CALL = "call", _("telephone call")
        LETTER = "letter", _("letter")
        PROMISE = "promise", _("promise to pay")
        PAID = "paid", _("money came in")
        LAWYER = "lawyer", _("lawyer")
        FILED = "filed", _("suit filed")
        HEARING = "hearing", _("hearing")
        JUDGMENT = "judgment", _("judgment")
        ENFORCED = "enforced", _("enforcement")
        WITHDRAWN = "withdrawn", _("suit withdrawn")
        OTHER = "other", _("other")

    case = models.ForeignKey(BadDebt, models.PROTECT, related_name="steps", verbose_name=_("case"))
    on = models.DateField(_("on"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("what was done"))
    next_on = models.DateField(_("next step by"), null=True, blank=True)
    next_what = models.CharField(_("next step"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    # Made by the form: sent twice, it is recorded once.
    token = models.UUIDField(unique=True)

    objects = CaseStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="casestep_says_something"),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("on")), name="casestep_next_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.on}/{self.kind}"


class OutcomeProposal(models.Model):
    """The outcome of a case as finance proposes it, and what was decided (RES-5, RES-6).

    An outcome that was wrong is mended in the same way: another is proposed, or that the case is
    open again.
    """

    class Outcome(models.TextChoices):
        RECOVERED = "recovered", _("recovered")
        DEAD = "dead", _("dead")
        REOPENED = "reopened", _("open again")

    class State(models.TextChoices):
        WAITING = "waiting", _("to be decided")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    case = models.ForeignKey(
        BadDebt, models.PROTECT, related_name="proposals", verbose_name=_("case")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    on = models.DateField(_("outcome on"))
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=clock.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reply = models.TextField(_("reason of the decision"), blank=True)
    # Made by the form: sent twice, it is proposed once.
    token = models.UUIDField(unique=True)

    objects = OutcomeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed outcome")
        verbose_name_plural = _("proposed outcomes")
        ordering = ["-id"]
        constraints = [
            # One at a time waits for a decision; who proposes another at the same moment is told.
            models.UniqueConstraint(
                fields=["case"], name="outcome_one_waits", condition=Q(state="waiting")
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="outcome_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="outcome_decided_is_dated",
            ),
            # Who proposes may take it back, and decides nothing.
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(proposed_by=None)
                | Q(state="withdrawn")
                | ~Q(decided_by=F("proposed_by")),
                name="outcome_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
