"""From when a slip is covered: kept on the slip by the database itself (CUT-1, adr/0020).

Payments are written by many: at the counter, on the road, by the bank's lines, by files, undone or
corrected. So triggers keep it, on both databases, whoever writes.
"""

from collections.abc import Iterator

from core.append_only import Trigger

SLIPS, PAYMENTS = "receivables_slip", "receivables_payment"
KEEPS = (SLIPS, "covered_at")
# The instant at which the money on a slip has come to what is due on it; none while it has not.
_COVERED_AT = """(
    SELECT min(at) FROM (
        SELECT at, sum(net) OVER (ORDER BY at) AS come FROM (
            SELECT amount - undone AS net,
                   CASE method WHEN 'transfer' THEN received_at ELSE handed_in_at END AS at
            FROM receivables_payment WHERE slip_id = {slip}.id
        ) AS payment WHERE at IS NOT NULL
    ) AS coming WHERE come >= {slip}.amount_due
)"""
_SAID = "slip_id, amount, undone, method, received_at, handed_in_at"
_COUNTS = "{row}method = 'transfer' OR {row}handed_in_at IS NOT NULL"

_CHANGED = f"""FROM (
    (SELECT id, {_SAID} FROM was EXCEPT SELECT id, {_SAID} FROM now) UNION ALL
    (SELECT id, {_SAID} FROM now EXCEPT SELECT id, {_SAID} FROM was)
) AS changed"""
# Held in the order of their ids, so that no two wait for each other; what is covered is worked out
# below, by a statement of its own that sees what those committed who held them before.
_TOUCH = f"""
    PERFORM 1 FROM {SLIPS} WHERE id IN (SELECT slip_id {{rows}}) ORDER BY id FOR NO KEY UPDATE;
    UPDATE {SLIPS} SET covered_at = covered_at WHERE id IN (SELECT slip_id {{rows}});
    RETURN NULL;
"""


def covered_at_of(slip: str) -> str:
    """SQL: from when a row of the slips is covered; `slip` is its name in the statement."""
    return _COVERED_AT.format(slip=slip)


_SET = f"""
    NEW.covered_at := NULL;
    IF TG_OP = 'UPDATE' THEN
        SELECT {covered_at_of("NEW")} INTO NEW.covered_at;
    END IF;
    RETURN NEW;
"""


def triggers(vendor: str) -> Iterator[Trigger]:
    """What keeps `Slip.covered_at`, for `settings.KEPT_BY_TRIGGERS`."""
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _sqlite() -> Iterator[Trigger]:
    at = covered_at_of(SLIPS)
    for event, rows, when in (
        ("INSERT", "NEW.slip_id", f"WHEN {_COUNTS.format(row='NEW.')}"),
        (f"UPDATE OF {_SAID}", "OLD.slip_id, NEW.slip_id", ""),
        ("DELETE", "OLD.slip_id", ""),
    ):
        name = f"{PAYMENTS}_covers_{event.split()[0].lower()}"
        yield Trigger(
            name,
            PAYMENTS,
            (
                f"CREATE TRIGGER {name} AFTER {event} ON {PAYMENTS} {when} BEGIN "
                f"UPDATE {SLIPS} SET covered_at = {at} WHERE id IN ({rows}); END",
            ),
            KEEPS,
        )
    for event in ("INSERT", "UPDATE OF amount_due, covered_at"):
        name = f"{SLIPS}_covered_{event.split()[0].lower()}"
        yield Trigger(
            name,
            SLIPS,
            (
                f"CREATE TRIGGER {name} AFTER {event} ON {SLIPS} "
                f"WHEN NEW.covered_at IS NOT {covered_at_of('NEW')} BEGIN "
                f"UPDATE {SLIPS} SET covered_at = {at} WHERE id = NEW.id; END",
            ),
            KEEPS,
        )


def _postgresql() -> Iterator[Trigger]:
    for event, tables, rows in (
        ("INSERT", "NEW TABLE AS now", f"FROM now WHERE {_COUNTS.format(row='')}"),
        ("UPDATE", "OLD TABLE AS was NEW TABLE AS now", _CHANGED),
        ("DELETE", "OLD TABLE AS was", "FROM was"),
    ):
        name = f"{PAYMENTS}_covers_{event.lower()}"
        yield Trigger(
            name,
            PAYMENTS,
            (
                _function(name, _TOUCH.format(rows=rows)),
                f"CREATE TRIGGER {name} AFTER {event} ON {PAYMENTS} REFERENCING {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            ),
            KEEPS,
        )
    name = f"{SLIPS}_covered"
    yield Trigger(
        name,
        SLIPS,
        (
            _function(name, _SET),
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF amount_due, covered_at ON {SLIPS} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
        KEEPS,
    )


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} END $$"
    )
