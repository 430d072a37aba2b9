"""Pages of the company's bank account."""
