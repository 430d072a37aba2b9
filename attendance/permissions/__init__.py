"""Who may do what about attendance: a module a subject."""
