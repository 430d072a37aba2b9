"""Reads about customers, and who sees which rows."""
