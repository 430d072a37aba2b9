"""What the lists about visits show."""
