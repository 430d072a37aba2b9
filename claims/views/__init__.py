"""Pages of claims, goods and damages."""
