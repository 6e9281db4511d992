"""How strictly each stack is judged, from one file. A file it cannot read stops the pack: no fallback."""

import re
from collections.abc import Collection, Hashable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from falaj.facts.tags import COST_TAGS

from .rows import Concern, Guardrail
from .settings import Cost, Residency, Resilience, Tags
from .verdicts import Verdict


class SetupError(Exception):
    """A settings file of the pack is missing or wrong; the message is one sentence for the user."""


class Level(StrEnum):
    """What a violation does: stop the deployment, advise, or nothing."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


_TYPES = re.compile(r"[\w-]+(?::[\w./-]+)*(?::?\*)?")
_WHOLE = re.compile(r"(?:aws|azure-native|kubernetes|pulumi)[:*]*")
"""Packages of which only types may be let through, never all."""
_SOURCE = re.compile(r"(?:https|oci)://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/|$)")
"""Address of charts with a host of two labels at least: `*.` before one label would be a whole top-level domain."""

Levels = dict[str, Level]
"""`all`, a concern, or a rule id -> level; the most specific one counts."""


class Kubernetes(BaseModel):
    """Clusters outside the managed services of the UAE regions that may be deployed to: server address or context."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_clusters: Annotated[tuple[str, ...], Field(strict=False)] = ()
    privileged_namespaces: dict[str, Annotated[str, Field(min_length=10)]] = {}
    """Namespaces whose pods may be privileged, by name, with the reason."""

    @field_validator("allowed_clusters")
    @classmethod
    def _are_named(cls, clusters: tuple[str, ...]) -> tuple[str, ...]:
        # A provider without a context states an empty one: a blank entry would let every cluster through.
        if any(not cluster.strip() for cluster in clusters):
            raise ValueError("a cluster is the address of its server, or a context; it is not empty")
        return clusters


class Escape(BaseModel):
    """What may go around the guardrails, each with the reason: types (`command:*`), and addresses of Helm charts."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_types: dict[str, Annotated[str, Field(min_length=10)]] = {}
    helm_sources: dict[str, Annotated[str, Field(min_length=10)]] = {}

    @field_validator("allowed_types")
    @classmethod
    def _are_types(cls, types: dict[str, str]) -> dict[str, str]:
        for token in types:
            if not _TYPES.fullmatch(token):
                raise ValueError(f"'{token}' is no type, nor the beginning of one in a package, such as command:*")
            if _WHOLE.fullmatch(token):
                raise ValueError(f"'{token}' is a whole package that is judged; name the types")
        return types

    @field_validator("helm_sources")
    @classmethod
    def _are_addresses(cls, sources: dict[str, str]) -> dict[str, str]:
        for source in sources:
            if not _SOURCE.match(source):
                raise ValueError(f"'{source}' is not the address of charts, such as oci://charts.example.ae")
        return sources


class Enforcement(BaseModel):
    """The whole file: levels by default and by stack, and the clusters that are allowed by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    default: Levels
    stacks: dict[str, Levels] = {}
    kubernetes: Kubernetes = Kubernetes()
    tags: Tags = Tags()
    residency: Residency = Residency()
    escape: Escape = Escape()
    cost: Cost = Cost()
    resilience: Resilience = Resilience()
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
        return self._said(stack, guardrail)[0]

    def set_by(self, stack: str, guardrail: Guardrail) -> str:
        """The setting that decides the level, such as `stacks.dev.cost`; empty where none does."""
        return self._said(stack, guardrail)[1]

    def _said(self, stack: str, guardrail: Guardrail) -> tuple[Level, str]:
        for place, levels in ((f"stacks.{stack}", self.stacks.get(stack, {})), ("default", self.default)):
            for key in (guardrail.id, guardrail.concern.value, "all"):
                if key in levels:
                    return levels[key], f"{place}.{key}"
        return Level.MANDATORY, ""

    def level_of(self, stack: str, guardrail: Guardrail, verdict: Verdict) -> Level:
        """Level at which a verdict is reported: doubt advises unless the rule says it blocks; exemptions advise."""
        level = self.level(stack, guardrail)
        softer = verdict is Verdict.EXEMPT or (verdict is Verdict.UNDETERMINED and not guardrail.undetermined_blocks)
        return Level.ADVISORY if softer and level is Level.MANDATORY else level


class _Loader(yaml.SafeLoader):
    """YAML in which a key stands once: of two, a reader sees the first and the pack would follow the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        for index, (key, _) in enumerate(node.value):
            if any(key.value == earlier.value for earlier, _ in node.value[:index]):
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> object:
    """Content of a settings file. Raises SetupError when it is missing or not YAML."""
    try:
        return _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except OSError as error:
        raise SetupError(f"{path.name}: cannot be read ({error.strerror}); the pack does not run without it") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        what = f" ({error.problem})" if isinstance(error, yaml.constructor.ConstructorError) else ""
        raise SetupError(f"{path.name}: not valid YAML{where}{what}; correct it and run again") from None


def explain(path: Path, error: ValidationError) -> SetupError:
    """All mistakes of a settings file in one sentence: where, what was given, what is allowed."""
    parts = []
    for item in error.errors():
        where = ".".join(str(step) for step in item["loc"]) or "the file"
        given = "nothing" if item["type"] == "missing" else repr(item["input"])[:60]
        parts.append(f"{where}: {given} is not allowed: {item['msg']}")
    return SetupError(f"{path.name}: {'; '.join(parts)}")


def load_enforcement(path: Path, ids: Collection[str]) -> Enforcement:
    """The enforcement settings. Raises SetupError when the file is missing, malformed or names an unknown rule."""
    try:
        settings = Enforcement.model_validate(read_yaml(path))
    except ValidationError as error:
        raise explain(path, error) from None
    known = {"all", *(concern.value for concern in Concern), *ids}
    places = {"default": settings.default, **{f"stacks.{name}": levels for name, levels in settings.stacks.items()}}
    for place, levels in places.items():
        for key in levels:
            if key not in known:
                kind = "rule" if re.match(r"FJ-", key) else "concern"
                raise SetupError(
                    f"{path.name}: {place}.{key}: no such {kind}; allowed are all, "
                    f"{', '.join(concern.value for concern in Concern)} and the rules' ids"
                )
    return settings
