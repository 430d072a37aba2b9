"""A bank's file: kept, looked through, and its lines taken, each once however often it is sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.db import queue_up
from core.imports.keeping import FileChanged, files_drop, files_keep, paths_of
from core.jobs import JobRefused, Running, job_request
from core.models import JobRun
from core.money import total
from core.services import audit, audit_subject
from core.tables.reading import UnreadableFile, rows_of
from receivables.bank.models import BankLayout, BankLine, BankStatement
from receivables.bank.rules.statement import (
    Keys,
    Line,
    Wrong,
    guessed,
    header_of,
    lines_of,
    mapping_refused,
    signature,
)
from receivables.bank.services.days import days_converge
from receivables.bank.services.finding import AT_A_TIME as MATCHED_AT_A_TIME
from receivables.bank.services.finding import lines_match

KIND = "bank"
KEPT_FOR = timedelta(days=1)
AT_ONCE = 300
"""Lines that are taken while the sender waits; more are a job."""
MOST_LINES = 50_000
SHOWN = 20
AT_A_TIME = 500
ALL = "all"
"""The subject of a job that takes no file."""
State = BankStatement.State
Advance = Callable[[str], None]
Each = TypeVar("Each")


class StatementRefused(Exception):
    """A file that cannot be taken; the message says why, in the reader's language."""


def statement_receive(*, actor: Any, file: Any) -> BankStatement:
    """Keep a file that was sent and look through it, if its columns are known from before.

    Otherwise its columns are to be named first. Raises `StatementRefused`.
    """
    statements_expire()
    folder, kept = files_keep([file])
    sent = BankStatement(
        owner=actor, folder=folder, files=kept, name=kept[0]["name"], header_line=0
    )
    try:
        header = header_of(_rows(sent))
        if header is None:
            raise StatementRefused(_("There is no table in this file."))
        sent.header_line, sent.headers = header[0], [cell[:200] for cell in header[1]]
        known = BankLayout.objects.filter(signature=signature(header[1])).first()
        sent.columns = known.columns if known else guessed(header[1])
        if known:
            sent.found, sent.state = _look(sent), State.READ
    except StatementRefused:
        files_drop(sent)
        raise
    sent.save()
    return sent


def _rows(sent: BankStatement) -> Iterator[tuple[int, list[str]]]:
    """The rows of the kept file. Raises `StatementRefused`."""
    try:
        (path,) = paths_of(sent)
        yield from _within_bounds(path)
    except FileChanged:
        raise StatementRefused(_("The file is gone, or no longer what was sent.")) from None
    except UnreadableFile as unreadable:
        where = _("line %(line)s") % {"line": unreadable.line} if unreadable.line else sent.name
        raise StatementRefused(f"{where}: {unreadable.reason}") from None


def _within_bounds(path: Path) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(rows_of(path)):
        if count > MOST_LINES:
            raise UnreadableFile(
                _("has more than %(most)s lines: send it in parts") % {"most": MOST_LINES}
            )
        yield row


@transaction.atomic
def statement_columns(*, actor: Any, statement: BankStatement, columns: Mapping[str, int]) -> None:
    """Say which column is which; remembered for every file with the same headers, then looked at.

    Raises `StatementRefused` when they cannot be read so, or the file is taken already.
    """
    if refused := mapping_refused(columns, len(statement.headers)):
        raise StatementRefused(" ".join(refused))
    statement.columns = dict(columns)
    found = _look(statement)
    changed = BankStatement.objects.filter(
        pk=statement.pk, state__in=(State.COLUMNS, State.READ)
    ).update(columns=statement.columns, found=found, state=State.READ)
    if not changed:
        raise StatementRefused(_("The file was taken already, or dropped."))
    layout, made = BankLayout.objects.get_or_create(
        signature=signature(statement.headers),
        defaults={"headers": statement.headers, "columns": statement.columns, "said_by": actor},
    )
    before = None if made else layout.columns
    if before != statement.columns:
        BankLayout.objects.filter(pk=layout.pk).update(
            columns=statement.columns, said_at=clock.now(), said_by=actor
        )
        audit(
            actor=actor,
            action="bank columns",
            subject=audit_subject(layout),
            changes={"columns": [before, statement.columns]},
        )


def _lines(sent: BankStatement) -> Iterator[Line | Wrong]:
    """The lines as the columns say; one of a day that is yet to come is wrong."""
    tomorrow = clock.today() + timedelta(days=1)
    for line in lines_of(_rows(sent), sent.header_line, sent.columns):
        if isinstance(line, Line) and line.booked.date() > tomorrow:
            yield Wrong(line.number, _("the day is yet to come"))
        else:
            yield line


def _look(sent: BankStatement) -> dict[str, Any]:
    """What taking the file would do; nothing is kept of it."""
    wrong: list[Wrong] = []
    lines: list[tuple[str, Line]] = []
    keys = Keys()
    for line in _lines(sent):
        if isinstance(line, Wrong):
            wrong.append(line)
        else:
            lines.append((keys.of(line), line))
    known = _known([key for key, _line in lines])
    new = {key: line for key, line in lines if key not in known}
    came = [line for line in new.values() if line.comes_in]
    days = sorted({line.booked.date() for _key, line in lines})
    return {
        "lines": len(lines),
        "new": len(new),
        "known": len(lines) - len(new),
        "incoming": len(came),
        "outgoing": len(new) - len(came),
        "amount": str(total(line.amount for line in came)),
        "first": str(days[0]) if days else "",
        "last": str(days[-1]) if days else "",
        "wrong": len(wrong),
        "reasons": [[each.number, each.reason] for each in wrong[:SHOWN]],
        "rows": [_shown(line) for _key, line in lines[:5]],
    }


