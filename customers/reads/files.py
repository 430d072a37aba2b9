"""What a page about a file is put together from: contacts, and what the file lacks."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, pgettext

from customers.models import Contact, Customer
from customers.rules.files import Completeness, FileFacts, Lacks, completeness


def completeness_of(file: Customer, contacts: Sequence[Contact]) -> Completeness:
    """How far a file has come, its contacts read already."""
    there = [each for each in contacts if not each.gone]
    return completeness(
        FileFacts(
            **_said(file),
            contacts=len(there),
            reached=sum(bool(each.telephone) for each in there),
            deciding=sum(each.say == Contact.Say.DECIDES for each in there),
        )
    )


def completeness_counted(file: Any) -> Completeness:
    """The same of a row read `with_contact_counts`."""
    return completeness(
        FileFacts(
            **_said(file),
            contacts=file.contact_count,
            reached=file.reached_count,
            deciding=file.deciding_count,
        )
    )


def _said(file: Any) -> dict[str, str]:
    names = ("address", "telephone", "scale", "industry", "source", "level")
    return {name: getattr(file, name) for name in names}


def lacking_words(lacking: Sequence[Lacks]) -> list[str]:
    """What is missing, as people call it."""
    words = {
        Lacks.ADDRESS: gettext("Address"),
        Lacks.TELEPHONE: gettext("Telephone"),
        Lacks.SCALE: gettext("Scale or strength"),
        Lacks.INDUSTRY: gettext("Industry"),
        Lacks.SOURCE: gettext("Source"),
        Lacks.LEVEL: gettext("Level"),
        Lacks.CONTACT: pgettext("file lacks", "a contact"),
        Lacks.DECIDES: pgettext("file lacks", "who decides"),
    }
    return [words[each] for each in lacking]
