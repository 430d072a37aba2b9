"""Punches and what explains them, leave, trips, the cash paid for fines (ATT, LEA, TRIP)."""

from attendance.models.absence import AbsenceDecision as AbsenceDecision
from attendance.models.asked import Asked as Asked
from attendance.models.asked import Status as Status
from attendance.models.days import Excuse as Excuse
from attendance.models.days import Half as Half
from attendance.models.days import Outage as Outage
from attendance.models.days import Outing as Outing
from attendance.models.days import Side as Side
from attendance.models.fines import FineHandover as FineHandover
from attendance.models.fines import FinePayment as FinePayment
from attendance.models.fines import PoolOpening as PoolOpening
from attendance.models.leave import Leave as Leave
from attendance.models.leave import LeaveStep as LeaveStep
from attendance.models.leave import LeaveType as LeaveType
from attendance.models.leave import RewardGrant as RewardGrant
from attendance.models.punches import Device as Device
from attendance.models.punches import DevicePush as DevicePush
from attendance.models.punches import MakeUpPunch as MakeUpPunch
from attendance.models.punches import Punch as Punch
from attendance.models.trips import Trip as Trip
from attendance.models.trips import TripCustomer as TripCustomer
from attendance.models.trips import TripDay as TripDay
from attendance.models.trips import TripReport as TripReport
