"""What signing in leaves behind: links, devices, guesses; and who needs a second factor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.logins.rules import CODE, LETTER, LINK, PASSWORD
from core import clock

SHA256 = 64  # characters of a digest


class AccessLink(models.Model):
    """A one-time link with which somebody sets a password. Only its digest is kept."""

    class Kind(models.TextChoices):
        PERSONNEL = "personnel", _("handed over by personnel")
        LETTER = "letter", _("sent by e-mail")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        USED = "used", _("used")
        WITHDRAWN = "withdrawn", _("withdrawn")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="links", verbose_name=_("login")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    digest = models.CharField(max_length=SHA256, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        constraints = [
            # A new link ends the one before it: two open ones would be two keys to one door.
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(state="open"), name="accesslink_one_open"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="accesslink_lasts_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"


class Device(models.Model):
    """A browser that signed in to an account, once for each address it did so from.

    `device` is the digest of what its cookie holds. `session_key` names the session that began
    there last, as long as nobody ended it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices", verbose_name=_("login")
    )
    device = models.CharField(max_length=SHA256)
    address = models.CharField(_("address"), max_length=45, blank=True)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    session_key = models.CharField(max_length=40, blank=True)
    last_at = models.DateTimeField(_("signed in at"))

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            # Signing in again from the same place is the same row, later.
            models.UniqueConstraint(
                fields=["user", "device", "address"], name="device_once_per_address"
            ),
            # One session belongs to one sign-in: ending it ends no other.
            models.UniqueConstraint(
                fields=["session_key"], condition=~Q(session_key=""), name="device_own_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.address}"


class GuessRow(models.Model):
    """A try that came to nothing, or is under way; of all web processes (accounts/logins/rules).

    `account` is what was typed for a name, whether or not there is such a login.
    """

    at = models.DateTimeField(_("at"), default=clock.now)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[
            (PASSWORD, _("password")),
            (CODE, _("code")),
            (LETTER, _("e-mail")),
            (LINK, _("customer's link")),
        ],
    )
    account = models.CharField(_("account"), max_length=254)
    address = models.CharField(_("address"), max_length=45, blank=True)
    device = models.CharField(max_length=SHA256, blank=True)
    stranger = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("try to sign in")
        verbose_name_plural = _("tries to sign in")
        indexes = [
            models.Index(fields=["account", "at"], name="guess_account"),
            models.Index(fields=["address", "at"], name="guess_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%F %T}"


class SecondFactorRule(models.Model):
    """Whose roles cannot do without a second factor. There is one row, or none: nobody's."""

    roles = models.CharField(_("roles"), max_length=120, blank=True, help_text=_("joined by +"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("second factor by role")
        verbose_name_plural = _("second factors by role")
        constraints = [
            # One company, one rule: every request reads it without asking which.
            models.CheckConstraint(condition=Q(id=1), name="secondfactorrule_one_row"),
        ]

    def __str__(self) -> str:
        return self.roles
