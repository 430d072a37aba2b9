"""What people are told of a run: its name, what came of it, how long it took."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from core import clock
from core.jobs import jobs
from core.models import JobRun

# What a run's `error` says where it is not a sentence of its own.
ERRORS = {
    "WorkerLost": gettext_noop("The worker stopped in the middle of it."),
    "OperationalError": gettext_noop("The database did not answer, or had no room."),
    "InterfaceError": gettext_noop("The database did not answer, or had no room."),
    "CloseOvertaken": gettext_noop("Other closes of the month kept coming in between."),
}


def job_name(run: JobRun) -> str:
    labels = {job.kind: job.label for job in jobs()}
    return _(labels[run.kind]) if run.kind in labels else run.kind


def run_says(run: JobRun) -> str:
    """What came of a run, or how far it is, or why it failed."""
    if run.error and run.state != JobRun.State.DONE:
        return _why(run)
    if run.is_under_way:
        return f"{run.done} / {run.steps}" if run.steps else ""
    return _outcome(run)


def _why(run: JobRun) -> str:
    said = _error(run)
    if run.state == JobRun.State.QUEUED and run.next_try_at:
        when = f"{clock.local(run.next_try_at):%H:%M}"
        said += " " + _("Next try at %(time)s.") % {"time": when}
    return said


def _error(run: JobRun) -> str:
    if known := ERRORS.get(run.error):
        return _(known)
    if " / " in run.error:
        failed, _of, whole = run.error.partition(" / ")
        return _("%(failed)s of its %(whole)s parts failed.") % {"failed": failed, "whole": whole}
    if run.error.isidentifier():
        return _("An error of the program (%(name)s); the log has the rest.") % {"name": run.error}
    return run.error


def _outcome(run: JobRun) -> str:
    found = run.outcome
    if found.get("already"):
        return _("A later close had done it already.")
    if words := settings.JOB_WORDS.get(run.kind):
        said = import_string(words)(found)
    elif "posted" in found:
        said = _("%(posted)s posted, %(reversed)s reversed") % found
    else:
        return ""
    if set_aside := found.get("set_aside"):
        said += "; " + ngettext(
            "%(people)s could not be reckoned and was set aside",
            "%(people)s could not be reckoned and were set aside",
            len(set_aside),
        ) % {"people": ", ".join(sorted(set_aside))}
    return said


def final_outcome(found: Mapping[str, Any]) -> str:
    """What came of a final that the program made by itself."""
    return _("%(month)s is final.") % found


def run_took(run: JobRun) -> str:
    """Seconds or minutes from its first start to its end."""
    if not run.started_at or not run.finished_at:
        return ""
    seconds = (run.finished_at - run.started_at).total_seconds()
    if seconds < 100:
        return _("%(n)s s") % {"n": f"{seconds:.1f}"}
    return _("%(n)s min") % {"n": f"{seconds / 60:.0f}"}
