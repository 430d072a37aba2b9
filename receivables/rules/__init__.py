"""The rules of collections: custody of money, the cutoff, the reserve, bad debts."""
