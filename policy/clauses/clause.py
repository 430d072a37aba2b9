"""The shape of a clause. It stands apart so that the chapters can import it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """What a rule rests on, and how the program reads it, in the words shown to a salesperson.

    `sources` is empty where the company decided the reading; `quote_zh` is empty where the
    documents have no words for it. Numbers in the texts are the defaults of `parameters`.
    """

    rule: str
    sources: tuple[str, ...]
    title_zh: str
    title_en: str
    quote_zh: str
    text_zh: str
    text_en: str
    parameters: tuple[str, ...]

    @property
    def switches(self) -> tuple[str, ...]:
        """The parameters that put the clause in force, all of them (POL-2); POL-2 names them."""
        if self.rule == "POL-2":
            return ()
        return tuple(name for name in self.parameters if name.endswith("_on"))
