"""What pages and jobs of performance are put together from."""
