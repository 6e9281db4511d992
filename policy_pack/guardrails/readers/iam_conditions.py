"""Conditions of AWS policy statements, and which of them restrict the callers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.reading import MISSING, UNKNOWN, Plain
from .cidrs import cover_any_address

MATCHING_OPERATOR = re.compile(
    r"(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress)", re.IGNORECASE
)
"""Operators that require the key to be present and to match. `ForAllValues` and `...IfExists` match if it is absent."""
_CALLER_KEYS = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpcsourceip",
        "aws:ec2instancesourcevpc",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        "ec2:sourceinstancearn",
        "lambda:sourcefunctionarn",
        "ssm:sourceinstancearn",
        "elasticfilesystem:accesspointarn",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
        "sns:endpoint",
    }
)
"""Condition keys that identify the caller or its private network. A public address (`aws:SourceIp`) does not identify a
caller, because it may be reassigned; nor does `kms:ViaService` alone, because every account has the service."""


@dataclass(frozen=True)
class StatementCondition:
    """One condition of a statement. Operator and key are as written; the values are always a tuple."""

    operator: str
    key: str
    values: tuple[Plain, ...]

    def restricts_callers(self) -> bool:
        """Returns whether the condition restricts the callers: its key identifies them, and its values are specific."""
        if not MATCHING_OPERATOR.fullmatch(self.operator) or self.key.lower() not in _CALLER_KEYS or not self.values:
            return False
        if self.key.lower() == "aws:vpcsourceip":
            return not cover_any_address(self.values)
        return all(value is UNKNOWN or _is_specific(str(value)) for value in self.values)


_ID_TYPE_PREFIX = re.compile(r"[A-Za-z]{0,5}-?")
"""The text before the wildcard in `*`, `vpc-*` and `o-*`: the prefix that all ids of a type share."""


def _is_specific(value: str) -> bool:
    """Returns whether a value is specific: a fixed account in an ARN, or a fixed prefix in other values."""
    if value.startswith("arn:"):
        parts = [*value.split(":", 5), "", "", "", "", ""][:6]
        return bool(re.fullmatch(r"\d{12}", parts[4])) or (not parts[4] and not parts[5].startswith(("*", "?")))
    prefix = re.split(r"[*?]", value)[0]
    return value != "" and (prefix == value or _ID_TYPE_PREFIX.fullmatch(prefix) is None)


def conditions(value: Plain) -> Iterator[StatementCondition]:
    """Yields the conditions of a statement."""
    for operator, tests in value.items() if isinstance(value, dict) else ():
        for key, values in tests.items() if isinstance(tests, dict) else ():
            yield StatementCondition(operator, key, as_tuple(values))


def as_tuple(value: Plain) -> tuple[Plain, ...]:
    """Returns one value or a list as a tuple, which is empty if there is none."""
    if value is MISSING:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
