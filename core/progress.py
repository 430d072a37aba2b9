"""Progress of long work: a bar where somebody watches a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

Advance = Callable[[str], None]


@contextmanager
def progress_bar(*, total: int) -> Iterator[Advance]:
    """Yields a function to call with the name of each step as it begins."""
    with tqdm(total=total, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:
        begun = False

        def advance(step: str) -> None:
            nonlocal begun
            if begun:
                bar.update()
            begun = True
            bar.set_description(step)

        yield advance
        if begun:
            bar.update()
