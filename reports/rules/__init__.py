"""Pure rules of meetings, the roster and trainings (MEET, TRAIN)."""
