"""Days of attendance to look at: calendar, grid and today's board read one judgement."""
