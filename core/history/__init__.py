"""What happened to a record, in the reader's words: `core.history.reading.history_of`."""
