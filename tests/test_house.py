"""The house holds: what import-linter cannot say of it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = ("django.utils.translation", "django.core.exceptions")


def rule_files() -> list[Path]:
    return sorted(
        path
        for app in ROOT.iterdir()
        if (app / "__init__.py").exists()
        for path in [app / "rules.py", *app.glob("rules/*.py")]
        if path.exists()
    )


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_there_are_rules_to_look_at():
    assert len(rule_files()) >= 10


@pytest.mark.parametrize("path", rule_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_rules_know_no_database_and_no_request(path):
    django = {name for name in imported(path) if name.split(".")[0] == "django"}
    assert django <= set(ALLOWED)


@pytest.mark.parametrize("path", rule_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_rules_read_no_clock(path):
    source = path.read_text(encoding="utf-8")
    assert "clock.now(" not in source
    assert "clock.today(" not in source


# Who may compare with the instant of a close; all others ask whether something has come (adr/0013).
KEEPERS_OF_TIME = {"context.py", "remembering.py"}


def assessing_files() -> list[Path]:
    return sorted(
        path
        for app in ROOT.iterdir()
        if (app / "migrations").exists()
        for path in app.rglob("*.py")
        if "tests" not in path.parts and path.name not in KEEPERS_OF_TIME
    )


def test_steps_ask_for_time_in_the_one_way_that_is_remembered():
    files = assessing_files()
    assert any(path.match("receivables/charges/cutoff.py") for path in files)
    assert not [path for path in files if "context.as_of" in path.read_text(encoding="utf-8")]
