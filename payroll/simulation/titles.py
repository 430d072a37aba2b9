"""What a rule is called on the pages of simulations."""

from core.tables.naming import in_chinese
from policy.clauses import CLAUSES


def rule_named(rule: str) -> str:
    """The title of its clause, in the reader's language; of an unknown rule its id."""
    clause = CLAUSES.get(rule)
    if clause is None:
        return rule
    return clause.title_zh if in_chinese() else clause.title_en
