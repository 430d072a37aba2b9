#!/bin/sh
# Everything that must hold: the checks of `make lint`, then every test on SQLite, and on
# PostgreSQL where one answers. In CI (CI=true) both must answer and nothing is skipped.
set -eu
make --no-print-directory lint

run() {
  echo
  name="$1"
  pure="$2"  # rules know no database: what was walked on one is the same on the other
  stories="$3" # the pages too, but for how money is counted, cut off, paid and taken back
  echo "== tests on $name"
  shift 3
  env "$@" .venv/bin/python -m pytest -q -n "${JOBS:-auto}" --dist worksteal \
    --ignore=tests/faults --ignore=tests/browser ${pure:+--ignore-glob="$pure"}
  # The steps of a story follow each other: a file stays with one worker.
  env "$@" .venv/bin/python -m pytest -q -n "${JOBS:-auto}" --dist loadfile \
    ${stories:-tests/browser}
  # Apart, for their processes want the cores to themselves. One that hangs fails.
  env "$@" timeout 1500 .venv/bin/python -m pytest -q -n "${JOBS:-auto}" --dist worksteal \
    --durations=10 tests/faults
}

postgres="$(.venv/bin/python -m tests.reachable postgres)"
run SQLite "" "" -u DATABASE_URL -u CELERY_BROKER_URL
if [ -n "$postgres" ]; then
  redis="$(.venv/bin/python -m tests.reachable redis)"
  run "PostgreSQL${redis:+ and Redis}" "*/test_rules_*.py" \
    "$(echo tests/browser/test_stories_day.py tests/browser/test_stories_cutoff.py \
      tests/browser/test_stories_final.py tests/browser/test_stories_appeal.py)" \
    DATABASE_URL="$postgres" ${redis:+CELERY_BROKER_URL="$redis"}
elif [ "${CI:-}" = "true" ]; then
  echo "CI has no PostgreSQL" >&2
  exit 1
fi
