"""Settings of the agent of Azure Monitor in a cluster, by which it collects less than it does without them.

Microsoft, "Configure data collection in Container insights using ConfigMap", and the template
container-azm-ms-agentconfig.yaml of microsoft/Docker-Provider (stdout and stderr, exclude_namespaces,
filter_using_annotations, multi_tenancy.disable_fallback_ingestion), read 2026-11-29. A text that is no TOML changes
nothing: the agent keeps its defaults.
"""

import tomllib
from collections.abc import Iterator, Mapping

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.shared_namespaces import is_of_controllers

_NAME = "container-azm-ms-agentconfig"
_TEXT = "log-data-collection-settings"
_LONGEST = 20_000
_STREAMS = ("stdout", "stderr")


def check_agent_settings(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting by which records of programs reach no workspace."""
    for item in objects(resource, "ConfigMap"):
        if item.child("metadata").get("name") == _NAME:
            yield from _check_settings(item.child("data"))


def _check_settings(data: ObjectPart) -> Iterator[Outcome]:
    path = data.path_to(_TEXT)
    settings = _part(_parsed(data.get(_TEXT)), "log_collection_settings")
    for stream in _STREAMS:
        part = _part(settings, stream)
        if part.get("enabled") is False:
            yield failed(f"{path}: nothing that programs write to {stream} is collected", path)
        left_out = part.get("exclude_namespaces")
        for namespace in left_out if isinstance(left_out, list) else ():
            if not is_of_controllers(str(namespace)):
                yield failed(f"{path}: nothing that programs of {namespace} write to {stream} is collected", path)
    if _part(settings, "filter_using_annotations").get("enabled") is True:
        yield failed(f"{path}: programs leave themselves out of the records by an annotation", path)
    if _part(settings, "multi_tenancy").get("disable_fallback_ingestion") is True:
        yield failed(f"{path}: records of namespaces without a rule of their own are thrown away", path)


def _parsed(value: object) -> Mapping[str, object]:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return {}
    try:
        return tomllib.loads(value)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _part(settings: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = settings.get(name)
    return found if isinstance(found, Mapping) else {}
