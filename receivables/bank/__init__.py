"""The company's bank account against the slips: what came in, who paid, what is left to find.

A statement is read and its lines kept once (`reading`, `services.statements`); pure rules say which
slips a line pays and how sure that is (`rules`); what is certain is matched by itself, the rest by
finance (`services.matching`), until nothing of a day is left (docs/adr/0019).
"""
