"""The lists about visits."""
