"""What follows from an undoing, in words (SLIP-6)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.templatetags.house import day, month_name, yuan_text
from payroll.foretelling import PayChange
from payroll.statements import rule_title
from receivables.rules.undoing import owed_anew, owed_no_more
from receivables.services.foretelling import Foretold


def effects_of(foretold: Foretold) -> list[str]:
    """In the order in which it matters to whoever confirms: the slip, the order, invoices, pay."""
    found = [*_on_the_order(foretold), *map(_on_pay, foretold.pay)]
    if not foretold.pay:
        found.append(_("Nothing changes on anybody's pay."))
    return found


def _on_the_order(foretold: Foretold) -> Iterator[str]:
    before, after = foretold.before, foretold.after
    if after.slip_due != before.slip_due:
        yield _("The slip is due again: %(after)s instead of %(before)s.") % {
            "after": yuan_text(after.slip_due),
            "before": yuan_text(before.slip_due),
        }
    if after.counted != before.counted:
        yield _("Money counted for the order: %(after)s instead of %(before)s.") % {
            "after": yuan_text(after.counted),
            "before": yuan_text(before.counted),
        }
    for state, was in owed_anew(before.deliveries, after.deliveries):
        yield _("Delivery of %(day)s: %(after)s unpaid instead of %(before)s.") % {
            "day": day(state.delivered_on),
            "after": yuan_text(state.unpaid),
            "before": yuan_text(was),
        }
    for state, will in owed_no_more(before.deliveries, after.deliveries):
        yield _("Delivery of %(day)s: %(after)s unpaid instead of %(before)s.") % {
            "day": day(state.delivered_on),
            "after": yuan_text(will),
            "before": yuan_text(state.unpaid),
        }
    if after.over_invoiced:
        yield _("Invoices stand for %(over)s more than is counted: one has to be cancelled.") % {
            "over": yuan_text(after.over_invoiced)
        }


def _on_pay(change: PayChange) -> str:
    return _("%(name)s, %(month)s, %(title)s: %(after)s instead of %(before)s.") % {
        "name": change.person.name,
        "month": month_name(change.month),
        "title": rule_title(change.rule),
        "after": yuan_text(change.after),
        "before": yuan_text(change.before),
    }
