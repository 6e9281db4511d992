"""Exemptions from rules: resource pattern, reason, approval and expiry. Dates are in UTC."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator, model_validator

from .evaluate import Finding
from .settings_files import SetupError, describe_errors, read_yaml
from .verdicts import Outcome, Verdict

MAX_DAYS = 90
"""Maximum duration of an exemption in days: regulators expect a quarterly review."""
WARN_DAYS = 14
"""Number of days before its expiry at which an exemption starts to add a warning."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_CHARACTER_CLASS = re.compile(r"\[[^]]*\]")
"""Character classes of a pattern, such as `[ab]`."""
Clock = Callable[[], date]
"""Returns today's date."""


class Exemption(BaseModel):
    """One exemption. `urn` is a pattern with `*` and `?` that must match the whole URN. The exemption is valid through
    the day on which it expires."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rule: Text
    urn: Text
    owner: Text
    ticket: Text
    reason: Text
    approved_by: Text
    created: date
    expires: date

    @field_validator("urn")
    @classmethod
    def _names_something(cls, pattern: str) -> str:
        if not re.search(r"\w", _CHARACTER_CLASS.sub("", pattern.removeprefix("urn:pulumi:"))):
            raise ValueError("it matches every resource; name a stack, a type or a resource")
        return pattern

    @model_validator(mode="after")
    def _dates(self) -> "Exemption":
        days = (self.expires - self.created).days
        if not 0 <= days <= MAX_DAYS:
            raise ValueError(f"it lasts {days} days; allowed are 0 to {MAX_DAYS} from created to expires")
        if self.approved_by.casefold() == self.owner.casefold():
            raise ValueError("approved_by and owner are the same; another person must approve")
        return self


class _ExemptionsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    exemptions: tuple[Exemption, ...] = ()


def today_utc() -> date:
    """Returns today's date in UTC."""
    return datetime.now(UTC).date()


def load_exemptions(path: Path, ids: Collection[str]) -> tuple[Exemption, ...]:
    """Reads the exemptions. Raises SetupError if the file is missing, malformed or names an unknown rule."""
    try:
        exemptions = _ExemptionsFile.model_validate(read_yaml(path)).exemptions
    except ValidationError as error:
        raise describe_errors(path, error) from None
    for index, item in enumerate(exemptions):
        if item.rule not in ids:
            raise SetupError(f"{path.name}: exemptions.{index}.rule: there is no rule '{item.rule}'")
    return exemptions


def apply(finding: Finding, exemptions: tuple[Exemption, ...], today: date) -> Finding:
    """Returns the finding as it is reported: EXEMPT under a valid exemption, EXPIRED under an exemption that has
    ended."""
    if finding.outcome.verdict not in (Verdict.FAIL, Verdict.UNDETERMINED):
        return finding
    matching = [
        item
        for item in exemptions
        if item.rule == finding.guardrail.id and fnmatchcase(finding.resource.urn, item.urn) and item.created <= today
    ]
    if not matching:
        return finding
    latest = max(matching, key=lambda item: item.expires)
    sentence, path = finding.outcome.sentence, finding.outcome.path
    if latest.expires < today:
        outcome = Outcome(Verdict.EXPIRED, f"{sentence} (exemption {latest.ticket} expired on {latest.expires})", path)
    else:
        days_left = (latest.expires - today).days
        warning = (
            f"; it ends in {days_left} days, {latest.owner} must renew it or fix the violation"
            if days_left <= WARN_DAYS
            else ""
        )
        sentence = f"{sentence} (exempt until {latest.expires} by {latest.ticket}{warning})"
        outcome = Outcome(Verdict.EXEMPT, sentence, path)
    return Finding(finding.guardrail, finding.resource, outcome)
