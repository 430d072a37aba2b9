"""Who may do what with the books (ORG-1). Whose pay one may see is in `querysets`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core import clock
from core.files.models import StoredFile
from core.months import Month
from core.permissions import ALLOWED, Decision
from core.tables import fact_tables
from core.tables.table import Table
from payroll.charging import chargers_of, party_of
from payroll.models import Appeal, BankAccount, Entry, PayMonth
from payroll.payouts import SEE_ACCOUNTS
from payroll.querysets import SEE_ALL_PAY, WORK_ON_BOOKS
from payroll.reviewing import objecting_refused
from payroll.rules import Account
from payroll.rules.appeals import (
    LADDER,
    Decider,
    Party,
    Refusal,
    decider_of,
    decider_refusal,
    may_confirm_final,
)

SEE_APPEALS = ("salesperson", "supervisor", *LADDER)
DECIDER_NAMES = {
    Decider.MANAGER: gettext_lazy("the sales manager"),
    Decider.LEADER: gettext_lazy("the company leader"),
    Decider.PERSONNEL: gettext_lazy("personnel"),
}
SEE_MONTHS = (*WORK_ON_BOOKS, "cashier", "leader", "supervisor")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_months(user: Any) -> Decision:
    """The pages about a whole month; what they show is still each one's own people."""
    if _holds(user, *SEE_MONTHS):
        return ALLOWED
    return Decision(
        False,
        _(
            "The pages of a month are for the manager, finance, the cashier, the leader "
            "and supervisors."
        ),
    )


def can_export(user: Any) -> Decision:
    return can_see_months(user)


def can_load(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("Facts are loaded by the manager or finance."))


def can_load_table(user: Any, table: Table) -> Decision:
    """The books' people all that are facts, and whoever keeps what a table is about."""
    if table.loaded_by and _holds(user, *table.loaded_by):
        return ALLOWED
    if table.by_them_alone:
        return Decision(False, _("This table is loaded by whoever decides what it says."))
    return can_load(user)


def can_send_files(user: Any) -> Decision:
    """Whoever may load any table; which of those sent are loaded is `can_load_table`."""
    if any(can_load_table(user, table) for table in fact_tables().values()):
        return ALLOWED
    return can_load(user)


def can_see_loads(user: Any) -> Decision:
    """What was loaded, by whom, and what was wrong with it: it names people and amounts."""
    return can_load(user)


def can_close(user: Any, month: Month) -> Decision:
    if not _holds(user, *WORK_ON_BOOKS):
        return Decision(False, _("A month is closed by the manager or finance."))
    if month.first_day > clock.today():
        return Decision(False, _("The month has not begun yet."))
    return ALLOWED


def can_see_jobs(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS, "leader", "admin"):
        return ALLOWED
    return Decision(
        False, _("The jobs are for the manager, finance, personnel and the company leader.")
    )


def can_run_jobs(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("A failed job is run again by the manager or finance."))


def can_final(user: Any) -> Decision:
    if _holds(user, *WORK_ON_BOOKS):
        return ALLOWED
    return Decision(False, _("A month is made final by the manager or finance."))


def can_see_payout(user: Any) -> Decision:
    """The list of what a month pays out: whoever sees everybody's pay."""
    if _holds(user, *SEE_ALL_PAY):
        return ALLOWED
    return Decision(
        False, _("The payout list is for finance, the cashier, the manager and the leader.")
    )


def can_pay_out(user: Any) -> Decision:
    if _holds(user, "finance"):
        return ALLOWED
    return Decision(False, _("Pay is paid out by finance."))


def can_see_accounts(user: Any) -> Decision:
    if _holds(user, *SEE_ACCOUNTS):
        return ALLOWED
    return Decision(False, _("The list of bank accounts is for finance and personnel."))


def can_enter_account(user: Any, person: Person) -> Decision:
    """One's own, or anybody's for personnel and finance."""
    if _holds(user, *SEE_ACCOUNTS) or user.person_id == person.pk:
        return ALLOWED
    return Decision(False, _("A bank account is entered by its owner, personnel or finance."))


def can_decide_account(user: Any, account: BankAccount) -> Decision:
    """Finance or personnel, but neither the owner nor whoever entered it."""
    if not _holds(user, *SEE_ACCOUNTS):
        return Decision(False, _("Bank accounts are confirmed by finance or personnel."))
    if user.pk == account.entered_by_id or user.person_id == account.person_id:
        return Decision(
            False, _("Somebody else confirms it: not the owner, and not who entered it.")
        )
    return ALLOWED


