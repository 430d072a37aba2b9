"""What pages and services read, in a constant number of queries."""
