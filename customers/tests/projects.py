"""Projects for tests."""

from uuid import uuid4

from customers.models import Project
from customers.services import Needed, ProjectFacts, project_register, requirements_set

MACHINES = (Needed("machine", "螺杆空压机", "75kW", 2), Needed("equipment", "干燥机", "", 2))


def facts(customer="宁波海天塑机集团有限公司", **said):
    known = {"name": "注塑车间空压站", "prefecture": "宁波市", "purpose": "扩产用气"}
    return ProjectFacts(customer_name=customer, **{**known, **said})


def registered(who, customer="宁波海天塑机集团有限公司", *, anyway=False, **said) -> Project:
    return project_register(person=who, facts=facts(customer, **said), token=uuid4(), anyway=anyway)


def complete(project: Project) -> Project:
    project.refresh_from_db()
    return requirements_set(project=project, lines=MACHINES, no_equipment=False)
