"""What the audit trail calls a sign-in: not the person, whose history more people may see."""

from accounts.models import Person, User


def login_subject(whose: User | Person) -> str:
    return f"login {whose.username if isinstance(whose, User) else whose.employee_no}"
