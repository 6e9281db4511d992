"""Conditions of AWS policy statements, and what they narrow.

An operator binds if a request that lacks the key, or has another value, does not match: `...IfExists` and
`ForAllValues` match without the key, `...Not...` matches every other value, and date and number operators compare what
the caller does not choose (IAM User Guide, condition operators and multivalued context keys, 2026-11-27).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from falaj.facts.iam_conditions import Narrowing, binds, condition_keys

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain

_BINDING_OPERATOR = lazy_regex(
    r"(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|Bool)", re.IGNORECASE
)

_DEFAULT_NAMES = ("pvc-", "snapshot-")
"""What the names of volumes and snapshots begin with (kubernetes-csi/external-provisioner 0688604
README.md, --volume-name-prefix; kubernetes-csi/external-snapshotter afb2f0d README.md, --snapshot-name-prefix; read
2026-11-30)."""


@dataclass(frozen=True)
class StatementCondition:
    """One condition of a statement. Operator and key are as written; the values are always a tuple."""

    operator: str
    key: str
    values: tuple[Plain, ...]

    @property
    def is_binding(self) -> bool:
        """Whether a request matches only if it has the key, with one of the values."""
        return _BINDING_OPERATOR.fullmatch(self.operator) is not None

    def narrows(self, narrowing: Narrowing) -> bool:
        """Returns whether the condition narrows what `narrowing` says: every value must, because one of them is enough
        for a request to match. A value that is not known yet counts as narrow; it is evaluated when it is known."""
        if self.operator.lower() == "null":
            return self._requires_own_tag(narrowing)
        return (
            self.is_binding
            and bool(self.values)
            and any(row.narrows is narrowing for row in condition_keys(self.key))
            and all(value is UNKNOWN or binds(self.key, as_text(value), narrowing) for value in self.values)
        )

    @property
    def is_of_whatever_controllers_made(self) -> bool:
        """Whether it asks for a tag that only a controller sets, with whatever value its driver gives: that keeps the
        driver to its own objects, and lets every one of those through."""
        has_row = any(row.narrows is Narrowing.RESOURCE and row.values == "present" for row in condition_keys(self.key))
        is_null = self.operator.lower() == "null"
        return has_row and (is_null or any(_is_any_name(as_text(value)) for value in self.values))

    def _requires_own_tag(self, narrowing: Narrowing) -> bool:
        """Returns whether the condition requires a tag that only a controller sets."""
        has_row = any(row.narrows is narrowing and row.values == "present" for row in condition_keys(self.key))
        return has_row and bool(self.values) and all(as_text(value).lower() == "false" for value in self.values)


def _is_any_name(value: str) -> bool:
    """Returns whether a value is a pattern of all names that the drivers of disks give by themselves."""
    fixed = re.split(r"[*?]", value, maxsplit=1)[0]
    return len(fixed) < len(value) and any(name.startswith(fixed) for name in _DEFAULT_NAMES)


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


def as_text(value: Plain) -> str:
    """Returns a value of a policy as text. In JSON an account may be a number, which the engine passes as a float."""
    return str(int(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
