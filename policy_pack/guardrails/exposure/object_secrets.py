"""Plaintext secrets in custom resources: variables outside the containers of a pod, settings of programs, and texts in
a known format of a key or a token."""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.reading import Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.plaintext_secrets import is_secret_value, judge_variable, variables

_CUSTOM = re.compile(r"kubernetes:(?:[\w-]+\.)+[\w-]+/")
"""Types of groups with a domain; those of Kubernetes itself are among them and have no such settings."""
_EVALUATED_ELSEWHERE = re.compile(
    r"kubernetes:(?:helm\.sh|(?:[\w-]+\.)*kyverno\.io|(?:templates|constraints|mutations)\.gatekeeper\.sh"
    r"|apiextensions\.k8s\.io|bitnami\.com)/"
)
"""Types with rules of their own, whose texts are patterns, or encrypted."""
_VARIABLES = frozenset({"env", "envVars", "sparkConf", "hadoopConf", "environment"})
"""Fields with variables or settings: KubeRay `autoscalerOptions`, Kubeflow Trainer, Spark operator, GPU operator (their
API types at feeaf72f, 8c0f5059, 38082f33; read 2026-11-29)."""
_OF_PODS = frozenset({"containers", "initContainers", "ephemeralContainers"})
"""Fields that the rule on containers reads itself."""


def check_custom_resources(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each variable of a custom resource outside containers, and for each secret in its texts."""
    for item in expand_list(resource):
        if _CUSTOM.match(item.type) and not _EVALUATED_ELSEWHERE.match(item.type):
            yield from _check(item.props.get("spec"), "spec")


def _check(value: Plain, path: str) -> Iterator[Outcome]:
    if isinstance(value, dict):
        for key, item in value.items():
            child = f"{path}.{key}"
            if key in _OF_PODS:
                continue
            if key in _VARIABLES:
                for name, content, place in variables(item, child):
                    yield judge_variable(name, content, place)
            else:
                yield from _check(item, child)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _check(item, f"{path}[{index}]")
    elif is_secret_value(value):
        yield failed(f"{path} contains a plaintext secret", path)
