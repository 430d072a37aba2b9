"""What the operator is told and given fits the program: variables, commands, addresses, units."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.test import Client

from core import metrics
from tests.browser.program import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
PROGRAM = ("migrate", "web", "worker", "beat-1", "beat-2")
# What compose hands to PostgreSQL's own image.
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
READERS = ("salesforce/settings.py", "gunicorn.conf.py", "scripts/run.sh")


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def variables_read() -> set[str]:
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in READERS)
    by_python = re.findall(r"env(?:iron)?\.\w+\(\s*\"([A-Z_]+)\"", text)
    return {*by_python, *re.findall(r"\$\{([A-Z_]+):-", text)}


def test_the_page_lists_every_variable_and_no_other():
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert listed == variables_read()


def test_compose_sets_what_is_read():
    services = compose()["services"]
    for name in PROGRAM:
        assert set(services[name]["environment"]) <= variables_read(), name
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert asked <= variables_read() | OF_POSTGRES
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert named <= asked
    required = set(re.findall(r"\$\{([A-Z_]+):\?", str(compose())))
    assert required <= named


def test_compose_is_whole():
    services = compose()["services"]
    assert set(services) == {"db", "redis", *PROGRAM}
    assert "noeviction" in services["redis"]["command"]
    for name in ("web", "worker", "beat-1", "beat-2"):
        assert services[name]["restart"] == "always"
        assert "healthcheck" in services[name]
        assert services[name]["depends_on"]["migrate"]["condition"] == (
            "service_completed_successfully"
        )
    assert services["migrate"]["restart"] == "no"


def test_the_units_set_what_is_read():
    for unit in UNITS:
        for line in re.findall(r"^Environment=(.*)$", unit.read_text(), re.MULTILINE):
            assert {pair.split("=")[0] for pair in line.split()} <= variables_read()


def test_what_is_named_is_there():
    services = compose()["services"]
    told = [PAGE, *(unit.read_text() for unit in UNITS)]
    told += [
        " ".join(part)
        for name in PROGRAM
        for part in (
            services[name]["command"],
            services[name].get("healthcheck", {}).get("test", []),
        )
    ]
    commands = set(re.findall(r"manage\.py (\w+)", "\n".join(told)))
    assert {"backup", "restore", "migrate", "verify", "alive"} <= commands <= set(get_commands())
    for program in re.findall(r"/\.venv/bin/(\w+)", "\n".join(told)):
        assert shutil.which(program, path=ROOT / ".venv" / "bin"), program
    for path in re.findall(r"`((?:scripts|deploy|docs)/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists(), path
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", PAGE):
        assert f"\n{target}:" in makefile
    for name in re.findall(r"salesforce-[a-z]+(?:@\d|\.timer)?", PAGE):
        unit = re.sub(r"@\d", "@", name)
        assert any(path.name in (unit, f"{unit}.service") for path in UNITS), name


def test_the_addresses_are_there(db):
    for address in set(re.findall(r"`(/(?:health/\w+|metrics))`", PAGE)):
        assert Client().get(address).status_code in (200, 503), address


def test_the_metrics_are_there(db):
    text = Client().get("/metrics").content.decode()
    named = set(re.findall(r"salesforce_[a-z_]+", PAGE))
    assert len(named) >= 6
    for name in named:
        assert f"# HELP {name} " in text, name
    assert metrics.__name__ in settings.METRICS[0]


@pytest.fixture
def loose(tmp_path: Path) -> list[Path]:
    """The units with programs that are there: this machine has no /opt/salesforce."""
    for unit in UNITS:
        text = re.sub(r"/opt/salesforce/\.venv/bin/\w+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
    return sorted(tmp_path.iterdir())


def test_systemd_takes_the_units(loose):
    if not shutil.which("systemd-analyze"):
        # Nothing of it is skipped: without systemd at least their shape is looked at.
        for unit in loose:
            assert unit.read_text().startswith("[Unit]\nDescription=salesforce: ")
        return
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, loose)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "salesforce" in line] == []


def test_the_image_holds_no_secret_and_pins_everything():
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--no-deps --require-hashes" in docker
    assert docker.rindex("\nUSER salesforce") > docker.rindex("\nRUN ")
    assert {".env", ".git", "var"} <= set((ROOT / ".dockerignore").read_text().split())
