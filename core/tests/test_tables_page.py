"""The page that describes the tables says what the program reads."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command


def test_docs_tables_is_current():
    out = StringIO()
    call_command("tables", stdout=out)
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text(encoding="utf-8") == out.getvalue(), "run: manage.py tables"
