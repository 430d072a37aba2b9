"""`demo`: a made-up company of 24 salespeople with three months of life, to look around in."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Person, Role
from accounts.services import login_set
from core import clock
from core.months import Month
from core.progress import progress_bar
from core.services import sources_load
from core.tables.folder import contents_of
from receivables.services import unpaid_converge
from salesforce.demo import demo_tables
from salesforce.demo.played import LENGTH, play
from salesforce.demo.played.stage import PASSWORD


class Command(BaseCommand):
    help = "Fill an empty database with a made-up company of 24 salespeople."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where people are on file already"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if Person.objects.exists():
            if not if_empty:
                raise CommandError(_("there are people on file already: no demo over real facts"))
        else:
            this_month = Month.of(clock.today())
            with progress_bar(total=LENGTH + 3) as advance:
                advance("load")
                _load()
                advance("unpaid")
                unpaid_converge(as_of=clock.today())
                advance("logins")
                _logins()
                play(this_month=this_month, advance=advance)
        self.stdout.write(
            _("Logins, one a role; the password of each is %(password)s") % {"password": PASSWORD}
        )
        for role, person in _cast():
            self.stdout.write(f"  {person.employee_no:<6} {person.name}  {role.label}")


def _load() -> None:
    with TemporaryDirectory() as folder:
        for name, rows in demo_tables(today=clock.today()).items():
            if rows:
                _write(Path(folder) / f"{name}.csv", rows)
        loads = sources_load(sources=contents_of(Path(folder).iterdir()).sources)
    if wrong := [reason for load in loads for reason in load.reasons]:
        raise CommandError("\n".join(wrong))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _logins() -> None:
    for _role, person in _cast():
        login_set(employee_no=person.employee_no, password=PASSWORD)


def _cast() -> list[tuple[Role, Person]]:
    """One person still employed for each role."""
    found = []
    for role in Role:
        holders = Person.objects.filter(roles__contains=role.value, left_on=None)
        if person := holders.order_by("employee_no").first():
            found.append((role, person))
    return found
