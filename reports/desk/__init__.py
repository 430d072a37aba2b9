"""What meetings, cleaning, trainings and the day put on the desk."""
