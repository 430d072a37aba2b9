"""What the lists of claims, goods and damages show."""
