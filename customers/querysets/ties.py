"""Who sees which ties (CUS-2)."""

from typing import Any, Self

from django.db.models import Q, QuerySet


class TieQuerySet(QuerySet[Any]):
    """Ties between what somebody may see: both ends, or it is not told at all."""

    def of(self, customer: Any) -> Self:
        """Those of a customer, or of somebody there."""
        return self.filter(
            Q(from_customer=customer)
            | Q(to_customer=customer)
            | Q(from_contact__customer=customer)
            | Q(to_contact__customer=customer)
        )

    def with_ends(self) -> Self:
        return self.select_related(
            "from_contact__customer", "from_customer", "to_contact__customer", "to_customer"
        )

    def visible_to(self, user: Any) -> Self:
        from customers.models import Contact, Customer

        customers = Customer.objects.visible_to(user).order_by().values("pk")
        contacts = Contact.objects.visible_to(user).order_by().values("pk")
        return self.filter(
            Q(from_customer__in=customers) | Q(from_contact__in=contacts),
            Q(to_customer__in=customers) | Q(to_contact__in=contacts),
        )
