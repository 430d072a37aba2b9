"""Lists as people expect them: say what a list is (`List`), the rest is here.

`search` finds by number, name and pinyin; `declaring` is what a list says of itself; `asking` reads
the address; `views` keeps what somebody wants to see again; `exports` and `bulk` do what their
names say, `walking` goes through rows too many to be counted; `pages` puts it together for a page.
"""

from core.lists.bulk import Bulk, ChoiceRefused, RowRefused, chosen_rows
from core.lists.declaring import Empty, List, Stat
from core.lists.pages import list_export, list_page
from core.lists.tables import (
    PER_PAGE,
    ListTable,
    MomentColumn,
    TableDataWith,
    YuanColumn,
    arrange,
    first_row,
    is_fragment,
)
from core.lists.walking import Way, counted

__all__ = [
    "PER_PAGE",
    "Bulk",
    "ChoiceRefused",
    "Empty",
    "List",
    "ListTable",
    "MomentColumn",
    "RowRefused",
    "Stat",
    "TableDataWith",
    "Way",
    "YuanColumn",
    "arrange",
    "chosen_rows",
    "counted",
    "first_row",
    "is_fragment",
    "list_export",
    "list_page",
]
