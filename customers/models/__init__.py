"""Customer files, visits, spot checks, projects, complaints (CUS, VIS, COM)."""

from customers.models.agents import Agency as Agency
from customers.models.agents import Prefecture as Prefecture
from customers.models.comments import Comment as Comment
from customers.models.complaints import Complaint as Complaint
from customers.models.complaints import ComplaintLink as ComplaintLink
from customers.models.complaints import ComplaintStep as ComplaintStep
from customers.models.conflicts import Claim as Claim
from customers.models.conflicts import Conflict as Conflict
from customers.models.contacts import Contact as Contact
from customers.models.exporting import ExportGrant as ExportGrant
from customers.models.files import Customer as Customer
from customers.models.files import OwnerChange as OwnerChange
from customers.models.files import Tag as Tag
from customers.models.likeness import Likeness as Likeness
from customers.models.likeness import LikenessKey as LikenessKey
from customers.models.plans import VisitPlan as VisitPlan
from customers.models.projects import Delegation as Delegation
from customers.models.projects import Project as Project
from customers.models.projects import ProjectNote as ProjectNote
from customers.models.projects import Reopening as Reopening
from customers.models.projects import Requirement as Requirement
from customers.models.spot_checks import SpotCheck as SpotCheck
from customers.models.spot_checks import SpotCheckDraw as SpotCheckDraw
from customers.models.support import SupportRequest as SupportRequest
from customers.models.ties import Tie as Tie
from customers.models.visits import Visit as Visit
