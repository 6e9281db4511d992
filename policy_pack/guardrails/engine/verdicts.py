"""Verdicts of guardrails on resources."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The six verdicts. UNDETERMINED: the value that decides is not known yet, or is not set anywhere."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    EXEMPT = "exempt"
    EXPIRED = "expired"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Outcome:
    """A verdict, the sentence that explains it (mostly empty for PASS), and the path of the property that it concerns.
    `remedy` is the fix where that of the rule is not the one for it."""

    verdict: Verdict
    sentence: str = ""
    path: str = ""
    remedy: str = ""


_PASSED = Outcome(Verdict.PASS)


def passed() -> Outcome:
    """Returns the outcome of a resource that complies: always the same, since most outcomes are."""
    return _PASSED


def failed(sentence: str, path: str = "", remedy: str = "") -> Outcome:
    """Returns the outcome of a resource that does not comply."""
    return Outcome(Verdict.FAIL, sentence, path, remedy)


def undetermined(sentence: str, path: str = "") -> Outcome:
    """Returns the outcome of a resource of which it is not known whether it complies."""
    return Outcome(Verdict.UNDETERMINED, sentence, path)
