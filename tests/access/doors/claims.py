"""Doors of claims and goods."""

from tests.access.door import GOODS, Door, plain

DOORS = {"overdue_loans": Door(plain("overdue_loans"), get=GOODS)}
