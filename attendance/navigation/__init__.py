"""What attendance hands in to the menu: a module a subject."""
