"""What claims, goods and damages put on the desk."""
