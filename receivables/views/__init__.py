"""The pages of collections, a file a subject."""
