"""Keeping views of lists. They are each one's own: whose they are is part of every question."""

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.lists.asking import normalised
from core.models import SavedView

MOST_VIEWS = 30
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class ViewRefused(Exception):
    """A view that cannot be kept; the message says why, in the reader's language."""


@transaction.atomic
def view_save(*, owner: Any, list_key: str, name: str, query: str) -> SavedView:
    """Keep what a list shows under a name; a name that is known is given to this.

    Raises `ViewRefused`.
    """
    name, query = _name(name), _query(query)
    kept = SavedView.objects.select_for_update().filter(owner=owner, list_key=list_key)
    known = {view.name: view for view in kept}
    if name not in known and len(known) > MOST_VIEWS:
        raise ViewRefused(_("At most %(n)s views of a list: delete one first.") % {"n": MOST_VIEWS})
    view, _new = SavedView.objects.update_or_create(
        owner=owner, list_key=list_key, name=name, defaults={"query": query}
    )
    return view


def view_rename(*, view: SavedView, name: str) -> None:
    """Raises `ViewRefused`, also when another view of the list has the name."""
    name = _name(name)
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError:
        raise ViewRefused(
            _("Another view of this list is called %(name)s.") % {"name": name}
        ) from None


@transaction.atomic
def view_default(*, view: SavedView, is_default: bool) -> None:
    """Begin a list with this view (or with none): one view of each list at most."""
    views = SavedView.objects.filter(owner=view.owner_id, list_key=view.list_key)
    views.exclude(pk=view.pk).update(is_default=False)
    SavedView.objects.filter(pk=view.pk).update(is_default=is_default)


def view_delete(*, view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).delete()


@transaction.atomic
def columns_remember(*, owner: Any, list_key: str, columns: str) -> None:
    """Show these columns of a list from now on, where the address says nothing else."""
    SavedView.objects.update_or_create(
        owner=owner,
        list_key=list_key,
        name="",
        defaults={"query": _query(f"columns={columns}") if columns else ""},
    )


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ViewRefused(_("Give the view a name."))
    if len(name) > 40 or _UNSHOWN.search(name):
        raise ViewRefused(_("A name has at most %(n)s characters.") % {"n": 40})
    return name


def _query(query: str) -> str:
    try:
        return normalised(query)
    except (ValueError, TypeError):
        raise ViewRefused(_("That is too much for one view.")) from None
