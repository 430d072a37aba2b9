"""Shapes of input about attendance: a module a subject. They never save."""
