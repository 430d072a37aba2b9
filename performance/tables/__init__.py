"""The columns of the lists of performance: a file a subject."""
