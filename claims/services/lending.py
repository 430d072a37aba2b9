"""Goods asked for, and handed out on an IOU (GOOD-1, S9-4.8)."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from claims.models import Goods, Loan, LoanRequest
from claims.services.goods import goods_locked
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from claims.services.telling import request_refused_tell, request_tell
from core import clock
from core.numbers import next_no
from core.services import audit, audit_subject
from customers.models import Customer

State = LoanRequest.State


@transaction.atomic
def loan_ask(
    *,
    goods: Goods,
    person: Person,
    token: UUID,
    purpose: str = "",
    customer: Customer | None = None,
    actor: Any = None,
) -> LoanRequest:
    """Ask the keeper for goods. Asking again while it waits changes nothing.

    Raises `ClaimsRefused` where it is out or retired.
    """
    _must_be_free(goods_locked(goods.pk))
    waiting = LoanRequest.objects.waiting().filter(goods=goods, person=person)
    try:
        with transaction.atomic():
            request = LoanRequest.objects.create(
                goods=goods, person=person, purpose=purpose.strip(), customer=customer, token=token
            )
    except IntegrityError:
        asked: LoanRequest | None = waiting.first()
        if asked:
            return asked
        raise ClaimsRefused(_("Open the form anew and send it again.")) from None
    audit(
        actor=actor,
        action="ask to borrow",
        subject=audit_subject(request),
        changes={"goods": [None, goods.code], "purpose": [None, request.purpose]},
    )
    request_tell(request=request, actor=actor)
    return request


def _must_be_free(goods: Goods) -> None:
    if goods.retired_on:
        raise ClaimsRefused(_("These goods are not lent any more."))
    # Who has it is not for everybody who asks.
    if Loan.objects.filter(goods=goods, returned_on=None).exists():
        raise ClaimsRefused(_("It is out already."))


@transaction.atomic
def loan_request_withdraw(*, request: LoanRequest, actor: Any = None) -> None:
    """Whoever asked lets it be. Raises `ChangedMeanwhile` where the keeper was first."""
    _end(request, "request withdrawn", actor, state=State.WITHDRAWN)


@transaction.atomic
def loan_request_refuse(*, request: LoanRequest, reply: str, actor: Any = None) -> None:
    """Lend nothing, with the reason. Raises `ChangedMeanwhile` for who comes second."""
    if not reply.strip():
        raise ClaimsRefused(_("A decision needs its reason."))
    _end(request, "request refused", actor, state=State.REFUSED, reply=reply.strip())
    request_refused_tell(
        request=LoanRequest.objects.select_related("person", "goods").get(pk=request.pk),
        actor=actor,
    )


@transaction.atomic
def loan_hand_out(*, request: LoanRequest, actor: Any = None) -> Loan:
    """Hand out what was asked for: from now on it is lent, on an IOU.

    Raises `ClaimsRefused` where it is out or retired, `ChangedMeanwhile` for who comes second.
    """
    goods = goods_locked(request.goods_id)
    if LoanRequest.objects.get(pk=request.pk).state != State.ASKED:
        raise ChangedMeanwhile(_what_it_became(request))
    loan = _lend(
        goods,
        request.person,
        token=None,
        purpose=request.purpose,
        customer=request.customer,
        actor=actor,
    )
    _end(request, "request lent", actor, state=State.LENT, loan=loan)
    return loan


@transaction.atomic
def loan_lend(
    *, goods: Goods, person: Person, token: UUID, purpose: str = "", actor: Any = None
) -> Loan:
    """Lend goods at the counter; the same form sent twice lends once. Raises `ClaimsRefused`."""
    held = goods_locked(goods.pk)
    if lent := Loan.objects.filter(token=token, goods=goods).first():
        return lent
    return _lend(held, person, token=token, purpose=purpose, customer=None, actor=actor)


def _lend(
    goods: Goods,
    person: Person,
    *,
    token: UUID | None,
    purpose: str,
    customer: Customer | None,
    actor: Any,
) -> Loan:
    _must_be_free(goods)
    if person.has_left or not person.has_role("salesperson"):
        raise ClaimsRefused(_("Goods are lent to salespeople who work here."))
    loan = Loan.objects.create(
        loan_no=next_no(Loan, "loan_no", "L"),
        person=person,
        item=goods.name,
        price=goods.price,
        lent_at=clock.now(),
        goods=goods,
        purpose=purpose.strip(),
        customer=customer,
        lent_by=actor,
        token=token,
    )
    audit(
        actor=actor,
        action="lend",
        subject=audit_subject(loan),
        changes={"goods": [None, goods.code], "person": [None, person.employee_no]},
    )
    return loan


def _end(request: LoanRequest, action: str, actor: Any, **values: Any) -> None:
    """End a request that still waits, or say what it has become."""
    seen = LoanRequest.objects.waiting().filter(pk=request.pk)
    if seen.update(**values) != 1:
        raise ChangedMeanwhile(_what_it_became(request))
    changes = {"state": [State.ASKED.value, str(values["state"])]}
    if values.get("reply"):
        changes["reply"] = ["", values["reply"]]
    audit(actor=actor, action=action, subject=audit_subject(request), changes=changes)


def _what_it_became(request: LoanRequest) -> str:
    now = LoanRequest.objects.get(pk=request.pk)
    return _("Somebody else was first: the request is %(state)s.") % {
        "state": now.get_state_display()
    }
