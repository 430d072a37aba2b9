"""Pages about meetings, what they talk about, cleaning and trainings."""
