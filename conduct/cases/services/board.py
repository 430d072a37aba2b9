"""What the whole company is told of a case (S9-2.4, NOTE-1): names, offence, sanction; no evidence,
nobody who reported, nobody of whom nothing was proven."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from conduct.cases.rules import CATALOGUE, TWO_SIDED
from conduct.models import Proceeding, Verdict
from core.templatetags.house import yuan_text
from notices.services import BoardText, board_change, board_post
from notices.services import ChangedMeanwhile as BoardChanged


def company_tell(*, row: Proceeding, actor: Any) -> None:
    """Hang the notice of a decided case of poaching or shifting on the board, once. In the caller's
    transaction."""
    if row.offence not in TWO_SIDED or row.notice_id is not None:
        return
    proven = _proven(row)
    if proven:
        notice = board_post(actor=actor, said=_says(row, proven))
        Proceeding.objects.filter(pk=row.pk).update(notice=notice)


def company_correct(*, row: Proceeding, actor: Any) -> None:
    """After a granted objection the notice says so, and everybody is told again. One that somebody
    took from the board meanwhile is hung up anew. In the caller's transaction."""
    if row.notice is None:
        return
    said, notice = _says(row, _proven(row)), row.notice
    notice.refresh_from_db()
    try:
        board_change(actor=actor, notice=notice, version=notice.version, said=said, tell_again=True)
    except BoardChanged:
        board_post(actor=actor, said=said)


def _proven(row: Proceeding) -> list[Verdict]:
    found = Verdict.objects.filter(subject__proceeding=row, proven=True)
    return list(found.select_related("subject__person").order_by("subject"))


def _says(row: Proceeding, proven: list[Verdict]) -> BoardText:
    """In the company's language: it is read by all."""
    with translation.override(settings.LANGUAGE_CODE):
        offence = row.get_offence_display()
        head = _("The company has found %(offence)s (%(clause)s). It was decided:") % {
            "offence": offence,
            "clause": ", ".join(CATALOGUE[row.offence].clauses),
        }
        lines = [_line(each) for each in proven]
        return BoardText(
            title=_("Notice to the company: %(offence)s") % {"offence": offence},
            text="\n".join([str(head), *lines]),
        )


def _line(verdict: Verdict) -> str:
    return _("%(name)s: %(sanction)s") % {
        "name": verdict.subject.person.name,
        "sanction": _sanction(verdict),
    }


def _sanction(verdict: Verdict) -> str:
    if verdict.annulled_at is not None:
        return _("the decision was annulled on an objection; nothing stands against them")
    said = str(verdict.get_sanction_display()) if verdict.sanction else ""
    if verdict.amount is not None:
        said += f" {yuan_text(verdict.amount)}"
    proposal = getattr(verdict, "proposal", None)
    if proposal is not None:
        proposed = _("%(kind)s proposed to the leader") % {"kind": proposal.get_kind_display()}
        both = _("%(sanction)s; %(proposed)s") % {"sanction": said, "proposed": proposed}
        said = both if said else proposed
    return said
