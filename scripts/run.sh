#!/bin/sh
# Start web, worker and beat together, and again when one of them dies: honcho stops all when one
# does, since half a program is worse than one that starts anew.
set -eu
SALESFORCE_VAR="${VAR_DIR:-var}"
SALESFORCE_ADDRESS="$(.venv/bin/python scripts/free_address.py "${PORT:-8000}")"
export SALESFORCE_ADDRESS SALESFORCE_VAR

stop() {
  trap - INT TERM
  kill -TERM "$honcho" 2>/dev/null || true
  wait "$honcho" || true
  exit 0
}
trap stop INT TERM

echo
echo "  http://$SALESFORCE_ADDRESS/"
echo
while true; do
  .venv/bin/honcho --no-prefix start &
  honcho=$!
  wait "$honcho" || true
  echo "A process ended; all start again." >&2
  sleep 2
done
