"""The supervisors' checks of return-visit records: most find some, a few find none (VIS-3)."""

from collections.abc import Iterator
from random import Random

from salesforce.demo.customers import Customer
from salesforce.demo.people import Person
from salesforce.demo.rows import Row
from salesforce.demo.stage import Stage
from salesforce.demo.visits import Visit

FOUND, NONE_FOUND = 6, 2


def spot_checks_table(
    stage: Stage, sellers: list[Person], customers: list[Customer], visits: list[Visit]
) -> list[Row]:
    rng = stage.random("spot checks")
    people = {person.no: person for person in sellers}
    checks = [
        check
        for month in range(3)
        for check in (
            *_found(stage, rng, month, visits, people),
            *_none_found(stage, rng, month, customers, people),
        )
    ]
    return sorted(checks, key=lambda check: (check["checked_on"], check["employee_no"]))


def _found(
    stage: Stage, rng: Random, month: int, visits: list[Visit], people: dict[str, Person]
) -> Iterator[Row]:
    """A few days after a genuine return visit, each another person's."""
    first, last = stage.workday(month, 2), stage.workdays_of(month)[-1]
    latest = {
        visit.who: visit
        for visit in visits
        if visit.kind == "return"
        and not visit.void
        and first <= visit.at.date() <= last
        and visit.at <= stage.now
        and rng.random() < 0.5
    }
    for who in rng.sample(list(latest), min(FOUND, len(latest))):
        day = stage.workday_from(latest[who].at.date(), rng.randint(1, 5))
        if people[who].employed(day):
            yield _check(who, latest[who].customer, day.isoformat(), "records")


def _none_found(
    stage: Stage, rng: Random, month: int, customers: list[Customer], people: dict[str, Person]
) -> Iterator[Row]:
    """Customers nobody called on for long; in the second month two of one person, on one day."""
    day = stage.workday(month, rng.randint(6, 12))
    asleep = [c for c in customers if c.asleep and people[c.owner].employed(day)]
    for customer in rng.sample(asleep, NONE_FOUND):
        yield _check(customer.owner, customer, day.isoformat(), "none")
    if month == 1:
        owner = asleep[0].owner
        for customer in asleep:
            if customer.owner == owner:
                yield _check(owner, customer, stage.workday_from(day, 1).isoformat(), "none")


def _check(who: str, customer: Customer, day: str, verdict: str) -> Row:
    return {"employee_no": who, "customer_no": customer.no, "checked_on": day, "verdict": verdict}
