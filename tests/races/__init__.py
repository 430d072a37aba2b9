"""Two at once: what the program does when people and jobs write the same rows together."""
