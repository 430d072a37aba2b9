"""A simulation as a file."""

from collections.abc import Iterator
from typing import Any

from core.tables.writing import Export
from payroll.simulation.models import PolicySimulation


def _rows(simulation: PolicySimulation, _user: Any = None) -> Iterator[tuple[Any, ...]]:
    rows = simulation.rows.order_by("person__employee_no")
    yield from rows.values_list(
        "person__employee_no", "person__name", "person__team", "before", "after", "difference"
    )


simulation_export = Export(
    name="simulation",
    zh="试算结果",
    rows=_rows,
    columns=(
        ("employee_no", "工号"),
        ("name", "姓名"),
        ("team", "团队"),
        ("before", "现行"),
        ("after", "按草案"),
        ("difference", "差额"),
    ),
)
