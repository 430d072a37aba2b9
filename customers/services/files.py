"""Customer files: opened, changed, passed on, and what is put to them (CUS-1, CUS-2)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.db import queue_up
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.months import Month
from core.services import audit, audit_subject
from customers.models import Customer, OwnerChange, Tag
from customers.querysets.lookalikes import lookalikes
from customers.rules.files import number_after
from customers.services.likeness import likeness_keep
from customers.services.refusals import (
    ChangedMeanwhile,
    FileRefusal,
    LooksAlike,
    refuse_who_does_not_sell,
)
from notices.services import notice_send
from payroll.models import PayMonth
from payroll.services import close_follow

ATTACHMENTS = "customer"  # the kind of a file's photos, scans and PDF
MOST_TAGS = 10


class SaidOfFile(NamedTuple):
    """What a form says of a customer."""

    name: str
    address: str = ""
    scale: str = ""
    level: str = ""
    industry: str = ""
    source: str = ""
    telephone: str = ""
    note: str = ""
    tags: Sequence[str] = ()


@transaction.atomic
def file_add(
    *,
    actor: Any,
    token: UUID,
    customer_no: str,
    owner: Person | None,
    said: SaidOfFile,
    is_another: bool = False,
) -> Customer:
    """Open a customer's file; without a number it gets the next one. The same form sent twice is
    one file. Raises `FileRefusal`: a number that is taken, an owner who does not sell; `LooksAlike`
    where a file stands that is surely alike, unless it was said that this `is_another` firm.
    """
    queue_up("customer numbers")
    if opened := Customer.objects.filter(token=token).first():
        return cast(Customer, opened)
    if owner is not None:
        refuse_who_does_not_sell(owner, field="owner")
    if not is_another:
        _refuse_alike(said)
    file = Customer(
        customer_no=customer_no or next_number(),
        owner=owner,
        created_on=clock.today(),
        token=token,
        **_values(said),
    )
    _save_new(file)
    _tags_become(file, said.tags)
    likeness_keep(file)
    changes = {name: [None, value] for name, value in _values(said).items() if value}
    changes["owner"] = [None, owner and owner.pk]
    if said.tags:
        changes["tags"] = [None, list(said.tags)]
    audit(actor=actor, action="add", subject=audit_subject(file), changes=changes)
    return file


def _refuse_alike(said: SaidOfFile) -> None:
    found = lookalikes(said.name, said.address, said.telephone)
    if any(each.is_surely for each in found):
        raise LooksAlike()


def _values(said: SaidOfFile) -> dict[str, Any]:
    values = said._asdict()
    del values["tags"]
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }


def _save_new(file: Customer) -> None:
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        raise FileRefusal(
            _("There is a customer %(no)s already.") % {"no": file.customer_no},
            field="customer_no",
        ) from None


def next_number() -> str:
    """The number that follows the latest one, past those that are taken."""
    ordered = Customer.objects.order_by(Length("customer_no").desc(), F("customer_no").desc())
    number = number_after(ordered.values_list("customer_no", flat=True).first())
    while Customer.objects.filter(customer_no=number).exists():
        number = number_after(number)
    return number


def version_of(file: Customer) -> str:
    """A fingerprint of what a form showed of a file: a load changes it as a form does."""
    said = [(name, str(getattr(file, name))) for name in SaidOfFile._fields if name != "tags"]
    told = repr([*said, *sorted(tag.word for tag in file.tags.all())])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def file_locked(pk: int) -> Customer:
    """A file read anew, its row held until the transaction ends. Raises `FileRefusal` where another
    has taken its place."""
    Customer.objects.select_for_update().get(pk=pk)
    held: Customer = Customer.objects.select_related("owner").get(pk=pk)
    if held.merged_into_id is not None:
        raise ChangedMeanwhile()
    return held


@transaction.atomic
def file_edit(*, actor: Any, file: Customer, seen: str, said: SaidOfFile) -> Customer:
    """Change what is known of a customer; the owner changes by `owner_change` alone.

    `seen`: `version_of` what the form showed. Raises `ChangedMeanwhile`.
    """
    was = file_locked(file.pk)
    if version_of(was) != seen:
        raise ChangedMeanwhile()
    values = _values(said)
    changed = {name: value for name, value in values.items() if getattr(was, name) != value}
    changes: dict[str, Any] = {name: [getattr(was, name), value] for name, value in changed.items()}
    if tags := _tags_become(was, said.tags):
        changes["tags"] = tags
    if not changes:
        return was
    if changed:
        Customer.objects.filter(pk=was.pk).update(**changed)
    audit(actor=actor, action="edit", subject=audit_subject(was), changes=changes)
    file_follows(was, actor=actor)
    was.refresh_from_db()
    likeness_keep(was)
    return was


def file_follows(file: Customer, *, actor: Any) -> None:
    """Where the month in which a file was opened is a draft, what it lists follows (CUS-1)."""
    month = Month.of(file.created_on)
    if PayMonth.objects.filter(month=month, state=PayMonth.State.CLOSED).exists():
        close_follow(month=month, actor=actor)


def _tags_become(file: Customer, wanted: Sequence[str]) -> list[list[str]]:
    """Make a file's tags these; before and after, or nothing where they are these."""
    words = list(dict.fromkeys(word.strip() for word in wanted if word.strip()))[:MOST_TAGS]
    there = list(file.tags.values_list("word", flat=True))
    if set(there) == set(words):
        return []
    file.tags.exclude(word__in=words).delete()
    Tag.objects.bulk_create(
        [Tag(customer=file, word=word) for word in words if word not in there],
        ignore_conflicts=True,
    )
    return [sorted(there), sorted(words)]


