"""Rewards: proposed, decided, and what follows (REW-1)."""
