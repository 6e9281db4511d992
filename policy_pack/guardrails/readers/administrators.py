"""Names of roles, groups and users of AWS that say that they administer the account.

What such an identity of another stack may do stands in no plan, so its name decides: the roles that administer each
account of an organisation (AWS Organizations User Guide, "Accessing a member account"; AWS Control Tower User Guide,
"How AWS Control Tower works with roles", read 2026-11-27), that of the permission set AdministratorAccess, and a name
that is nothing but that of an administrator.
"""

import re
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex

NAMES = (
    r"(?:(?:admins?|administrators?|administrator-?access|full-?admin|power-?users?|root|superusers?)(?:[_-]?role)?"
    r"|OrganizationAccountAccessRole|AWSControlTowerExecution|AWSReservedSSO_AdministratorAccess_[0-9a-f]{16})"
)
"""Expression for such a name, in any case."""
_SAMPLES = (
    "Admin", "admin", "Admins", "admins", "Administrator", "administrator", "Administrators", "administrators",
    "AdministratorAccess", "OrganizationAccountAccessRole", "AWSControlTowerExecution",
    "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
)  # fmt: skip
"""Names in the usual spellings, against which a pattern is held."""
_NAME = lazy_regex(NAMES, re.IGNORECASE)
_OF_PERMISSION_SET = lazy_regex(r"AWSReservedSSO_Administrator(?:Access)?(?:_[0-9a-f]{0,16})?", re.IGNORECASE)
"""Beginning of the role of the permission set, without the end that AWS adds."""
_WORDS = lazy_regex(r"[/:*?\s\"']+")
"""What stands between the names in the ARN of a role or of its session, or in a pattern of one."""


def is_name_of_administrator(name: str) -> bool:
    """Returns whether a name, or one that a pattern stands for, is that of an administrator."""
    if set(name) & set("*?"):
        return any(fnmatchcase(sample, name) for sample in _SAMPLES)
    return _NAME.fullmatch(name) is not None


def names_administrator(text: str) -> bool:
    """Returns whether an ARN, or a pattern of one, has the name of an administrator."""
    words = (word for word in _WORDS.split(text) if word)
    return any(is_name_of_administrator(word) or _OF_PERMISSION_SET.fullmatch(word) is not None for word in words)
