"""Verdicts of guardrails on resources."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The six verdicts. UNDETERMINED: a value that decides is not known yet, or is set nowhere."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    EXEMPT = "exempt"
    EXPIRED = "expired"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Outcome:
    """A verdict with the sentence that explains it (empty for PASS) and the property it is about."""

    verdict: Verdict
    sentence: str = ""
    path: str = ""


def passed() -> Outcome:
    """The resource complies."""
    return Outcome(Verdict.PASS)


def failed(sentence: str, path: str = "") -> Outcome:
    """The resource does not comply."""
    return Outcome(Verdict.FAIL, sentence, path)


def undetermined(sentence: str, path: str = "") -> Outcome:
    """It is not known whether the resource complies."""
    return Outcome(Verdict.UNDETERMINED, sentence, path)
