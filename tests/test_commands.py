"""The commands, as a person types them: what they say, and what they refuse."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from payroll.models import Entry, PayMonth
from tests.oracle.generator import generate

pytestmark = pytest.mark.django_db
AS_OF = "2026-11-01T00:30:00"


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    generate(tmp_path, month="2026-10", seed=4, people=5, policy={})
    return str(tmp_path)


def test_a_month_from_files_to_final(folder):
    assert "punches.csv" in said("load", folder)
    shadow = said("close", "2026-10", "--as-of", AS_OF, "--shadow")
    assert not PayMonth.objects.exists()
    assert "0 reversed" in said("close", "2026-10", "--as-of", AS_OF)
    assert "0 entries posted, 0 reversed" in said("close", "2026-10", "--as-of", AS_OF)
    assert said("export", "statements", "2026-10") == shadow
    assert "balance" in said("verify")
    assert "2026-10 is final" in said("final", "2026-10")
    assert "balance" in said("verify")


def test_why_explains_a_charge(folder):
    said("load", folder)
    said("close", "2026-10", "--as-of", AS_OF)
    entry = Entry.objects.filter(rule="ATT-2").first()
    explained = said("why", entry.key)
    for part in ("ATT-2", "S4.3", "late_fine = 5.00", "punches", f"{entry.amount} yuan"):
        assert part in explained


def test_every_charge_can_be_explained(folder):
    said("load", folder)
    said("close", "2026-10", "--as-of", AS_OF)
    for key in Entry.objects.values_list("key", flat=True).distinct():
        assert "Arithmetic: " in said("why", key)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("close", "2026-13"), "not a month"),
        (("close", "2026-10", "--as-of", "yesterday"), "not an instant"),
        (("close", "2026-10"), "no salesperson"),
        (("export", "nothing", "2026-10"), "invalid choice"),
        (("export", "pool", "10-2026"), "not a month"),
        (("final", "2026-10"), "has not been closed"),
        (("load", "/no/such/folder"), "not a folder"),
        (("why", "ATT-2/Y001/2026-10-12/in"), "nothing was ever charged"),
    ],
)
def test_bad_arguments_get_a_reason(arguments, reason):
    with pytest.raises(CommandError, match=reason):
        said(*arguments)


def test_why_suggests_what_is_near(folder):
    said("load", folder)
    said("close", "2026-10", "--as-of", AS_OF)
    entry = Entry.objects.filter(rule="BASE").first()
    near = entry.key.rsplit("/", 1)[0]
    with pytest.raises(CommandError, match=entry.key):
        said("why", f"{near}/2026-09")


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(CommandError, match="none of the tables"):
        said("load", str(tmp_path))
