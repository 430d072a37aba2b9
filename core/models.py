"""What every floor above needs to leave behind: who did what, and what ran."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.append_only import AppendOnly
from core.files.models import StoredFile as StoredFile


class AuditRow(AppendOnly):
    """Who changed what, and from what to what. Never changed itself."""

    at = models.DateTimeField(_("at"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    action = models.CharField(_("action"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80)
    changes = models.JSONField(_("changes"), default=dict)

    class Meta:
        verbose_name = _("audit row")
        verbose_name_plural = _("audit rows")
        indexes = [
            models.Index(fields=["subject", "id"]),
            # The page of all changes goes to a day among a million rows.
            models.Index(fields=["at"], name="auditrow_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class Opening(AppendOnly):
    """Somebody opened, printed or took out a confidential record (core/confidential.py).

    `kind` says what sort of record, `subject` which, `about` whom it concerns: an employee number,
    empty where it concerns many. Never changed and never deleted.
    """

    class Way(models.TextChoices):
        OPENED = "opened", _("opened")
        EXPORTED = "exported", _("taken out as a file")
        PRINTED = "printed", _("printed")

    at = models.DateTimeField(_("at"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    way = models.CharField(_("how"), max_length=10, choices=Way.choices)
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80)
    about = models.CharField(_("about"), max_length=32, blank=True)
    details = models.JSONField(_("details"), default=dict)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        indexes = [
            models.Index(fields=["about", "id"], name="opening_about"),
            models.Index(fields=["at"], name="opening_at"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.kind} {self.subject}"


class TableLoad(models.Model):
    """One file a company brought in: what it was, what it changed, what was wrong with it."""

    at = models.DateTimeField(_("at"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    table = models.CharField(_("table"), max_length=40)
    file = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("as before"), default=0)
    wrong = models.PositiveIntegerField(_("wrong"), default=0)
    reasons = models.JSONField(_("what is wrong"), default=list)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file} {self.at:%F %T}"


class JobRun(models.Model):
    """One run of a job people can see: what, for which subject, how far, how it ended."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        WAITING = "waiting", _("waiting for its parts")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    UNDER_WAY = (State.QUEUED, State.RUNNING, State.WAITING)

    kind = models.CharField(_("job"), max_length=40)
    subject = models.CharField(_("subject"), max_length=80)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("of")
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    # Moves while somebody works on it: one that stands still has lost its worker.
    alive_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    # What a run split into parts has to know when it goes on.
    details = models.JSONField(default=dict)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    steps = models.PositiveIntegerField(_("steps"), default=0)
    now_doing = models.CharField(_("now doing"), max_length=80, blank=True)
    outcome = models.JSONField(_("outcome"), default=dict)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state"], name="jobrun_state")]
        constraints = [
            # A job that is due once runs once, however many beats and workers there are.
            models.UniqueConstraint(
                fields=["kind", "subject", "due_at"],
                name="jobrun_once_per_due_time",
                condition=models.Q(parent=None),
            ),
            models.UniqueConstraint(fields=["parent", "subject"], name="jobrun_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.steps if self.steps else 0

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class Heartbeat(models.Model):
    """The last sign of life of one process: a web server, a worker or a beat."""

    class Kind(models.TextChoices):
        WEB = "web", _("web server")
        WORKER = "worker", _("worker")
        BEAT = "beat", _("beat")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What somebody read of the database about a subject (core/readings.py). A memory, no fact:
    it can be thrown away at any time, and costs no more than reading again.

    `since`, `until`: the instants for which what came of it is right. `given`: a fingerprint of
    all else it hung on. `told`: the questions, and a fingerprint of the answers.
    """

    subject = models.CharField(_("subject"), max_length=80, unique=True)
    given = models.CharField(max_length=32)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    told = models.JSONField(default=list)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return self.subject


class SavedView(models.Model):
    """How somebody wants to see a list again: search, filters, order and columns.

    The one without a name is what the program remembers by itself: the columns shown last.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("whose")
    )
    list_key = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=40, blank=True)
    query = models.CharField(_("what is asked for"), max_length=2000, blank=True)
    is_default = models.BooleanField(_("the list begins with it"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            # A name leads to one view; two at once that save the same name make one.
            models.UniqueConstraint(
                fields=["owner", "list_key", "name"], name="savedview_name_once"
            ),
            # A list begins with one view at most.
            models.UniqueConstraint(
                fields=["owner", "list_key"],
                name="savedview_one_default",
                condition=models.Q(is_default=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_key} {self.name}"

    @property
    def address(self) -> str:
        """Where it leads, seen from the list."""
        return f"?view={self.pk}&{self.query}" if self.query else f"?view={self.pk}"


class FileImport(models.Model):
    """Files that somebody sent, kept until they are loaded, or for a day.

    `files`: name, place below the folder, size and sha256 of each. `found`: what a look at them
    said, a table each, in `language`. What is loaded is what was looked at, to the byte.
    """

    class State(models.TextChoices):
        SENT = "sent", _("being read")
        READ = "read", _("looked through")
        ASKED = "asked", _("being loaded")
        LOADED = "loaded", _("loaded")
        REFUSED = "refused", _("not loaded")
        EXPIRED = "expired", _("expired")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("whose")
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    asked_at = models.DateTimeField(_("asked to be loaded"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    # Where the files lie: a name that nobody can guess.
    folder = models.CharField(max_length=64, unique=True)
    files = models.JSONField(_("files"), default=list)
    found = models.JSONField(_("found"), default=list)
    strangers = models.JSONField(_("left alone"), default=list)
    language = models.CharField(max_length=10)
    # The month from whose page they came, if any: that is where their sender goes on.
    month = models.CharField(_("month"), max_length=7, blank=True)

    class Meta:
        verbose_name = _("files sent")
        verbose_name_plural = _("files sent")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "at"], name="fileimport_expiry")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.SENT, self.State.ASKED)


class Spelling(models.Model):
    """How a row's name is written in pinyin and by first letters (core/spelling.py). A memory, no
    fact: it can be thrown away at any time, and the job `spelling` writes it again."""

    kind = models.CharField(_("what"), max_length=60)
    row = models.BigIntegerField(_("row"))
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("spelling"))

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], name="spelling_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SpellingPart(models.Model):
    """A sign of a spelling, or two that follow each other: found by an index that both databases
    have, however many names there are. A memory, as the spelling it is of."""

    kind = models.CharField(_("what"), max_length=60)
    part = models.CharField(_("part"), max_length=2)
    row = models.BigIntegerField(_("row"))

    class Meta:
        verbose_name = _("part of a spelling")
        verbose_name_plural = _("parts of a spelling")
        constraints = [
            models.UniqueConstraint(fields=["kind", "part", "row"], name="spellingpart_once"),
        ]
        # What a row's parts are is asked when its name has changed.
        indexes = [models.Index(fields=["kind", "row"], name="spellingpart_row")]

    def __str__(self) -> str:
        return self.part
