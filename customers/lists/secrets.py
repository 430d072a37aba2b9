"""What every list that names customers has in common: it says a trade secret (CUS-2)."""

from typing import Any, ClassVar

from core import clock
from core.lists import List
from core.permissions import Decision
from core.templatetags.house import moment
from customers.permissions.files import can_export


class NamesCustomers(List):
    """A list whose rows say whose customers who is: taken out as a file by whoever has the right,
    marked in every row with who took it and when, and written down as opened (CUS-2).

    Which rows and columns there are makes no difference: the customers of a list of visits are
    the customers of the files. Figures by person that name no customer are no such list.
    """

    confidential: ClassVar[bool] = True

    def may_export(self) -> Decision:
        return can_export(self.user)

    def mark(self) -> str:
        """Who took the file and when, in every row of it."""
        who: Any = self.user
        return f"{who.get_full_name()} {who.get_username()} {moment(clock.now())}"
