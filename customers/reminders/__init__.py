"""Who is reminded of what about customers."""
