"""Every write about attendance: a module a subject."""
