"""Doors of the trail: all changes, and all openings of confidential records."""

from tests.access.door import Door, plain, those
from tests.cast import LEADER, MANAGER, PERSONNEL

# The whole department's, and those of people.
CHANGES = those(LEADER, MANAGER, PERSONNEL)

DOORS = {
    "audit": Door(plain("audit"), get=CHANGES),
    "audit_export": Door(plain("audit_export"), get=CHANGES, is_page=False),
    "audit_openings": Door(plain("audit_openings"), get=those(LEADER, PERSONNEL)),
}