@transaction.atomic
def owner_change(
    *, actor: Any, file: Customer, seen_owner: int | None, to: Person, reason: str
) -> OwnerChange:
    """Pass a file to another owner, for a reason; both are told. Its orders stay whose they are.

    `seen_owner`: whose it was when the form was shown. Raises `ChangedMeanwhile`, and `FileRefusal`
    where it is theirs already, or they do not sell.
    """
    was = file_locked(file.pk)
    if was.owner_id == to.pk:
        raise FileRefusal(_("It is %(person)s's file already.") % {"person": to}, field="to")
    if was.owner_id != seen_owner:
        raise ChangedMeanwhile()
    refuse_who_does_not_sell(to, field="to")
    Customer.objects.filter(pk=was.pk).update(owner=to)
    made = OwnerChange.objects.create(
        customer=was, from_person=was.owner, to_person=to, reason=reason.strip(), by=actor
    )
    audit(
        actor=actor,
        action="owner changed",
        subject=audit_subject(was),
        changes={
            "owner": [was.owner_id, to.pk],
            "reason": [None, made.reason],
            **actor.in_place_of("manager"),
        },
    )
    _tell_owners(was, made)
    return made


def _tell_owners(file: Customer, made: OwnerChange) -> None:
    """Who has it now is led to the file; who had it sees it no more, and to the list."""
    values = {"no": file.customer_no, "name": file.name}
    notice_send(
        people=[cast(Person, made.to_person)],
        key=f"customer/{file.pk}/owner/{made.pk}",
        text=gettext_noop("The file %(no)s %(name)s is yours now"),
        values=values,
        url=reverse("customer", args=[file.customer_no]),
    )
    if made.from_person is not None:
        notice_send(
            people=[made.from_person],
            key=f"customer/{file.pk}/owner/{made.pk}",
            text=gettext_noop("The file %(no)s %(name)s has passed to %(to)s"),
            values={**values, "to": cast(Person, made.to_person).name},
            url=reverse("customers"),
        )


@transaction.atomic
def attachments_add(*, actor: Any, file: Customer, files: Iterable[ReadFile]) -> None:
    """Keep papers of a customer privately; the same one twice is one. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=ATTACHMENTS, owner=str(file.pk))
        changes: Mapping[str, Any] = {"files": [None, read.name]}
        audit(actor=actor, action="scan", subject=audit_subject(file), changes=dict(changes))
