"""What attendance puts on the desk: a module a subject."""
