"""Information from the road: filed, corrected, read by those above (INFO-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject
from customers.models import Customer
from reports.models import Information, InformationNote, InformationTag, InformationVersion
from reports.rules.information import LONGEST_TAG, MOST_TAGS, is_important
from reports.services.keeping import change
from reports.services.refusals import ReportsRefused
from reports.services.telling_information import answer_tell, information_tell

PHOTOS = "information"  # the kind of the files that belong to a piece of information


@dataclass(frozen=True, slots=True)
class InformationFacts:
    """What is filed; `customer`: whose news it is, none where it is about the market."""

    kind: str
    title: str
    text: str = ""
    source: str = ""
    urgent: bool = False
    tags: tuple[str, ...] = ()
    customer: Customer | None = None

    def fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title.strip(),
            "text": self.text.strip(),
            "source": self.source.strip(),
            "urgent": self.urgent,
            "customer": self.customer,
        }

    def is_important(self) -> bool:
        level = self.customer.level if self.customer else ""
        return is_important(urgent=self.urgent, kind=self.kind, level=level)


@transaction.atomic
def information_file(
    *,
    person: Person,
    facts: InformationFacts,
    token: UUID,
    photos: Sequence[ReadFile] = (),
    actor: Any = None,
) -> Information:
    """File a piece of information. The same form sent twice files one; news on a key customer and
    what is urgent is told to the manager at once (INFO-1).

    Whether somebody may see the customer says whoever calls. Raises `ReportsRefused`, and
    `FileRefused` for a photo that is not kept: then nothing is filed.
    """
    _check(facts)
    said = {"person": person, "important": facts.is_important(), **facts.fields()}
    made, new = Information.objects.get_or_create(token=token, defaults=said)
    if made.person_id != person.pk:
        raise ReportsRefused(_("Open the form anew and send it again."))
    if not new:
        return made
    _write(made, facts, actor)
    photos_keep(information=made, photos=photos, actor=actor)
    audit(
        actor=actor,
        action="information filed",
        subject=audit_subject(made),
        changes={"kind": [None, made.kind], "title": [None, made.title]},
    )
    if made.important:
        information_tell(information=made, actor=actor)
    return made


def _check(facts: InformationFacts) -> None:
    if facts.kind not in Information.Kind.values:
        raise ReportsRefused(_("There is no such kind of information."))
    if not facts.title.strip():
        raise ReportsRefused(_("Say in a line what it is."))
    if facts.kind == Information.Kind.CUSTOMER and facts.customer is None:
        raise ReportsRefused(_("Say which customer the news is about."))
    if len(facts.tags) > MOST_TAGS:
        raise ReportsRefused(_("At most %(n)s tags.") % {"n": MOST_TAGS})
    if any(not word or len(word) > LONGEST_TAG for word in facts.tags):
        raise ReportsRefused(_("A tag has at most %(n)s signs.") % {"n": LONGEST_TAG})


def _write(row: Information, facts: InformationFacts, actor: Any) -> None:
    """Its tags, and the version that is never changed."""
    row.tags.all().delete()
    InformationTag.objects.bulk_create(
        InformationTag(information=row, word=word) for word in dict.fromkeys(facts.tags)
    )
    InformationVersion.objects.create(
        information=row, version=row.version, said=_as_kept(facts), by=actor
    )


def _as_kept(facts: InformationFacts) -> dict[str, Any]:
    customer = facts.customer
    said = facts.fields() | {"tags": list(facts.tags)}
    return said | {"customer": customer.customer_no if customer else ""}


@transaction.atomic
def information_correct(
    *,
    information: Information,
    facts: InformationFacts,
    photos: Sequence[ReadFile] = (),
    actor: Any = None,
) -> Information:
    """Correct it as it was seen; what it said before is kept, and it is to be read again.

    News that names a customer stays that customer's: whoever could read it before could else be
    another, and its earlier versions with it. What is important now is told, if it was not.
    Raises `ChangedMeanwhile`, `ReportsRefused`.
    """
    _check(facts)
    customer = facts.customer.pk if facts.customer else None
    if information.customer_id is not None and customer != information.customer_id:
        raise ReportsRefused(
            _("News of a customer stays with that customer: file it anew for another.")
        )
    important = information.important or facts.is_important()
    change(information, important=important, **facts.fields())
    now: Information = Information.objects.get(pk=information.pk)
    _write(now, facts, actor)
    photos_keep(information=now, photos=photos, actor=actor)
    changes = {
        name: [str(getattr(information, name)), str(getattr(now, name))]
        for name in ("kind", "title", "text", "source", "urgent")
        if getattr(information, name) != getattr(now, name)
    }
    audit(actor=actor, action="information corrected", subject=audit_subject(now), changes=changes)
    if now.important:
        information_tell(information=now, actor=actor)
    return now


@transaction.atomic
def photos_keep(*, information: Information, photos: Iterable[ReadFile], actor: Any) -> None:
    """Keep photos of it; the same one twice is kept once. Raises `FileRefused`."""
    for photo in photos:
        file_keep(upload=photo, actor=actor, kind=PHOTOS, owner=str(information.pk))


@transaction.atomic
def information_read(*, information: Information, actor: Any) -> bool:
    """Somebody above has read it as it was seen. Whether that is new: ticked twice, it is once."""
    held = Information.objects.select_for_update().get(pk=information.pk)
    if held.version != information.version:
        raise ReportsRefused(_("It was corrected meanwhile: read it again."))
    seen = InformationNote.objects.filter(information=held, version=held.version, by=actor)
    if seen.exists():
        return False
    InformationNote.objects.create(information=held, version=held.version, by=actor)
    audit(actor=actor, action="information read", subject=audit_subject(held), changes={})
    return True


@transaction.atomic
def information_answer(
    *, information: Information, text: str, token: UUID, actor: Any
) -> InformationNote:
    """Answer it; whoever filed it is told. The same form sent twice answers once; an answer says
    that it was read."""
    if not text.strip():
        raise ReportsRefused(_("Write what you answer."))
    held = Information.objects.select_for_update().get(pk=information.pk)
    if held.version != information.version:
        raise ReportsRefused(_("It was corrected meanwhile: read it again."))
    said = {
        "information": held,
        "version": held.version,
        "by": actor,
        "at": clock.now(),
        "text": text.strip(),
    }
    note: InformationNote
    note, new = InformationNote.objects.get_or_create(token=token, defaults=said)
    if note.by_id != actor.pk:
        raise ReportsRefused(_("Open the form anew and send it again."))
    if new:
        audit(actor=actor, action="information answered", subject=audit_subject(held), changes={})
        answer_tell(note=note, actor=actor)
    return note
