"""How firms' names are looked up by likeness (customers/rules/lookalikes.py)."""

from django.db import models

from customers.models.files import Customer


class Likeness(models.Model):
    """What of a file was looked at when its keys were made. A memory, no fact: it can be thrown
    away at any time, and the job `likeness` makes it again."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="likeness"
    )
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=32, blank=True)
    # What it is compared by, worked out once: pinyin takes longer than all else of a look-up.
    core = models.CharField(max_length=120)
    kept = models.CharField(max_length=120)
    place = models.CharField(max_length=20, blank=True)
    sounds = models.TextField()
    telephones = models.CharField(max_length=60, blank=True)
    street = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class LikenessKey(models.Model):
    """A part of a firm's name, place or telephone by which it is found: an index that both
    databases have, however many firms there are. A memory, as the likeness it is of."""

    key = models.CharField(max_length=40)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="likeness_keys")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "customer"], name="likenesskey_once"),
        ]

    def __str__(self) -> str:
        return self.key
