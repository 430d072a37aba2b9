"""What collections put on the desk, a file a subject."""
