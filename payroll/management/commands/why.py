"""`why KEY`: the clause, the arithmetic and the evidence behind a charge, and its entries."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import clock
from payroll.explaining import Explanation, explain
from payroll.models import Entry


class Command(BaseCommand):
    help = "Explain a charge by its key, e.g. ATT-2/Y007/2026-10-12/in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key")

    def handle(self, *args: Any, key: str, **options: Any) -> None:
        entries = list(Entry.objects.filter(key=key).select_related("person").order_by("id"))
        if not entries:
            raise CommandError(self._nothing(key))
        self._explanation(explain(entries[-1]))
        for entry in entries:
            self.stdout.write(_entry_line(entry))

    def _explanation(self, found: Explanation) -> None:
        clause = found.clause
        self.stdout.write(f"{clause.rule} {found.title} ({', '.join(clause.sources)})")
        self.stdout.write(found.text)
        if clause.quote_zh:
            self.stdout.write(f"“{clause.quote_zh}”")
        since = found.policy_since or _("the beginning")
        figures = "; ".join(f"{name} = {value}" for name, value in found.parameters)
        self.stdout.write(
            _("Policy in force since %(since)s: %(figures)s")
            % {"since": since, "figures": figures or "—"}
        )
        self.stdout.write(_("Arithmetic: %(text)s") % {"text": found.arithmetic})
        for line in found.evidence:
            self.stdout.write(
                _("Evidence: %(table)s %(row)s %(says)s")
                % {"table": line.table, "row": line.row, "says": line.says}
            )

    def _nothing(self, key: str) -> str:
        near = (
            Entry.objects.filter(key__startswith="/".join(key.split("/")[:2]))
            .order_by("key")
            .values_list("key", flat=True)
            .distinct()[:5]
        )
        if not near:
            return _("nothing was ever charged under %(key)s") % {"key": key}
        return _("nothing was ever charged under %(key)s; did you mean: %(near)s") % {
            "key": key,
            "near": ", ".join(near),
        }


def _entry_line(entry: Entry) -> str:
    kind = _("reversed") if entry.reverses_id else _("posted")
    return _(
        "%(when)s %(kind)s: %(amount)s yuan from %(source)s to %(target)s, "
        "on the statement of %(month)s, by %(by)s"
    ) % {
        "when": f"{clock.local(entry.posted_at):%Y-%m-%d %H:%M}",
        "kind": kind,
        "amount": entry.amount,
        "source": entry.get_source_display(),
        "target": entry.get_target_display(),
        "month": entry.pay_month,
        "by": entry.posted_by or entry.job,
    }
