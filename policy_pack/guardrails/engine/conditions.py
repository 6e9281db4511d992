"""Conditions on one value. Each condition defines the verdicts for a missing and for an unknown value."""

from collections.abc import Callable
from dataclasses import dataclass

from .reading import MISSING, UNKNOWN, Plain, one_or_many, texts_in
from .verdicts import Verdict

PASS, FAIL, UNDETERMINED = Verdict.PASS, Verdict.FAIL, Verdict.UNDETERMINED


@dataclass(frozen=True)
class Condition:
    """A test of a known value, the verdicts for a missing and for an unknown value, and the requirement that messages
    state."""

    requirement: str
    test: Callable[[Plain], bool]
    missing: Verdict = FAIL
    unknown: Verdict = UNDETERMINED

    def judge(self, value: Plain) -> Verdict:
        """Returns the verdict on a value: PASS, FAIL or UNDETERMINED."""
        if value is MISSING:
            return self.missing
        if value is UNKNOWN:
            return self.unknown
        return PASS if self.test(value) else FAIL


def is_true(value: Plain) -> bool:
    """Returns whether a value is true, or the string "true" of providers that take booleans as strings."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def is_filled(value: Plain) -> bool:
    """Returns whether a value is set: not an empty string, list or map, and not False."""
    return bool(value.strip()) if isinstance(value, str) else bool(value)


_KEY_PLACEHOLDERS = ("none", "null", "default", "auto", "s3_managed_key")
_AWS_MANAGED_KEYS = ("aws/", "aws_owned", "aws-owned", "aws_managed", "aws-managed")
"""Values that services accept in place of a key, and prefixes of keys that AWS manages, such as DSQL's
AWS_OWNED_KMS_KEY."""


def _is_customer_key(value: Plain) -> bool:
    if not isinstance(value, str) or not is_filled(value):
        return False
    text = value.strip().lower()
    return not ("alias/aws/" in text or "${" in text or text in _KEY_PLACEHOLDERS or text.startswith(_AWS_MANAGED_KEYS))


def _strings(value: Plain) -> list[str]:
    return texts_in(one_or_many(value))


SET = Condition("must be set", is_filled, unknown=PASS)
"""The property is set to any value; an unknown value counts as set."""

CUSTOMER_KEY = Condition(
    "must name a customer-managed key (a key that the cloud manages, such as alias/aws/…, is not one)",
    _is_customer_key,
    unknown=PASS,
)
"""The value is a customer-managed key. An unknown key comes from a resource of the stack, and is evaluated again at
deployment."""

TRUE = Condition("must be true", is_true)
NOT_TRUE = Condition("must not be true", lambda value: not is_true(value), missing=PASS)
FALSE = Condition("must be false", lambda value: value is False or str(value).lower() == "false")
NOT_FALSE = Condition("must not be false", lambda value: not FALSE.test(value), missing=PASS)
ABSENT = Condition("must not be set", lambda value: not is_filled(value), missing=PASS)
IS_MISSING = Condition("must be absent", lambda value: value is MISSING, missing=PASS)
"""The program does not set the property. Used in `when`, to limit a row to resources without a property."""
UNSET = Condition("must be absent", lambda value: not is_filled(value), missing=PASS, unknown=FAIL)
"""The program sets no value. Used in `when`: a value that is not known yet is one, and an empty text is none."""
NEVER = Condition("is not allowed", lambda _: False)


def one_of(*allowed: str, missing: Verdict = FAIL) -> Condition:
    """Returns a condition: the value is one of the strings. Ignores case, because the clouds differ in it. A list must
    contain at least one of them, and nothing else."""
    lowercase = {item.lower() for item in allowed}

    def test(value: Plain) -> bool:
        items = one_or_many(value)
        return bool(items) and all(str(item).lower() in lowercase for item in items)

    return Condition(f"must be {' or '.join(allowed)}", test, missing=missing)


def none_of(*forbidden: str) -> Condition:
    """Returns a condition: the value is none of the strings. A `*` at the end matches any suffix. A list must contain
    none of them."""
    exact = {item.lower() for item in forbidden if not item.endswith("*")}
    prefixes = tuple(item[:-1].lower() for item in forbidden if item.endswith("*"))

    def test(value: Plain) -> bool:
        items = [item.lower() for item in _strings(value)]
        return not any(item in exact or (prefixes and item.startswith(prefixes)) for item in items)

    return Condition(f"must not be {' or '.join(forbidden)}", test, missing=PASS)


def contains(item: str, *, missing: Verdict = FAIL) -> Condition:
    """Returns a condition: the list contains the item."""
    return Condition(f"must contain '{item}'", lambda value: item in _strings(value), missing=missing)


def does_not_contain(item: str, *, missing: Verdict) -> Condition:
    """Returns a condition: the list does not contain the item."""
    return Condition(f"must not contain '{item}'", lambda value: item not in _strings(value), missing=missing)
