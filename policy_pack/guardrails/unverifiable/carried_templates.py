"""Templates and steps that a resource carries in a text: conformance packs of AWS Config, tasks of Azure registries."""

import base64
import binascii
from collections.abc import Iterator, Mapping

import yaml

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined

_CONFIG_TYPES = ("AWS::Config::ConfigRule", "AWS::Config::OrganizationConfigRule")
"""Types that a pack needs; a remediation runs a document (AWS Config, custom conformance packs, 2026-11)."""
_TEMPLATE_TYPE = lazy_regex(r"\bType[\"']?\s{0,9}:\s{0,9}[\"']?(?P<type>[A-Za-z0-9]{1,40}::[\w:]{1,200})")
_REGISTRY_COMMAND = lazy_regex(r"\s*(?:mcr\.microsoft\.com/acr/acr-cli(?::[\w.-]+)?|acr)\s+(?:purge|tag|annotate)\b")
"""Commands that only clean up the registry (Azure Container Registry, `acr purge`, 2026-11)."""


def _conformance_pack(resource: Resource) -> Iterator[Outcome]:
    body = resource.get("templateBody")
    if body is UNKNOWN:
        yield undetermined("templateBody is not known before deployment", "templateBody")
    elif isinstance(body, str):
        types = {match["type"] for match in _TEMPLATE_TYPE.finditer(body)}
        other = next(iter(sorted(types - set(_CONFIG_TYPES))), "")
        yield failed(f"templateBody creates {other}", "templateBody") if other else passed()
    elif resource.get("templateS3Uri") is not MISSING:
        yield failed("templateS3Uri names a template that the guardrails cannot read", "templateS3Uri")


def _registry_task(resource: Resource) -> Iterator[Outcome]:
    request = resource.get("runRequest")
    place = "runRequest" if request is UNKNOWN or isinstance(request, dict) else "step"
    step = resource.get(place)
    if step is UNKNOWN or (isinstance(step, dict) and step.get("type") is UNKNOWN):
        path = place if step is UNKNOWN else f"{place}.type"
        yield undetermined(f"{path} is not known before deployment", path)
    if not isinstance(step, dict):
        return
    kind = str(step.get("type", "")).removesuffix("Request").removesuffix("Run")
    if kind in ("FileTask", "FileTaskStep"):
        yield failed(f"{place} runs the steps of a file that the guardrails cannot read", f"{place}.type")
    elif kind.startswith("EncodedTask"):
        yield from _judge_steps(step.get("encodedTaskContent", MISSING), f"{place}.encodedTaskContent")


def _judge_steps(content: Plain, path: str) -> Iterator[Outcome]:
    if content is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
        return
    try:
        steps = yaml.safe_load(base64.b64decode(str(content)))["steps"]
        commands = [str(item["cmd"]) for item in steps if "cmd" in item]
    except (binascii.Error, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        yield failed(f"{path} has no steps that the guardrails can read", path)
        return
    other = next((command for command in commands if not _REGISTRY_COMMAND.match(command)), "")
    yield failed(f"{path} runs a program with the task's identity: {other[:60]!r}", path) if other else passed()


TEMPLATE_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("cfg/ConformancePack", "cfg/OrganizationConformancePack"), _conformance_pack),
    **dict.fromkeys(azure("containerregistry:Task", "containerregistry:TaskRun"), _registry_task),
}
"""Type -> what judges what it carries."""
