"""The pages of orders, a file a subject."""
