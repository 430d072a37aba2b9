"""Drafts of the policy: made, changed, discarded, put in force (POL-1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.db import queue_up
from core.services import audit, audit_subject
from policy.models import PolicyDraft, PolicyParameter
from policy.querysets import DRAFT_POLICY, PUT_IN_FORCE, policy_rows, settled_through
from policy.rules import PolicyBook, parse_parameter, shift_refusal, value_refusal
from policy.services.refusals import ChangedMeanwhile, PolicyRefused
from policy.services.versions import parameters_replace
from policy.versions import book_with

State = PolicyDraft.State


@transaction.atomic
def draft_make(*, actor: Any, name: str, effective_on: date) -> PolicyDraft:
    """Begin a draft. Sent twice by the same person it is the same draft.

    Raises `PolicyRefused`: the day has passed, or another draft is called that.
    """
    _check_day(effective_on)
    try:
        with transaction.atomic():
            draft = PolicyDraft.objects.create(name=name, effective_on=effective_on, made_by=actor)
    except IntegrityError:
        standing = PolicyDraft.objects.filter(name=name, state=State.DRAFT).first()
        if standing and (standing.made_by_id, standing.effective_on) == (actor.pk, effective_on):
            return standing
        raise PolicyRefused(_("A draft is called that already. Choose another name.")) from None
    audit(
        actor=actor,
        action="draft",
        subject=audit_subject(draft),
        changes={
            "name": ["", name],
            "effective_on": ["", str(effective_on)],
            **in_place(actor, *DRAFT_POLICY),
        },
    )
    return draft


@transaction.atomic
def draft_change(
    *,
    actor: Any,
    draft: PolicyDraft,
    seen_version: int,
    name: str,
    effective_on: date,
    changes: Mapping[str, str],
) -> None:
    """Write what a draft says. `changes`: texts that `parse_parameter` takes, by parameter.

    Raises `PolicyRefused`; `ChangedMeanwhile` where it is not the draft that was seen.
    """
    _check_day(effective_on)
    _check_texts(changes)
    before = PolicyDraft.objects.get(pk=draft.pk)
    try:
        with transaction.atomic():
            moved = _as_seen(draft, seen_version).update(
                name=name,
                effective_on=effective_on,
                changes=dict(changes),
                version=seen_version + 1,
            )
    except IntegrityError:
        raise PolicyRefused(_("A draft is called that already. Choose another name.")) from None
    if not moved:
        raise ChangedMeanwhile
    said = {
        "name": [before.name, name],
        "effective_on": [str(before.effective_on), str(effective_on)],
        **{
            parameter: [before.changes.get(parameter, ""), changes.get(parameter, "")]
            for parameter in sorted({*before.changes, *changes})
        },
    }
    audit(
        actor=actor,
        action="change draft",
        subject=audit_subject(before),
        changes={
            **{key: pair for key, pair in said.items() if pair[0] != pair[1]},
            **in_place(actor, *DRAFT_POLICY),
        },
    )


@transaction.atomic
def draft_discard(*, actor: Any, draft: PolicyDraft, seen_version: int) -> None:
    """Give a draft up. It stays on file. Raises `ChangedMeanwhile`."""
    _decide(actor, draft, seen_version, State.DISCARDED)
    audit(
        actor=actor,
        action="discard draft",
        subject=audit_subject(draft),
        changes={
            "state": [State.DRAFT.value, State.DISCARDED.value],
            **in_place(actor, *DRAFT_POLICY, *PUT_IN_FORCE),
        },
    )


@transaction.atomic
def draft_put(*, actor: Any, draft: PolicyDraft, seen_version: int) -> None:
    """Put a draft in force: from its day on its values count. Once, however often it is asked.

    Raises `PolicyRefused` with the reason, `ChangedMeanwhile` where it is not what was seen.
    """
    # Two drafts, or a draft and a file, one after the other: each sees what the other wrote.
    queue_up(PolicyParameter._meta.db_table)
    _decide(actor, draft, seen_version, State.PUT)
    draft.refresh_from_db()
    rows = policy_rows()
    _check_day(draft.effective_on)
    _check_values(draft, {(day, name): value for day, name, value in rows})
    _check_shift(book_with(rows, draft.changes, draft.effective_on), draft.effective_on)
    before = {name: value for day, name, value in rows if day == draft.effective_on}
    parameters_replace(
        rows=[
            {"effective_on": draft.effective_on, "parameter": name, "value": value}
            for name, value in sorted(draft.changes.items())
        ],
        actor=actor,
    )
    audit(
        actor=actor,
        action="put in force",
        subject=audit_subject(draft),
        changes={
            "state": [State.DRAFT.value, State.PUT.value],
            **{name: [before.get(name, ""), value] for name, value in draft.changes.items()},
            **in_place(actor, *PUT_IN_FORCE),
        },
    )


def _as_seen(draft: PolicyDraft, version: int) -> Any:
    return PolicyDraft.objects.filter(pk=draft.pk, state=State.DRAFT, version=version)


def _decide(actor: Any, draft: PolicyDraft, seen_version: int, state: PolicyDraft.State) -> None:
    moved = _as_seen(draft, seen_version).update(
        state=state, version=seen_version + 1, decided_by=actor, decided_at=clock.now()
    )
    if moved:
        return
    now = PolicyDraft.objects.get(pk=draft.pk)
    if now.state == State.PUT:
        raise ChangedMeanwhile(_("This draft has been put in force already."))
    if now.state == State.DISCARDED:
        raise ChangedMeanwhile(_("This draft has been discarded already."))
    raise ChangedMeanwhile


def _check_day(effective_on: date) -> None:
    if effective_on < clock.today():
        raise PolicyRefused(_("That day has passed: a version counts from today on, or later."))


def _check_shift(book: PolicyBook, effective_on: date) -> None:
    for version in book.versions[1:]:
        is_touched = version.effective_on is not None and version.effective_on >= effective_on
        if is_touched and (reason := shift_refusal(version)):
            raise PolicyRefused(str(reason))


def _check_texts(changes: Mapping[str, str]) -> None:
    for name, text in changes.items():
        try:
            parse_parameter(name, text)
        except ValidationError as error:
            raise PolicyRefused(error.messages[0]) from None


def _check_values(draft: PolicyDraft, standing: Mapping[tuple[date, str], str]) -> None:
    if not draft.changes:
        raise PolicyRefused(_("The draft changes nothing yet."))
    settled = settled_through()
    for name, value in draft.changes.items():
        refusal = value_refusal(
            name=name,
            value=value,
            effective_on=draft.effective_on,
            before=standing.get((draft.effective_on, name)),
            today=clock.today(),
            settled=settled,
        )
        if refusal:
            raise PolicyRefused(str(refusal[1]))
