"""How strictly each stack is judged, from one file. A file it cannot read stops the pack: no fallback."""

import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from falaj.facts.tags import COST_TAGS

from .rows import Concern, Guardrail
from .settings import (
    CostSettings,
    EscapeSettings,
    KubernetesSettings,
    ResidencySettings,
    ResilienceSettings,
    TagSettings,
)
from .settings_files import SetupError, describe_errors, read_yaml
from .verdicts import Verdict


class Level(StrEnum):
    """What a violation does: stop the deployment, advise, or nothing."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


Levels = dict[str, Level]
"""`all`, a concern, or a rule id -> level; the most specific one counts."""


class Enforcement(BaseModel):
    """The whole file: levels by default and by stack, and the clusters that are allowed by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    default: Levels
    stacks: dict[str, Levels] = {}
    kubernetes: KubernetesSettings = KubernetesSettings()
    tags: TagSettings = TagSettings()
    residency: ResidencySettings = ResidencySettings()
    escape: EscapeSettings = EscapeSettings()
    cost: CostSettings = CostSettings()
    resilience: ResilienceSettings = ResilienceSettings()
    add_tags: dict[str, dict[str, str]] = {}
    """Stack -> cost tags that remediation adds where they are missing."""
    add_protections: tuple[str, ...] = ()
    """Stacks in which remediation adds least TLS versions and closed access where a program says nothing."""

    @field_validator("add_tags")
    @classmethod
    def _are_cost_tags(cls, stacks: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        tags = {tag.key: tag for tag in COST_TAGS}
        for key, value in ((key, value) for stated in stacks.values() for key, value in stated.items()):
            if key not in tags:
                raise ValueError(f"'{key}' is not a cost tag; allowed are {', '.join(tags)}")
            if not tags[key].accepts(value):
                raise ValueError(f"the value of '{key}' is not legal; an example is '{tags[key].example}'")
        return stacks

    def level(self, stack: str, guardrail: Guardrail) -> Level:
        """Level of a rule in a stack: what the stack says (rule, concern, all), else what the default says."""
        return self._level_and_setting(stack, guardrail)[0]

    def set_by(self, stack: str, guardrail: Guardrail) -> str:
        """The setting that decides the level, such as `stacks.dev.cost`; empty where none does."""
        return self._level_and_setting(stack, guardrail)[1]

    def _level_and_setting(self, stack: str, guardrail: Guardrail) -> tuple[Level, str]:
        for section, levels in ((f"stacks.{stack}", self.stacks.get(stack, {})), ("default", self.default)):
            for key in (guardrail.id, guardrail.concern.value, "all"):
                if key in levels:
                    return levels[key], f"{section}.{key}"
        return Level.MANDATORY, ""

    def level_of(self, stack: str, guardrail: Guardrail, verdict: Verdict) -> Level:
        """Level at which a verdict is reported: doubt advises unless the rule says it blocks; exemptions advise."""
        level = self.level(stack, guardrail)
        softer = verdict is Verdict.EXEMPT or (verdict is Verdict.UNDETERMINED and not guardrail.undetermined_blocks)
        return Level.ADVISORY if softer and level is Level.MANDATORY else level


def load_enforcement(path: Path, ids: Collection[str]) -> Enforcement:
    """The enforcement settings. Raises SetupError when the file is missing, malformed or names an unknown rule."""
    try:
        settings = Enforcement.model_validate(read_yaml(path))
    except ValidationError as error:
        raise describe_errors(path, error) from None
    allowed_keys = {"all", *(concern.value for concern in Concern), *ids}
    sections = {"default": settings.default, **{f"stacks.{name}": levels for name, levels in settings.stacks.items()}}
    for section, levels in sections.items():
        for key in levels:
            if key not in allowed_keys:
                kind = "rule" if re.match(r"FJ-", key) else "concern"
                raise SetupError(
                    f"{path.name}: {section}.{key}: no such {kind}; allowed are all, "
                    f"{', '.join(concern.value for concern in Concern)} and the rules' ids"
                )
    return settings
