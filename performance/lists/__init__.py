"""What the lists of performance show: a file a subject."""
