"""What attendance costs and earns: fines, absence, leave below full pay, the pool."""
