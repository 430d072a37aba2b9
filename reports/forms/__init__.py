"""Shapes of input of meetings, what they talk about, cleaning and trainings. They never save."""
