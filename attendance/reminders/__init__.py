"""What people are reminded of about attendance: a module a subject."""
