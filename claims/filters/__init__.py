"""Finding a claim, goods, a loan or a damage among many."""
