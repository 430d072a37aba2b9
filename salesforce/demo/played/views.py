"""How the manager and finance want to see their lists again."""

from core.lists.services import view_save
from salesforce.demo.played.stage import user

VIEWS = (
    ("M001", "unpaid", "逾期上报的货款", "state=escalated&sort=-unpaid"),
    ("M001", "unpaid", "销售1组未收货款", "whose=team/销售1组"),
    ("M001", "statements", "金额由高到低", "sort=-total"),
    ("C001", "unpaid", "最早交货在前", "sort=delivered_on"),
)


def views_play() -> None:
    for no, list_key, name, query in VIEWS:
        view_save(owner=user(no), list_key=list_key, name=name, query=query)
