"""A made-up company with three months of life to look around in. Same seed, same company.

Every kind of situation a manager should meet is in it; `cast` says who is away, and why.
"""

from datetime import date, datetime, time

from salesforce.demo.attendance import attendance_of
from salesforce.demo.cases import cases_of, cases_tables
from salesforce.demo.claims import claims_tables
from salesforce.demo.conduct import conduct_tables
from salesforce.demo.customers import customers_of
from salesforce.demo.ground import ground_tables
from salesforce.demo.handovers import handovers_of, handovers_table
from salesforce.demo.orders import numbered, orders_tables, usual_orders
from salesforce.demo.people import people_of, salespeople
from salesforce.demo.punches import attendance_tables
from salesforce.demo.rows import Tables, in_the_order_of_formats, up_to
from salesforce.demo.slips import slips_tables
from salesforce.demo.spot_checks import spot_checks_table
from salesforce.demo.stage import Stage
from salesforce.demo.told_orders import told_orders
from salesforce.demo.visits import visits_of


def demo_tables(*, today: date, seed: int = 20, at: time = time.min) -> Tables:
    """Every table's rows, as their files would hold them, up to the time `at` of `today`.

    Left alone, `at` is midnight: `today` has its dates, but nobody has come to work yet, so that
    the tables can be loaded at any hour of it.
    """
    stage = Stage.set_up(now=datetime.combine(today, at), seed=seed)
    people = people_of(stage)
    sellers = salespeople(people)
    customers = customers_of(stage, sellers)
    attendance = attendance_of(stage, sellers)
    handovers = handovers_of(stage, sellers, attendance)
    cases = cases_of(stage, customers, attendance)
    orders = numbered(
        [
            *usual_orders(stage, sellers, customers, attendance),
            *told_orders(stage, customers, handovers),
            *(case.order for case in cases),
        ]
    )
    visits = visits_of(stage, sellers, customers, attendance)
    return in_the_order_of_formats(
        up_to(
            stage.now,
            {
                **ground_tables(stage),
                "people": [person.row() for person in people],
                "customers": [customer.row() for customer in customers],
                **attendance_tables(stage, attendance),
                **orders_tables(orders),
                **slips_tables(stage, orders, attendance, handovers),
                "late_handovers": handovers_table(handovers),
                **claims_tables(stage, orders, sellers, attendance),
                **cases_tables(stage, cases, sellers),
                "visits": [visit.row() for visit in visits],
                "spot_checks": spot_checks_table(stage, sellers, customers, visits),
                **conduct_tables(stage),
            },
        )
    )
