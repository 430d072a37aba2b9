"""What follows from a cost or an outcome of a bad-debt case, in words (RES-4 to RES-6)."""

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import total
from core.months import Month
from core.templatetags.house import day, month_name, yuan_text
from payroll.foretelling import PayChange
from payroll.rules import Account, Charge
from payroll.statements import rule_title
from receivables.models import BadDebt
from receivables.rules.reserve_book import YearEnd
from receivables.services.foretelling_cases import CaseForetold


def fingerprint_of(said: Sequence[object], effects: Sequence[str]) -> str:
    """Of what was said and what follows from it: what was looked at and nothing else is confirmed,
    even where the same would do something else by now."""
    return hashlib.sha256(repr([*map(str, said), *effects]).encode()).hexdigest()


def cost_effects(foretold: CaseForetold, case: BadDebt, amount: Decimal) -> list[str]:
    """How a cost is split, from where the salesperson's half is taken, and what else changes."""
    start = f"RES-4/{foretold.person.employee_no}/{case.case_no}/{foretold.day}/"
    taken = foretold.after.of_key(start)
    return [
        *_split(foretold, taken, amount),
        *_else_on_pay(foretold, "RES-4"),
        *_after_it(foretold),
    ]


def _split(foretold: CaseForetold, taken: Sequence[Charge], amount: Decimal) -> Iterator[str]:
    half = total(charge.amount for charge in taken)
    if not half:
        yield _("The company bears the whole cost: %(amount)s.") % {"amount": yuan_text(amount)}
        return
    yield _("Of %(amount)s, %(name)s bears half, rounded up: %(half)s; the company %(rest)s.") % {
        "amount": yuan_text(amount),
        "name": foretold.person.name,
        "half": yuan_text(half),
        "rest": yuan_text(amount - half),
    }
    for charge in taken:
        if charge.source == Account.RESERVE:
            yield _("From the reserve, which holds %(balance)s on %(day)s: %(amount)s.") % {
                "balance": yuan_text(Decimal(charge.arithmetic.values["balance"])),
                "day": day(foretold.day),
                "amount": yuan_text(charge.amount),
            }
        else:
            yield _("From the pay of %(month)s, what the reserve does not cover: %(amount)s.") % {
                "month": month_name(Month.of(foretold.day)),
                "amount": yuan_text(charge.amount),
            }


def outcome_effects(foretold: CaseForetold, case: BadDebt, outcome: str) -> list[str]:
    """What an outcome brings: the debt, the costs, pay, the year's end."""
    about = {"dead": _dead, "recovered": _recovered}.get(outcome)
    return [
        *(about(foretold, case) if about else ()),
        *_else_on_pay(foretold, "RES-6"),
        *_after_it(foretold),
    ]


def _dead(foretold: CaseForetold, case: BadDebt) -> Iterator[str]:
    start = f"RES-6/{foretold.person.employee_no}/{case.case_no}/"
    borne = foretold.after.of_key(f"{start}debt")
    if borne:
        yield _(
            "%(name)s bears the whole debt unpaid on %(day)s: %(amount)s, from the pay of "
            "%(month)s."
        ) % {
            "name": foretold.person.name,
            "day": day(foretold.day),
            "amount": yuan_text(borne[0].amount),
            "month": month_name(Month.of(foretold.day)),
        }
    elif not foretold.owed:
        yield _("Nothing of the order is unpaid on %(day)s: there is no debt to bear.") % {
            "day": day(foretold.day)
        }
    else:
        yield _("The clause about dead debts is not in force: the company bears %(amount)s.") % {
            "amount": yuan_text(foretold.owed)
        }
    yield from _given_back(foretold.after.of_key(f"{start}costs/"))
    for credit in foretold.after.of_key(f"{start}credit/"):
        yield _("Money that came in since is credited: %(amount)s.") % {
            "amount": yuan_text(credit.amount)
        }


def _given_back(charges: Sequence[Charge]) -> Iterator[str]:
    for charge in charges:
        said = (
            _("Given back to the reserve, for costs taken from it: %(amount)s.")
            if charge.target == Account.RESERVE
            else _("Given back on pay, for costs taken from it: %(amount)s.")
        )
        yield said % {"amount": yuan_text(charge.amount)}


def _recovered(foretold: CaseForetold, case: BadDebt) -> Iterator[str]:
    if foretold.owed:
        yield _("Mind: %(amount)s of the order is still unpaid on %(day)s.") % {
            "amount": yuan_text(foretold.owed),
            "day": day(foretold.day),
        }
    yield _("What was taken for costs stays taken.")


def _else_on_pay(foretold: CaseForetold, told: str) -> Iterator[str]:
    """What changes on pay and was not told before: that rule, where it is new, was."""
    for change in foretold.pay:
        if change.rule != told or change.before:
            yield _on_pay(change)
    if not foretold.pay:
        yield _("Nothing changes on anybody's pay.")


def _on_pay(change: PayChange) -> str:
    return _("%(name)s, %(month)s, %(title)s: %(after)s instead of %(before)s.") % {
        "name": change.person.name,
        "month": month_name(change.month),
        "title": rule_title(change.rule),
        "after": yuan_text(change.after),
        "before": yuan_text(change.before),
    }


def _after_it(foretold: CaseForetold) -> Iterator[str]:
    before, after = foretold.before, foretold.after
    if before.reserve != after.reserve:
        yield _("At the month's end the reserve holds %(after)s instead of %(before)s.") % {
            "after": yuan_text(after.reserve),
            "before": yuan_text(before.reserve),
        }
    if after.year_end is not None:
        yield year_end_says(after.year_end)
    for month in foretold.final:
        yield _("%(month)s is final: what changes stands on the next open statement.") % {
            "month": month_name(month)
        }


def year_end_says(end: YearEnd) -> str:
    """What a year's end brings to one reserve, as things stand (RES-2)."""
    if end.kind == "refunded":
        return _(
            "Year end, as things stand: %(refund)s is paid back, with a reward of %(reward)s."
        ) % {
            "refund": yuan_text(end.refund),
            "reward": yuan_text(end.reward),
        }
    if end.kind == "left":
        return _left_says(end)
    if end.cases:
        return _(
            "Year end, as things stand: %(held)s stays in the reserve, for a bad-debt case stands "
            "against it."
        ) % {"held": yuan_text(end.stays)}
    return _("Year end, as things stand: there is nothing in the reserve to pay back.")


def _left_says(end: YearEnd) -> str:
    if end.refund:
        return _("Left on %(day)s: %(refund)s is paid back, without a reward.") % {
            "day": day(end.left_on),
            "refund": yuan_text(end.refund),
        }
    if end.cases:
        return _("Left on %(day)s: %(held)s is held back, for a bad-debt case was open.") % {
            "day": day(end.left_on),
            "held": yuan_text(end.stays),
        }
    return _("Left on %(day)s: there is nothing in the reserve.") % {"day": day(end.left_on)}
