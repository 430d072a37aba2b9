"""Signing in: passwords, the second factor, one-time links, devices, and how often one may guess."""
