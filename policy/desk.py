"""What the policy hands in to the desk: drafts that wait, versions to come, an open calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import Waiting, card
from core.panels import Panel
from core.templatetags.house import day as day_text
from policy.labels import LABELS
from policy.permissions import EDIT_CALENDAR, PUT_IN_FORCE, can_see_versions
from policy.querysets import drafts_open, own_days, policy_book
from policy.versions import difference
from policy.yearly import is_unannounced

COMING_WITHIN = timedelta(days=14)
# The State Council tells the make-up workdays of a year in the November before it.
ANNOUNCED_FROM_MONTH = 11


def desk(user: Any) -> Iterator[Panel]:
    yield from _coming(user)
    if user.has_role(*PUT_IN_FORCE):
        yield from _drafts()
    if user.has_role(*EDIT_CALENDAR):
        yield from _calendar()


def _coming(user: Any) -> Iterator[Panel]:
    """For everybody: rules that will be other ones within two weeks."""
    today, book = clock.today(), policy_book()
    waiting = []
    for n, start in enumerate(book.starts):
        if not today < start <= today + COMING_WITHIN:
            continue
        changes = difference(book.versions[n], book.versions[n + 1])
        names = ", ".join(str(LABELS[change.name]) for change in changes[:3])
        url = reverse("rules")
        if can_see_versions(user):
            url = f"{reverse('policy_compare')}?after={start.isoformat()}"
        text = _("New rules from %(day)s") % {"day": day_text(start)}
        waiting.append(Waiting(text, url, note=names, due=clock.start_of(start)))
    if waiting:
        yield card(
            key="rules-coming",
            title=_("New rules"),
            icon="book-open",
            url=reverse("rules"),
            waiting=waiting,
        )


def _drafts() -> Iterator[Panel]:
    drafts = list(drafts_open().select_related("made_by__person"))
    if drafts:
        yield card(
            key="policy-drafts",
            title=_("Drafts of the policy"),
            icon="scale",
            url=reverse("policy_versions"),
            waiting=[
                Waiting(
                    draft.name,
                    reverse("policy_draft", args=[draft.pk]),
                    note=draft.made_by.get_full_name(),
                    due=clock.start_of(draft.effective_on),
                )
                for draft in drafts
            ],
        )


def _calendar() -> Iterator[Panel]:
    today = clock.today()
    year = today.year + 1 if today.month >= ANNOUNCED_FROM_MONTH else today.year
    if is_unannounced(year, own_days(date(year, 1, 1), date(year, 12, 31))):
        url = reverse("calendar_year", args=[year])
        text = _("The make-up workdays of %(year)s are not known yet") % {"year": year}
        yield card(
            key="calendar-provisional",
            title=_("Calendar"),
            icon="calendar-days",
            url=url,
            waiting=[Waiting(text, url, note=_("enter them once they are announced"))],
        )
