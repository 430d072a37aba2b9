"""What customers put on the desk."""
