"""The filters of collections, a file a subject."""
