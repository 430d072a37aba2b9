"""The access matrix: every address × everybody × every method, against a declared table."""
