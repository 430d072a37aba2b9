"""The rules about customers. Pure: points for visits, when a file is complete, what looks alike, by
when a complaint is answered."""

from customers.rules.files import FileFacts as FileFacts
from customers.rules.files import Lacks as Lacks
from customers.rules.files import completeness as completeness
from customers.rules.points import owes_cleaning as owes_cleaning
from customers.rules.points import points as points
