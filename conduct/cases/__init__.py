"""Cases: reported, heard, decided, objected to (DIS-1, DIS-2, DIS-3)."""
