"""Programs, users and devices that get a role whose name says that it administers the account.

What such a role of another stack may do stands in no plan, so its name decides: the two that administer each account of
an organisation (AWS Organizations User Guide, "Accessing a member account"; AWS Control Tower User Guide, "How AWS
Control Tower works with roles", read 2026-11-27), that of the permission set AdministratorAccess, and a name that is
nothing but that of an administrator. Whoever has the machine, the pod, the function or the certificate has the role.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed

_PACKAGES = ("aws:", "kubernetes:")
_NAMES_ONLY = ("aws:iam/", "aws:organizations/", "aws:ssoadmin/")
"""Types that say what a role may do, or whose accounts get which, which other guardrails evaluate."""
_KEY = lazy_regex(
    r"(?:[\w.-]{0,60}/)?[\w-]{0,40}?(?:role(?:s|name|[_-]?arns?)?|instance_?profile(?:_?name|_?arn)?)", re.IGNORECASE
)
"""Property that names the role which something gets, such as `taskRoleArn`, `iamInstanceProfile` and
`eks.amazonaws.com/role-arn`."""
_ADMINISTRATOR = lazy_regex(
    r"arn:aws[\w-]*:iam::\d{12}:(?:role|instance-profile)/(?:[^/\s]{1,64}/){0,9}"
    r"(?:(?:admins?|administrators?|administrator-?access|full-?admin|power-?users?|root|superusers?)(?:[_-]?role)?"
    r"|OrganizationAccountAccessRole|AWSControlTowerExecution|AWSReservedSSO_AdministratorAccess_[0-9a-f]{16})",
    re.IGNORECASE,
)


def check_roles_of_administrators(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each role of an administrator that a resource gets or hands on."""
    if not resource.type.startswith(_PACKAGES) or resource.type.startswith(_NAMES_ONLY):
        return
    for path, key, value in leaves(resource.props):
        if isinstance(value, str) and _ADMINISTRATOR.fullmatch(value.strip()) and _KEY.fullmatch(key):
            name = value.strip().rpartition("/")[2]
            yield failed(f"{path}: whoever has it has the role {name}, which administers the account", path)
