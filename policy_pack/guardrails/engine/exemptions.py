"""Exemptions from rules: resource pattern, reason, approval and expiry. Dates are in UTC."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator, model_validator

from .evaluate import Finding
from .lazy_regex import lazy_regex
from .settings_files import SetupError, describe_errors, read_yaml
from .verdicts import Outcome, Verdict

MAX_DAYS = 90
"""Maximum duration of an exemption in days: regulators expect a quarterly review."""
WARN_DAYS = 14
"""Number of days before its expiry at which an exemption starts to add a warning."""
AHEAD = timedelta(days=1)
"""How far a local date may be ahead of the date in UTC."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]
"""The reason of an exemption, which an auditor reads."""
_CHARACTER_CLASS = lazy_regex(r"\[[^]]*\]")
"""Character classes of a pattern, such as `[ab]`."""
_FIXED = lazy_regex(r"(?:\w[-.]?){3}|::[\w.-]+$")
"""What says more than a letter that most URNs have, or a whole name."""
_TYPES = (
    ("aws:s3/bucket:Bucket", "aws:ec2/vpc:Vpc", "aws:lambda/function:Function"),
    ("azure-native:web:WebApp", "azure-native:network:VirtualNetwork", "azure-native:keyvault:Vault"),
    ("kubernetes:core/v1:Pod", "kubernetes:apps/v1:Deployment", "kubernetes:batch/v1:Job"),
)
"""Types of each package: a pattern that matches them in any stack matches most of the package."""
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
    reason: Reason
    approved_by: Text
    created: date
    expires: date

    @field_validator("urn")
    @classmethod
    def _names_something(cls, pattern: str) -> str:
        if not re.search(r"\w", _CHARACTER_CLASS.sub("", pattern.removeprefix("urn:pulumi:"))):
            raise ValueError("it matches every resource; name a stack, a type or a resource")
        if not pattern.startswith(("urn:pulumi:", "*", "?", "[")):
            raise ValueError(f"it matches no URN, which begins with urn:pulumi:; write *::{pattern}, or the whole URN")
        if not _FIXED.search(_CHARACTER_CLASS.sub("*", pattern)) or _is_of_package(pattern):
            raise ValueError("it matches too many resources; name a stack, a type, or three letters of a name")
        return pattern

    @model_validator(mode="after")
    def _dates(self) -> "Exemption":
        days = (self.expires - self.created).days
        if not 0 <= days <= MAX_DAYS:
            raise ValueError(f"it lasts {days} days; allowed are 0 to {MAX_DAYS} from created to expires")
        if self.approved_by.casefold() == self.owner.casefold():
            raise ValueError("approved_by and owner are the same; another person must approve")
        return self


def _is_of_package(pattern: str) -> bool:
    """Returns whether a pattern matches all of a package, in any stack and by any name."""
    return any(all(fnmatchcase(f"urn:pulumi:0::1::{kind}::2", pattern) for kind in kinds) for kinds in _TYPES)


class _ExemptionsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    exemptions: tuple[Exemption, ...] = ()


def today_utc() -> date:
    """Returns today's date in UTC."""
    return datetime.now(UTC).date()


def load_exemptions(path: Path, ids: Collection[str], clock: Clock = today_utc) -> tuple[Exemption, ...]:
    """Reads the exemptions. Raises SetupError if the file is missing, malformed, names an unknown rule, or has an
    exemption that was not created yet: many of them, each after the other, would last for years without a review."""
    try:
        exemptions = _ExemptionsFile.model_validate(read_yaml(path)).exemptions
    except ValidationError as error:
        raise describe_errors(path, error) from None
    for index, item in enumerate(exemptions):
        if item.rule not in ids:
            raise SetupError(f"{path.name}: exemptions.{index}.rule: there is no rule '{item.rule}'")
        if item.created > (latest := clock() + AHEAD):
            raise SetupError(
                f"{path.name}: exemptions.{index}.created: {item.created} is in the future; allowed are days up to "
                f"{latest}; write the day on which it was approved, and renew it when it ends"
            )
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
        by = f"exemption {latest.ticket}, approved by {latest.approved_by}, expired on {latest.expires}"
        outcome = Outcome(Verdict.EXPIRED, f"{sentence} ({by})", path)
    else:
        days_left = (latest.expires - today).days
        warning = (
            f"; it ends in {days_left} days, {latest.owner} must renew it or fix the violation"
            if days_left <= WARN_DAYS
            else ""
        )
        by = f"exempt until {latest.expires} by {latest.ticket}, approved by {latest.approved_by}"
        sentence = f"{sentence} ({by}{warning})"
        outcome = Outcome(Verdict.EXEMPT, sentence, path)
    return Finding(finding.guardrail, finding.resource, outcome)
