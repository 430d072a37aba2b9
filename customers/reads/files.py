"""What a page about a file is put together from: contacts, and what the file lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from customers.models import Contact, Customer
from customers.rules.files import Completeness, FileFacts, Lacks, completeness, said_otherwise


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


@dataclass(frozen=True, slots=True)
class AlsoFiled:
    """A file whose place another took, and what it said otherwise: what it is called, its words."""

    file: Customer
    otherwise: Sequence[tuple[str, str]]


def also_filed(gone: Customer, kept: Customer) -> AlsoFiled:
    """What became a part of `kept`, besides its name, which is shown anyway."""
    names = [name for name in said_otherwise(gone, kept) if name != "name"]
    return AlsoFiled(gone, [(_called(name), _worded(gone, name)) for name in names])


def _called(name: str) -> str:
    field: Any = Customer._meta.get_field(name)
    return str(capfirst(str(field.verbose_name)))


def _worded(file: Customer, name: str) -> str:
    worded = getattr(file, f"get_{name}_display", None)
    return str(worded() if worded else getattr(file, name))
