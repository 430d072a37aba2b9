"""Bank accounts: entered by one, confirmed by another (PAY-6)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.services import audit
from payroll.models import BankAccount
from payroll.payouts import SEE_ACCOUNTS, masked

State = BankAccount.State


class AccountRefused(Exception):
    """The bank account cannot be entered or decided on; the message says why."""


def account_subject(person: Person) -> str:
    """What the audit trail calls somebody's bank accounts: all of them have one history."""
    return f"bankaccount {person.employee_no}"


def _in_place(actor: Any, person: Person) -> Mapping[str, str]:
    return {} if actor.person_id == person.pk else in_place(actor, *SEE_ACCOUNTS)


def bank_account_enter(
    *,
    actor: Any,
    person: Person,
    holder: str,
    bank: str,
    branch: str,
    number: str,
    valid_from: date,
) -> BankAccount:
    """Enter an account; it counts once somebody else has confirmed it. Raises `AccountRefused`."""
    try:
        with transaction.atomic():
            account = BankAccount.objects.create(
                person=person,
                holder=holder,
                bank=bank,
                branch=branch,
                number=number,
                valid_from=valid_from,
                entered_by=actor,
            )
            audit(
                actor=actor,
                action="bank account entered",
                subject=account_subject(person),
                changes={
                    "holder": ["", holder],
                    "bank": ["", f"{bank} {branch}".strip()],
                    "number": ["", masked(number)],
                    "valid_from": ["", str(valid_from)],
                    **_in_place(actor, person),
                },
            )
            return account
    except IntegrityError:
        raise AccountRefused(
            _("An account of theirs waits for confirmation already; decide on that one first.")
        ) from None


def bank_account_confirm(*, actor: Any, account: BankAccount) -> None:
    """Confirm an account: pay goes there from its day on. Raises `AccountRefused`."""
    _decide(actor=actor, account=account, state=State.CONFIRMED, reason="")


def bank_account_refuse(*, actor: Any, account: BankAccount, reason: str) -> None:
    """Say no to an account, with the reason. Raises `AccountRefused`."""
    if not reason.strip():
        raise AccountRefused(_("Say why it is not confirmed."))
    _decide(actor=actor, account=account, state=State.REFUSED, reason=reason.strip())


@transaction.atomic
def _decide(*, actor: Any, account: BankAccount, state: str, reason: str) -> None:
    if actor.pk == account.entered_by_id or actor.person_id == account.person_id:
        raise AccountRefused(_("Somebody else confirms it: not the owner, and not who entered it."))
    decided = BankAccount.objects.filter(pk=account.pk, state=State.WAITING).update(
        state=state, reason=reason, decided_by=actor, decided_at=clock.now()
    )
    if not decided:
        raise AccountRefused(_("It was decided on meanwhile."))
    audit(
        actor=actor,
        action=f"bank account {state}",
        subject=account_subject(account.person),
        changes={
            "number": masked(account.number),
            "state": [State.WAITING, state],
            **({"reason": ["", reason]} if reason else {}),
            **in_place(actor, *SEE_ACCOUNTS),
        },
    )


@transaction.atomic
def bank_account_reveal(*, actor: Any, account: BankAccount) -> str:
    """The whole number, for whoever may know it; that it was asked for is kept."""
    audit(
        actor=actor,
        action="bank account revealed",
        subject=account_subject(account.person),
        changes={"number": masked(account.number), **_in_place(actor, account.person)},
    )
    return account.number
