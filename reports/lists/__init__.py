"""The lists of meetings, decisions, cleaning, trainings, plans and problems."""
