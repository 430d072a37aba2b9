"""Who may do what about customers and visits."""
