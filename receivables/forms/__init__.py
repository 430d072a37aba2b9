"""Shapes of input of collections, a file a subject."""
