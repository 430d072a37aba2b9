"""Filters of the lists about attendance: a module a subject."""
