"""Pages about attendance: a module a subject."""
