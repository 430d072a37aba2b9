"""What a bank's statement says, whose name it is, and which slips a line pays. Pure."""
