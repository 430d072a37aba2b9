"""Doors of collections."""

from tests.access.door import MONEY, Door, plain

DOORS = {"unpaid": Door(plain("unpaid"), get=MONEY)}
