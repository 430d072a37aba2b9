"""The vocabulary of reads of collections, a file a subject."""
