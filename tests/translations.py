"""Is every text translated? `python -m tests.translations` says what is not, and exits 1.

Looks for texts without Chinese, fuzzy ones, and placeholders that got lost; where GNU gettext is
there (in CI it is) also for texts of the source that the catalogue has never heard of.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def texts(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [str(text) for text in strings]


def wrong_messages(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, list | tuple) else [message.id]
        if message.fuzzy:
            yield f"fuzzy: {ids[0]}"
        for text in texts(message):
            if not text:
                yield f"not translated: {ids[0]}"
            elif set(PLACEHOLDER.findall(ids[-1])) != set(PLACEHOLDER.findall(text)):
                yield f"placeholders differ: {ids[0]}"


def unknown_messages(catalogue: Catalog) -> Iterator[str]:
    """Texts of the source that the catalogue lacks."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
        for name in listed:
            if name.endswith((".py", ".html", ".txt", ".po")) and (ROOT / name).exists():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans", "-v", "0"],
            cwd=copy, check=True,
        )  # fmt: skip
        for message in read(copy / CATALOGUE):
            if message.id and catalogue.get(message.id, message.context) is None:
                yield f"not in the catalogue: {message.id}"


def main() -> int:
    catalogue = read(ROOT / CATALOGUE)
    wrong = list(wrong_messages(catalogue))
    if shutil.which("xgettext"):
        wrong += unknown_messages(catalogue)
    print("\n".join(wrong) or f"{len(catalogue)} texts, all translated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
