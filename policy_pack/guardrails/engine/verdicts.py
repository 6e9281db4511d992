"""What can be said of a resource under one guardrail."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The six answers. UNDETERMINED means that a value which decides is not known yet, or is nowhere stated."""

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
    """The resource certainly does not comply."""
    return Outcome(Verdict.FAIL, sentence, path)


def undetermined(sentence: str, path: str = "") -> Outcome:
    """Nobody can say yet whether the resource complies."""
    return Outcome(Verdict.UNDETERMINED, sentence, path)
