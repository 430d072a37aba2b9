"""Finding a meeting, a decision, a training among many."""
