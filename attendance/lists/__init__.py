"""Lists about attendance: a module a subject."""
