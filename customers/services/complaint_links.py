"""A customer's link: made by who handles the complaint, answered once without a login (COM-1)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction

from core import clock
from core.services import audit, audit_subject
from customers.models import Complaint, ComplaintLink
from customers.services.complaint_keeping import must_be
from customers.services.complaints import complaint_confirm, complaint_reopen, links_withdraw
from customers.services.refusals import ChangedMeanwhile

LASTS = timedelta(days=14)
OPEN = ComplaintLink.State.OPEN


class LinkGone(Exception):
    """It was used, has expired, was withdrawn, or never was: all the same to whoever has it."""


def _signer() -> Signer:
    return Signer(salt="customers.complaint")


def token_of(link: ComplaintLink) -> str:
    """What stands in the address of a link."""
    return _signer().sign(link.key.hex)


def link_of(row: Complaint) -> ComplaintLink | None:
    """The link that the customer can use now, where there is one. One query."""
    found: ComplaintLink | None = row.links.filter(state=OPEN, expires_at__gt=clock.now()).first()
    return found


@transaction.atomic
def link_make(*, row: Complaint, actor: Any) -> ComplaintLink:
    """A link for the customer of an answered complaint; the one there is, as long as it lasts."""
    must_be(row, Complaint.State.ANSWERED)
    if there := link_of(row):
        return there
    links_withdraw(row)
    now = clock.now()
    try:
        with transaction.atomic():
            made = ComplaintLink.objects.create(
                complaint=row, made_by=actor, made_at=now, expires_at=now + LASTS
            )
    except IntegrityError:
        # Two at once: both are given the one that was first.
        return ComplaintLink.objects.get(complaint=row, state=OPEN)
    audit(actor=actor, action="customer's link", subject=audit_subject(row), changes={})
    return made


def link_open(token: str) -> ComplaintLink:
    """The link that a token opens. Looking uses nothing up. Raises `LinkGone`."""
    try:
        key = UUID(hex=_signer().unsign(token))
    except (BadSignature, ValueError):
        raise LinkGone from None
    link: ComplaintLink | None = (
        ComplaintLink.objects.filter(key=key, state=OPEN, expires_at__gt=clock.now())
        .filter(complaint__state=Complaint.State.ANSWERED)
        .select_related("complaint__about", "complaint__handler", "complaint__taken_by__supervisor")
        .first()
    )
    if link is None:
        raise LinkGone
    return link


@transaction.atomic
def link_answer(*, token: str, satisfaction: int, solved: bool, remark: str) -> Complaint:
    """What the customer says: solved, which confirms, or not, which opens it again; once.

    Raises `LinkGone`, also for the second of two at once; nothing is changed then.
    """
    link = link_open(token)
    _use_up(link)
    row = link.complaint
    try:
        if solved:
            return complaint_confirm(row=row, satisfaction=satisfaction, remark=remark)
        return complaint_reopen(row=row, why=remark, satisfaction=satisfaction)
    except ChangedMeanwhile:
        raise LinkGone from None


def _use_up(link: ComplaintLink) -> None:
    """Whoever comes first uses it up. Raises `LinkGone` for who comes second."""
    used = ComplaintLink.objects.filter(pk=link.pk, state=OPEN).update(
        state=ComplaintLink.State.USED
    )
    if used != 1:
        raise LinkGone
