"""How lists of meetings, cleaning and trainings are shown."""
