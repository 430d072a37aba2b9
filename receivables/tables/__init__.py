"""The tables of collections, a file a subject."""
