"""The lists of collections, a file a subject."""
