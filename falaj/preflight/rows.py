"""Rows of the result: what was asked, what the account has, what the stack needs, and what to do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

NOT_ALLOWED, NO_ANSWER = "not allowed to ask", "did not answer"


class Verdict(StrEnum):
    """Judgement of a row."""

    OK = "ok"
    REFUSED = "will be refused"
    COSTS = "costs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class PreflightRow:
    """One fact about the account of a site, against what the stack needs."""

    site: str
    subject: str
    found: str
    needed: str = ""
    verdict: Verdict = Verdict.OK
    fix: str = ""
    """What to do, in one sentence."""
    setting: str = ""
    """Path of the setting that is an alternative, if the fact leaves a choice."""
    commands: Sequence[str] = ()
    """Commands of the cloud's own command line that change the fact."""
    answered: bool = True
    """Whether the account answered at all."""

    def document(self) -> dict[str, Any]:
        """Returns the row as JSON values."""
        return {**asdict(self), "verdict": self.verdict.value, "commands": [*self.commands]}


class NotAllowed(Exception):
    """The caller may not ask. The message names the permission, if the cloud states it."""


class NoAnswer(Exception):
    """The cloud did not answer in time, or not as documented. The message states why."""


EXIT_OK, EXIT_REFUSED, EXIT_NOTHING_ASKED = 0, 1, 3


def exit_status(rows: Sequence[PreflightRow]) -> int:
    """Returns 1 if anything will be refused, 3 if no question was answered, otherwise 0."""
    if not any(row.answered for row in rows):
        return EXIT_NOTHING_ASKED
    return EXIT_REFUSED if any(row.verdict is Verdict.REFUSED for row in rows) else EXIT_OK
