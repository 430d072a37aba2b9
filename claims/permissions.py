"""Who may do what with claims, goods and damages (ORG-1). Whose one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from claims.models import Damage, Expense, Goods, Loan, LoanRequest
from claims.querysets import (
    DECIDES_CLAIMS,
    KEEPS_GOODS,
    RECORDS_DAMAGES,
    SEE_ALL_CLAIMS,
    SEE_GOODS,
)
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from orders.models import Order


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_loans(user: Any) -> Decision:
    if _holds(user, *SEE_GOODS):
        return ALLOWED
    return Decision(
        False,
        _(
            "Goods on loan are for the keeper, salespeople, supervisors, the manager and the "
            "company leader."
        ),
    )


def can_see_claims(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_CLAIMS, *DECIDES_CLAIMS, "salesperson"):
        return ALLOWED
    return Decision(
        False, _("Claims are for whoever makes them, those who decide, and those of money.")
    )


def can_decide_claims(user: Any) -> Decision:
    """The list of what waits for a decision; each claim asks `can_decide`."""
    if _holds(user, *DECIDES_CLAIMS):
        return ALLOWED
    return Decision(
        False, _("Claims are decided by supervisors, the manager, the leader and personnel.")
    )


def can_claim(user: Any) -> Decision:
    """Claims are paid with the statement, and statements are for salespeople (PAY-2)."""
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Expenses are claimed by salespeople."))


def can_claim_on(user: Any, order: Order) -> Decision:
    allowed = can_claim(user)
    if allowed and order.person_id != user.person_id:
        return Decision(False, _("A claim is made on an order of one's own."))
    return allowed


def can_decide(user: Any, claim: Expense) -> Decision:
    """Approve or refuse: the ladder of ORG-1, never one's own."""
    if not claim.is_waiting:
        return Decision(False, _("The claim does not wait any more."))
    return may_decide(user, claim.person)


def can_undo(user: Any, claim: Expense) -> Decision:
    """Take a wrong approval back: the manager, for the manager's own the leader (ORG-1)."""
    if claim.approved_on is None:
        return Decision(False, _("The claim is not approved."))
    return may_decide(user, claim.person, "manager")


def can_correct(user: Any, claim: Expense) -> Decision:
    """Correct or withdraw: whoever claims, as long as it waits."""
    if user.person_id is None or user.person_id != claim.person_id:
        return Decision(False, _("A claim is corrected by whoever made it."))
    if not claim.is_waiting:
        return Decision(False, _("The claim does not wait any more."))
    return ALLOWED


def can_keep_goods(user: Any) -> Decision:
    if _holds(user, *KEEPS_GOODS):
        return ALLOWED
    return Decision(False, _("The register of goods is kept by the keeper."))


def can_borrow(user: Any, goods: Goods) -> Decision:
    if user.person is None or not user.person.has_role("salesperson"):
        return Decision(False, _("Goods are lent to salespeople."))
    if goods.retired_on:
        return Decision(False, _("These goods are not lent any more."))
    return ALLOWED


def can_hand_out(user: Any, person: Person) -> Decision:
    """Lend to somebody, take back from them: the keeper, to others than themself (ORG-1)."""
    if not _holds(user, *KEEPS_GOODS):
        return Decision(False, _("Goods are handed out and taken back by the keeper."))
    return _not_own(user, person.pk)


def _not_own(user: Any, person: int) -> Decision:
    if user.person_id == person:
        return Decision(False, _("Nobody decides on what is their own."))
    return ALLOWED


def can_withdraw_request(user: Any, request: LoanRequest) -> Decision:
    if user.person_id is not None and user.person_id == request.person_id:
        return ALLOWED
    return Decision(False, _("A request is withdrawn by whoever made it."))


def can_return(user: Any, loan: Loan) -> Decision:
    return can_hand_out(user, loan.person)


def can_correct_condition(user: Any, loan: Loan) -> Decision:
    """Keeper or manager, never of what they had themselves."""
    if not _holds(user, *RECORDS_DAMAGES):
        return Decision(False, _("A condition is corrected by the keeper or the manager."))
    if loan.is_out:
        return Decision(False, _("It is not back yet."))
    return _not_own(user, loan.person_id)


def can_see_damages(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_CLAIMS, "keeper", "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False, _("Damages are for whoever is charged, those above them, the keeper and money.")
    )


def can_record_damage(user: Any) -> Decision:
    if _holds(user, *RECORDS_DAMAGES):
        return ALLOWED
    return Decision(False, _("Damages are recorded by the keeper or the manager."))


def can_correct_damage(user: Any, damage: Damage) -> Decision:
    allowed = can_record_damage(user)
    return _not_own(user, damage.person_id) if allowed else allowed


def can_open_receipt(user: Any, file: StoredFile) -> bool:
    """A receipt is opened by whoever may see the claim now."""
    return _owned(Expense.objects.visible_to(user), file)


def can_open_loan_photo(user: Any, file: StoredFile) -> bool:
    return _owned(Loan.objects.visible_to(user), file)


def can_open_damage_photo(user: Any, file: StoredFile) -> bool:
    return _owned(Damage.objects.visible_to(user), file)


def _owned(rows: Any, file: StoredFile) -> bool:
    return file.owner.isdecimal() and rows.filter(pk=int(file.owner)).exists()
