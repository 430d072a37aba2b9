"""Sending files, looking through them, loading them: each step once, whoever asks how often."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core import clock
from core.db import is_busy
from core.imports.keeping import (
    FileChanged,
    files_drop,
    files_keep,
    paths_of,
    reasons_keep,
    size_of,
)
from core.imports.looking import look_at
from core.jobs import JobRefused, Running, job_request
from core.models import FileImport, TableLoad
from core.services import audit, sources_load
from core.tables.folder import FolderContents, Source, Stranger, contents_of

KEPT_FOR = timedelta(days=1)
# What takes longer is a job, which shows how far it is.
AT_ONCE_BYTES = 2 * 1024 * 1024
JOB = "import"
State = FileImport.State
Advance = Callable[[str], None]


class ImportRefused(Exception):
    """Files that cannot be loaded now; the message says why, in the reader's language."""


def import_receive(*, files: Sequence[Any], actor: Any, month: str = "") -> FileImport:
    """Keep files that were sent and look through them: at once, or by a job if they are large."""
    imports_expire()
    folder, kept = files_keep(files)
    sent = FileImport.objects.create(
        owner=actor, folder=folder, files=kept, month=month, language=get_language() or ""
    )
    _go_on(sent, actor)
    return sent


def import_ask(*, sent: FileImport, actor: Any) -> None:
    """Load what was looked at. Raises `ImportRefused` when that is over, or done already."""
    if sent.state == State.READ and clock.now() - sent.at > KEPT_FOR:
        _expire(FileImport.objects.filter(pk=sent.pk, state=State.READ))
        raise ImportRefused(_("The files were kept for a day and are gone: send them again."))
    asked = FileImport.objects.filter(pk=sent.pk, state=State.READ).update(
        state=State.ASKED, asked_at=clock.now()
    )
    if not asked:
        raise ImportRefused(_("Somebody was faster: see below what came of it."))
    audit(
        actor=actor,
        action="import",
        subject=f"files {sent.pk}",
        changes={"files": [[file["name"], file["sha256"]] for file in sent.files]},
    )
    sent.refresh_from_db()
    _go_on(sent, actor)


def import_drop(*, sent: FileImport) -> None:
    """Forget files that were looked at and not loaded."""
    _expire(FileImport.objects.filter(pk=sent.pk, state=State.READ))


def imports_expire() -> None:
    """Delete what was kept for a day and not loaded."""
    old = FileImport.objects.filter(at__lt=clock.now() - KEPT_FOR)
    _expire(old.filter(state__in=(State.SENT, State.READ)))


def _expire(over: QuerySet[FileImport]) -> None:
    for sent in list(over):
        if FileImport.objects.filter(pk=sent.pk, state=sent.state).update(state=State.EXPIRED):
            files_drop(sent)


def subject_of(sent: FileImport) -> str:
    """What the job that takes the next step is about: these files, as they stand."""
    return f"{sent.pk}/{sent.state}"


def _go_on(sent: FileImport, actor: Any) -> None:
    if size_of(sent) > AT_ONCE_BYTES:
        job_request(kind=JOB, subject=subject_of(sent), actor=actor)
        return
    before = FileImport.objects.filter(pk=sent.pk, state=sent.state)
    try:
        _step(sent, lambda _name: None)
    except Exception as error:
        # What was looked at can be asked for again; what was not is of no use.
        before.update(state=State.READ if sent.state == State.ASKED else State.REFUSED)
        if not (isinstance(error, OperationalError) and is_busy(error)):
            raise
        reason = _("something else was being written for too long: load the file again")
        raise ImportRefused(reason) from None


def import_go_on(*, running: Running) -> None:
    """A job takes the next step, whichever that is; taken already, nothing happens."""
    sent = FileImport.objects.filter(pk=int(running.run.subject.partition("/")[0])).first()
    if sent is None:
        raise JobRefused("gone")
    advance = running.begin(steps=len(sent.files))
    with override(sent.language or None):
        try:
            _step(sent, advance)
        except ImportRefused as refusal:
            raise JobRefused(str(refusal)) from None
    sent.refresh_from_db()
    told = [each.get("loaded", each) for each in sent.found]
    running.finish(
        outcome={
            "loaded": sent.state == State.LOADED,
            **{name: sum(each[name] for each in told) for name in ("new", "changed", "wrong")},
        }
    )


def _step(sent: FileImport, advance: Advance) -> None:
    if sent.state == State.SENT:
        _look(sent, advance)
    elif sent.state == State.ASKED:
        _load(sent, advance)


def _look(sent: FileImport, advance: Advance) -> None:
    contents = _contents(sent)
    looks = look_at(contents.sources, size=size_of(sent), actor=sent.owner, advance=advance)
    for number, look in enumerate(looks):
        reasons_keep(sent, number, look.by_line)
    FileImport.objects.filter(pk=sent.pk, state=State.SENT).update(
        state=State.READ,
        found=[look.as_kept() for look in looks],
        strangers=[[each.name, str(each.reason)] for each in contents.strangers],
    )


def _load(sent: FileImport, advance: Advance) -> None:
    sources = _contents(sent).sources
    found = [dict(each) for each in sent.found]
    wanted = [n for n, each in enumerate(found) if will_be_loaded(each)]
    loads = sources_load(sources=[sources[n] for n in wanted], actor=sent.owner, progress=advance)
    for number, load in zip(wanted, loads, strict=True):
        found[number]["loaded"] = _as_kept(load)
        found[number]["differs"] = _differs(found[number])
    done = FileImport.objects.filter(pk=sent.pk, state=State.ASKED)
    if done.update(state=State.LOADED, found=found):
        files_drop(sent)


def will_be_loaded(found: dict[str, Any]) -> bool:
    """A file with a wrong row is left out whole; one that builds on another is tried after it."""
    return not found["wrong"] or bool(found["builds_on"])


def _as_kept(load: TableLoad) -> dict[str, Any]:
    return {
        "load": load.pk,
        **{name: getattr(load, name) for name in ("new", "changed", "same", "wrong")},
        "reasons": load.reasons[:20],
    }


def _differs(found: dict[str, Any]) -> bool:
    """Whether something else came of it than the look had said."""
    counts = ("new", "changed", "same", "wrong")
    is_foreseen = not found["builds_on"]
    return is_foreseen and any(found[name] != found["loaded"][name] for name in counts)


def _contents(sent: FileImport) -> FolderContents:
    """What lies in the files, as far as it is their sender's to load."""
    found = _contents_whole(sent)
    may_load = import_string(settings.MAY_LOAD_TABLE)
    refused = [each for each in found.sources if not may_load(sent.owner, each.table)]
    return FolderContents(
        [each for each in found.sources if each not in refused],
        [
            *found.strangers,
            *(Stranger(each.name, _("this table is not yours to load")) for each in refused),
        ],
    )


def _contents_whole(sent: FileImport) -> FolderContents:
    try:
        return contents_of(paths_of(sent))
    except FileChanged as changed:
        FileImport.objects.filter(pk=sent.pk, state=sent.state).update(state=State.REFUSED)
        files_drop(sent)
        raise ImportRefused(
            _("%(file)s is no longer what was looked at; nothing was loaded. Send it again.")
            % {"file": changed}
        ) from None


def source_of(sent: FileImport, number: int) -> Source:
    """The table with this number, as it lies in its file. Raises `ImportRefused`."""
    return _contents(sent).sources[number]
