"""The lists of claims, goods and damages."""