def _shown(line: Line) -> list[str]:
    sign = "" if line.comes_in else "−"
    return [
        f"{line.booked:%Y-%m-%d %H:%M}" if line.has_time else f"{line.booked:%Y-%m-%d}",
        f"{sign}{line.amount:,.2f}",
        line.payer,
        line.account,
        line.memo,
        line.serial,
    ]


def _known(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _batched(keys):
        found.update(BankLine.objects.filter(key__in=some).values_list("key", flat=True))
    return found


def _batched(items: Iterable[Each]) -> Iterator[list[Each]]:
    some: list[Each] = []
    for item in items:
        some.append(item)
        if len(some) == AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def statement_take(*, actor: Any, statement: BankStatement) -> None:
    """Take the lines of a file that was looked at and match what is certain: at once, or by a job.

    Asked twice they are taken once. Raises `StatementRefused`.
    """
    if statement.found.get("wrong"):
        raise StatementRefused(_("A file with something wrong is left out whole."))
    with transaction.atomic():
        asked = BankStatement.objects.filter(pk=statement.pk, state=State.READ).update(
            state=State.ASKED, asked_at=clock.now()
        )
        if not asked:
            raise StatementRefused(_("Somebody was faster: see below what came of it."))
        audit(
            actor=actor,
            action="bank lines",
            subject=audit_subject(statement),
            changes={"files": [[file["name"], file["sha256"]] for file in statement.files]},
        )
        is_job = statement.found["lines"] > AT_ONCE
        if is_job:
            job_request(kind=KIND, subject=str(statement.pk), actor=actor)
    if not is_job:
        statement.refresh_from_db()
        _take(statement, lambda _name: None)
        lines_match()


def _take(sent: BankStatement, advance: Advance) -> None:
    """Keep the lines that are new. Begun again after a crash it goes on where it stopped."""
    keys = Keys()
    try:
        for lines in _batched(_lines(sent)):
            advance(sent.name)
            _keep(sent, [(keys.of(each), each) for each in lines if isinstance(each, Line)])
    except StatementRefused:
        BankStatement.objects.filter(pk=sent.pk, state=State.ASKED).update(state=State.DROPPED)
        files_drop(sent)
        raise
    with transaction.atomic():
        own = BankLine.objects.filter(statement=sent)
        found = {**sent.found, "taken": own.count()}
        done = BankStatement.objects.filter(pk=sent.pk, state=State.ASKED)
        if done.update(state=State.TAKEN, found=found):
            days = own.order_by().values_list("day", flat=True).distinct()
            days_converge(days=days, actor=sent.owner)
            transaction.on_commit(lambda: files_drop(sent))


@transaction.atomic
def _keep(sent: BankStatement, lines: Sequence[tuple[str, Line]]) -> None:
    """Of two who take the same file the second waits, and finds the lines known."""
    queue_up("bank lines")
    known = _known([key for key, _line in lines])
    new = {key: line for key, line in lines if key not in known}
    BankLine.objects.bulk_create([_row(sent, key, line) for key, line in new.items()])


def _row(sent: BankStatement, key: str, line: Line) -> BankLine:
    state = BankLine.State.UNMATCHED if line.comes_in else BankLine.State.OUTGOING
    return BankLine(
        statement=sent,
        number=line.number,
        key=key,
        booked_at=clock.from_local(line.booked),
        has_time=line.has_time,
        day=line.booked.date(),
        amount=line.amount,
        comes_in=line.comes_in,
        payer=line.payer,
        account=line.account,
        memo=line.memo,
        serial=line.serial,
        state=state,
    )


def statement_drop(*, statement: BankStatement) -> None:
    """Forget a file whose lines were not taken."""
    _drop(BankStatement.objects.filter(pk=statement.pk))


def statements_expire() -> None:
    """Forget what was sent a day ago and not taken."""
    _drop(BankStatement.objects.filter(at__lt=clock.now() - KEPT_FOR))


def _drop(statements: Any) -> None:
    for sent in list(statements.filter(state__in=(State.COLUMNS, State.READ))):
        waiting = BankStatement.objects.filter(pk=sent.pk, state=sent.state)
        if waiting.update(state=State.DROPPED):
            files_drop(sent)


def bank_go_on(*, running: Running) -> None:
    """A job takes a file's lines, or looks at all that are left again; done already, it does
    nothing. Raises `JobRefused`."""
    left = BankLine.objects.left().count()
    if running.run.subject == ALL:
        advance = running.begin(steps=1 + left // MATCHED_AT_A_TIME)
    else:
        sent = BankStatement.objects.filter(pk=int(running.run.subject)).first()
        if sent is None:
            raise JobRefused(_("The file is not there any more."))
        left += sent.found["incoming"]
        steps = 2 + sent.found["lines"] // AT_A_TIME + left // MATCHED_AT_A_TIME
        advance = running.begin(steps=steps)
        _take_asked(sent, advance)
    running.finish(outcome=lines_match(advance=advance))


def _take_asked(sent: BankStatement, advance: Advance) -> None:
    if sent.state == State.ASKED:
        try:
            _take(sent, advance)
        except StatementRefused as refusal:
            raise JobRefused(str(refusal)) from None


def match_again(*, actor: Any) -> bool:
    """Look at all lines that are left again: at once if they are few, else by a job. Says whether
    it is done already."""
    if BankLine.objects.left().count() > AT_ONCE:
        job_request(kind=KIND, subject=ALL, actor=actor)
        return False
    lines_match()
    return True


def matching_run() -> JobRun | None:
    """The latest job that looked at all lines again."""
    return JobRun.objects.filter(kind=KIND, subject=ALL).order_by("-id").first()
