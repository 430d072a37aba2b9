"""What customers hand in to the menu; tabs."""
