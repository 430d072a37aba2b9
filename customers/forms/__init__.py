"""Shapes of input about customers."""
