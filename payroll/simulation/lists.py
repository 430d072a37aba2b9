"""The people of a simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import Empty, List
from core.money import from_fen
from payroll.simulation.filters import SimulationFilter
from payroll.simulation.models import PolicySimulation, SimulationRow
from payroll.simulation.tables import SimulationTable
from payroll.simulation.titles import rule_named
from policy.listing import with_clauses
from policy.versions import Change


@dataclass(frozen=True)
class RuleRow:
    """What a rule comes to for everybody, before and after, in yuan; for how many it differs."""

    rule: str
    before: Decimal
    after: Decimal
    people: int

    @property
    def difference(self) -> Decimal:
        return self.after - self.before

    @property
    def title(self) -> str:
        return rule_named(self.rule)


class SimulationList(List):
    """What a month would come to for each, the largest difference first. `about`: the simulation,
    which has come to its end."""

    key = "simulation"
    title = _("Simulation")
    table = SimulationTable
    filterset = SimulationFilter
    fixed = ("name",)
    confidential = True
    page_template = "payroll/simulation/simulation.html"
    nothing = Empty(_("Nobody is in it"), _("No salesperson was employed in this month."), "users")
    nothing_found = Empty(
        _("Nobody found"),
        _("Nobody in this simulation is called that. Try fewer letters."),
        "search",
    )

    @property
    def simulation(self) -> PolicySimulation:
        found: PolicySimulation = self.about["simulation"]
        return found

    def rows(self) -> QuerySet[SimulationRow]:
        return SimulationRow.objects.visible_to(self.user).filter(simulation=self.simulation)

    def records(
        self, found: QuerySet[SimulationRow], *, first: int, count: int
    ) -> QuerySet[SimulationRow]:
        return found.select_related("person").defer("lines", "notes")

    def context(self) -> Mapping[str, Any]:
        said = (Change(name, "", value) for name, value in sorted(self.simulation.changes.items()))
        return {
            "simulation": self.simulation,
            "by_rule": self._by_rule(),
            "changes": with_clauses(said),
        }

    def _by_rule(self) -> Sequence[RuleRow]:
        return [
            RuleRow(rule, from_fen(old), from_fen(new), people)
            for rule, (old, new, people) in self.simulation.by_rule.items()
            if people
        ]
