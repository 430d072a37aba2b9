"""Who is told of claims, goods and damages: the one place from which word of it goes out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.deciding import deciders_of
from accounts.models import Person
from claims.models import Damage, Expense, Loan, LoanRequest
from core import clock
from core.templatetags.house import yuan_text
from notices.services import notice_send


def claim_tell(*, claim: Expense, actor: Any) -> None:
    """Whoever decides hears that a claim waits."""
    notice_send(
        people=deciders_of(claim.person),
        key=f"expense/{claim.pk}/filed",
        text=gettext_noop("%(name)s claims %(amount)s on order %(order)s"),
        values={
            "name": claim.person.name,
            "amount": yuan_text(claim.amount),
            "order": claim.order.order_no,
        },
        url=reverse("expense", args=[claim.pk]),
        actor=actor,
    )


def claim_decided_tell(*, claim: Expense, actor: Any) -> None:
    """Whoever claimed hears what was decided; of a refusal with its reason."""
    approved = claim.approved_on is not None
    notice_send(
        people=[claim.person],
        key=f"expense/{claim.pk}/decided/{claim.version}",
        text=gettext_noop("Your claim %(claim)s is approved")
        if approved
        else gettext_noop("Your claim %(claim)s is refused: %(reason)s"),
        values={"claim": claim.claim_no, "reason": claim.reply},
        url=reverse("expense", args=[claim.pk]),
        actor=actor,
    )


def request_tell(*, request: LoanRequest, actor: Any) -> None:
    """The keeper hears that goods are asked for."""
    notice_send(
        people=Person.objects.acting_as("keeper", clock.today()),
        key=f"loanrequest/{request.pk}/asked",
        text=gettext_noop("%(name)s asks to borrow %(item)s"),
        values={"name": request.person.name, "item": request.goods.name},
        url=reverse("goods_one", args=[request.goods.code]),
        actor=actor,
    )


def request_refused_tell(*, request: LoanRequest, actor: Any) -> None:
    notice_send(
        people=[request.person],
        key=f"loanrequest/{request.pk}/refused",
        text=gettext_noop("%(item)s is not lent to you: %(reason)s"),
        values={"item": request.goods.name, "reason": request.reply},
        url=reverse("goods_one", args=[request.goods.code]),
        actor=actor,
    )


def condition_tell(*, loan: Loan, actor: Any) -> None:
    """Whoever had the goods hears in what condition they were found, and what it costs."""
    notice_send(
        people=[loan.person],
        key=f"loan/{loan.pk}/found/{loan.condition}",
        text=_found_text(loan),
        values={"item": loan.item, "price": yuan_text(loan.price)},
        url=reverse("loan", args=[loan.pk]),
        actor=actor,
    )


def _found_text(loan: Loan) -> str:
    if loan.condition == Loan.Condition.DAMAGED:
        return gettext_noop("%(item)s came back damaged: its price %(price)s is charged")
    if loan.condition == Loan.Condition.LOST:
        return gettext_noop("%(item)s is lost: its price %(price)s is charged")
    return gettext_noop("%(item)s is back in good condition: nothing is charged")


def damage_tell(*, damage: Damage, actor: Any) -> None:
    """Whoever broke it hears what it costs. On purpose, the manager is to look at a case."""
    notice_send(
        people=[damage.person],
        key=f"damage/{damage.pk}",
        text=gettext_noop("%(item)s was broken: its cost price %(price)s is charged"),
        values={"item": damage.item, "price": yuan_text(damage.cost_price)},
        url=reverse("damage", args=[damage.pk]),
        actor=actor,
    )
    if damage.on_purpose:
        case_tell(damage=damage, actor=actor)


def case_tell(*, damage: Damage, actor: Any) -> None:
    """The manager, or the leader where it is the manager's, hears that a conduct case is due."""
    role = "leader" if damage.person.has_role("manager") else "manager"
    heads = Person.objects.acting_as(role, clock.today()).exclude(pk=damage.person_id)
    notice_send(
        people=heads,
        key=f"damage/{damage.pk}/case",
        text=gettext_noop("%(name)s broke %(item)s on purpose: a conduct case is to be opened"),
        values={"name": damage.person.name, "item": damage.item},
        url=reverse("damage", args=[damage.pk]),
        actor=actor,
    )
