"""Who is told of what was asked about a day: the one place from which word of it goes out."""

from typing import Any

from django.urls import reverse

from accounts.deciding import deciders_of
from attendance.kinds import Kind
from notices.services import notice_send


def asked_tell(*, row: Any, kind: Kind, actor: Any) -> None:
    """Whoever decides hears that something waits."""
    notice_send(
        people=deciders_of(row.person),
        key=f"{kind.slug}/{row.pk}/asked/{row.version}",
        text=kind.asked,
        values={"name": row.person.name, "when": kind.when(row)},
        url=reverse("asked", args=[kind.slug, row.pk]),
        actor=actor,
    )


def decided_tell(*, row: Any, kind: Kind, actor: Any) -> None:
    """Whoever asked hears what was decided; of a refusal with its reason."""
    notice_send(
        people=[row.person],
        key=f"{kind.slug}/{row.pk}/decided/{row.version}",
        text=kind.granted if row.status == kind.approved else kind.refused,
        values={"when": kind.when(row), "reason": row.reply},
        url=reverse("asked", args=[kind.slug, row.pk]),
        actor=actor,
    )
