"""Signing in: passwords, the second factor, one-time links, devices, limits to guessing."""
