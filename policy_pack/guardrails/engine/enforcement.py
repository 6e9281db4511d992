"""Enforcement levels by stack, concern and rule, read from enforcement.yaml. A file with errors stops the pack."""

import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from falaj.facts.tags import COST_TAGS

from .escape_settings import EscapeSettings
from .presets import presets, with_presets
from .rows import Concern, Guardrail
from .settings import (
    CostSettings,
    ExposureSettings,
    IdentitySettings,
    KubernetesSettings,
    ResidencySettings,
    ResilienceSettings,
    TagSettings,
)
from .settings_files import SetupError, describe_errors, read_yaml
from .verdicts import Verdict


class Level(StrEnum):
    """What a violation does: it stops the deployment, is reported as advice, or is ignored."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


Levels = dict[str, Level]
"""`all`, a concern, or a rule id -> level; the most specific key applies."""


class Enforcement(BaseModel):
    """The content of enforcement.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    default: Levels
    stacks: dict[str, Levels] = {}
    kubernetes: KubernetesSettings = KubernetesSettings()
    tags: TagSettings = TagSettings()
    residency: ResidencySettings = ResidencySettings()
    identity: IdentitySettings = IdentitySettings()
    exposure: ExposureSettings = ExposureSettings()
    escape: EscapeSettings = EscapeSettings()
    cost: CostSettings = CostSettings()
    resilience: ResilienceSettings = ResilienceSettings()
    presets: tuple[str, ...] = ()
    """Settings for common building blocks (`presets.presets`), which are merged into the sections."""
    add_tags: dict[str, dict[str, str]] = {}
    """Stack -> cost tags that remediation adds where they are missing."""
    add_protections: tuple[str, ...] = ()
    """Stacks in which remediation sets minimum TLS versions and disables public access where a program does not set
    them."""

    @field_validator("presets")
    @classmethod
    def _are_presets(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in presets():
                raise ValueError(f"'{name}' is not a preset; allowed are {', '.join(sorted(presets()))}")
        return names

    @field_validator("add_tags")
    @classmethod
    def _are_cost_tags(cls, stacks: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        tags = {tag.key: tag for tag in COST_TAGS}
        for key, value in ((key, value) for values in stacks.values() for key, value in values.items()):
            if key not in tags:
                raise ValueError(f"'{key}' is not a cost tag; allowed are {', '.join(tags)}")
            if not tags[key].accepts(value):
                raise ValueError(f"the value of '{key}' is not valid; an example is '{tags[key].example}'")
        return stacks

    def level(self, stack: str, guardrail: Guardrail) -> Level:
        """Returns the level of a rule in a stack. The most specific key of the stack applies (the rule, its concern,
        `all`), else that of `default`. A guardrail that is opt-in has a level under its own id only."""
        return self._level_and_setting(stack, guardrail)[0]

    def set_by(self, stack: str, guardrail: Guardrail) -> str:
        """Returns the setting that decides the level, such as `stacks.dev.cost`; empty if no setting does."""
        return self._level_and_setting(stack, guardrail)[1]

    def _level_and_setting(self, stack: str, guardrail: Guardrail) -> tuple[Level, str]:
        for section, levels in ((f"stacks.{stack}", self.stacks.get(stack, {})), ("default", self.default)):
            for key in (guardrail.id,) if guardrail.is_opt_in else (guardrail.id, guardrail.concern.value, "all"):
                if key in levels:
                    return levels[key], f"{section}.{key}"
        return Level.DISABLED if guardrail.is_opt_in else Level.MANDATORY, ""

    def level_of(self, stack: str, guardrail: Guardrail, verdict: Verdict) -> Level:
        """Returns the level at which a verdict is reported. EXEMPT is advisory, and so is UNDETERMINED of a rule that
        does not block on it."""
        level = self.level(stack, guardrail)
        is_advice = verdict is Verdict.EXEMPT or (verdict is Verdict.UNDETERMINED and not guardrail.undetermined_blocks)
        return Level.ADVISORY if is_advice and level is Level.MANDATORY else level


def load_enforcement(path: Path, ids: Collection[str]) -> Enforcement:
    """Reads the enforcement settings. Raises SetupError if the file is missing, malformed or names an unknown rule."""
    try:
        settings = Enforcement.model_validate(with_presets(read_yaml(path)))
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