def can_reveal_account(user: Any, account: BankAccount) -> Decision:
    if _holds(user, "finance") or user.person_id == account.person_id:
        return ALLOWED
    return Decision(False, _("The whole number is for its owner and finance."))


def party_of_user(user: Any, about: Person | None = None) -> Party:
    """Whoever is signed in, with the roles they stand in for (ORG-1), as the rules see them.

    Who may do everything holds every role. For whom one stands in one decides nothing about them.
    """
    if user.is_superuser:
        return Party(user.get_username(), frozenset({*LADDER, *WORK_ON_BOOKS}))
    if user.person is None:
        return Party(user.get_username(), frozenset())
    own = party_of(user.person)
    stood_in = (each.role_set for each in user.stand_ins if not about or each.absent_id != about.pk)
    return Party(own.who, own.roles.union(*stood_in))


def may_decide(user: Any, person: Person, chargers: Iterable[Party] = ()) -> Decision:
    """Whether a user decides on what concerns somebody (ORG-1): never on their own."""
    charged_by = tuple(chargers)
    about = party_of(person)
    refusal = decider_refusal(party_of_user(user, person), about, charged_by)
    if refusal is None:
        return ALLOWED
    if refusal == Refusal.OWN:
        return Decision(False, _("Nobody decides on their own case."))
    if refusal == Refusal.CHARGED:
        return Decision(False, _("The decider is not the one who charged."))
    role = DECIDER_NAMES[decider_of(about, charged_by)]
    return Decision(False, _("This is decided by %(role)s.") % {"role": role})


def can_waive(user: Any, entry: Entry) -> Decision:
    """Forgiving a charge, and taking that back: whoever decides on the person's own (PAY-2)."""
    is_charge = entry.purpose == Entry.Purpose.CHARGE and entry.reverses_id is None
    if not is_charge or entry.person is None or entry.rule == "PAY-6" or not _is_taken(entry):
        return Decision(False, _("Only what is taken from somebody can be forgiven."))
    return may_decide(user, entry.person)


def _is_taken(entry: Entry) -> bool:
    return entry.on_pay < 0 or entry.source == Account.CASH


def can_see_appeals(user: Any) -> Decision:
    if _holds(user, *SEE_APPEALS):
        return ALLOWED
    return Decision(
        False,
        _("Appeals are read by whoever filed them, by supervisors and by those who decide."),
    )


def can_object(user: Any, entry: Entry, pay_month: PayMonth | None) -> Decision:
    """Objecting to a line of one's own statement, as long as there is time (PAY-3)."""
    if user.person is None or entry.person_id != user.person_id:
        return Decision(False, _("Only a line of your own statement can be objected to."))
    is_line = entry.purpose == Entry.Purpose.CHARGE and bool(entry.on_pay)
    if not is_line or entry.reverses_id is not None:
        return Decision(False, _("Only a line of your own statement can be objected to."))
    if refused := objecting_refused(pay_month, clock.now()):
        return Decision(False, refused)
    return ALLOWED


def can_acknowledge(user: Any, person: Person) -> Decision:
    if user.person is not None and user.person_id == person.pk:
        return ALLOWED
    return Decision(False, _("A statement is acknowledged by whoever it is about."))


def can_decide(user: Any, appeal: Appeal) -> Decision:
    """Deciding on an appeal, or asking for more (PAY-3)."""
    if not appeal.is_undecided:
        return Decision(False, _("The appeal has been decided."))
    return may_decide(user, appeal.person, chargers_of(appeal.entry))


def can_say(user: Any, appeal: Appeal) -> Decision:
    """Adding a word: the salesperson, and whoever decides."""
    if appeal.is_undecided and user.person is not None and user.person_id == appeal.person_id:
        return ALLOWED
    return can_decide(user, appeal)


def can_withdraw(user: Any, appeal: Appeal) -> Decision:
    if user.person is None or user.person_id != appeal.person_id:
        return Decision(False, _("An appeal is withdrawn by whoever filed it."))
    if not appeal.is_undecided:
        return Decision(False, _("The appeal has been decided."))
    return ALLOWED


def can_confirm_final(user: Any, asked_by: Any) -> Decision:
    """Confirming what another asked for: finance with the manager (PAY-2)."""
    if may_confirm_final(party_of_user(asked_by), party_of_user(user)):
        return ALLOWED
    return Decision(
        False, _("Finance and the manager make a month final together: the other one confirms.")
    )


def can_open_evidence(user: Any, file: StoredFile) -> bool:
    """What was sent with an appeal is opened by whoever may read the appeal."""
    if not file.owner.isdecimal():
        return False
    return Appeal.objects.visible_to(user).filter(pk=int(file.owner)).exists()
