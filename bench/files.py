"""Time a month from files to the fen: load, close, close again, verify.

    .venv/bin/python bench/files.py --people 200

Makes a month with `tests/oracle/generator.py` and works on a database of its own, made for the
run and thrown away (SQLite; or the PostgreSQL that DATABASE_URL names, which must be empty).
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.oracle.generator import generate  # noqa: E402


def timed(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--month", default="2026-10")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts"
        facts.mkdir()
        generate(facts, month=arguments.month, seed=1, people=arguments.people)
        environment = {**os.environ, "VAR_DIR": str(Path(folder) / "var")}
        late = f"--as-of={arguments.month}-28T23:59:59+08:00"
        close = ["close", arguments.month]
        for name, command in (
            ("migrate", ["migrate", "-v", "0"]),
            ("load", ["load", str(facts)]),
            ("load again", ["load", str(facts)]),
            ("close after the cutoff", [*close, late]),
            ("close", close),
            ("close again", close),
            ("verify", ["verify"]),
        ):
            print(f"{name:24} {timed(command, environment):7.2f} s", flush=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{'largest process':24} {peak:7d} MB")


if __name__ == "__main__":
    main()
