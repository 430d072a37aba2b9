"""Who works here, in which place, who stands in for whom; and who signs in (ORG-1, ORG-2)."""

from accounts.logins.models import AccessLink as AccessLink
from accounts.logins.models import Device as Device
from accounts.logins.models import GuessRow as GuessRow
from accounts.logins.models import SecondFactorRule as SecondFactorRule
from accounts.models.handover import HandoverTick as HandoverTick
from accounts.models.people import Channel as Channel
from accounts.models.people import Person as Person
from accounts.models.people import Role as Role
from accounts.models.people import User as User
from accounts.models.positions import PositionChange as PositionChange
from accounts.models.positions import PositionPlan as PositionPlan
from accounts.models.positions import Qualification as Qualification
from accounts.models.stand_ins import StandIn as StandIn
