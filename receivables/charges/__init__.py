"""What collections cost: money carried over, the reserve, legal costs, dead debts."""
