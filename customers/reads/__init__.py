"""What pages about visits are put together from, in a constant number of queries."""
