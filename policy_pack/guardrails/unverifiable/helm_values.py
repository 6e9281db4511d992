"""Values of Helm releases: what they must not contain, in the program's values and in value files."""

import re
from collections.abc import Iterator, Mapping

import yaml

from ..engine.reading import UNKNOWN, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.plaintext_secrets import is_secret_value

RELEASES = ("kubernetes:helm.sh/v1:Release",)
"""Helm releases of any SDK version, as normalised types."""
_HOST_ACCESS_KEYS = frozenset({"privileged", "hostnetwork", "hostpid", "hostipc", "allowprivilegeescalation"})
_HOST_PATH = re.compile(r"\.hostPath(?:\.|$)")
_HARMLESS_CAPABILITIES = frozenset({"net_bind_service", "chown", "setuid", "setgid", "dac_override", "fowner", "kill"})
"""Capabilities that the baseline Pod Security level allows and that reach no host (Kubernetes 1.36)."""
_PUBLIC_VALUES = frozenset({"loadbalancer", "nodeport", "internet-facing"})
"""Types of services, and schemes of AWS load balancers, that are reachable from outside the cluster."""
_AZURE_INTERNAL = "azure-load-balancer-internal"
_SECRET_KEY = re.compile(r"(?:password|passwd|token|apikey)$", re.IGNORECASE)
_OBJECT_KEY = re.compile(
    r"(?:extra|additional|raw|custom)(?:k8s|kubernetes|raw|all)?(?:objects?|manifests?|deploy|resources?|templates?)"
    r"|manifests|rawyaml",
    re.IGNORECASE,
)
"""Values from which charts create any object (Bitnami's `extraDeploy`, Argo's `extraObjects`, Grafana's and
Prometheus' `extraManifests`; charts read 2026-11-27)."""
_OBJECT_FIELDS = frozenset({"apiVersion", "kind", "metadata"})
_OBJECT_TEXT = re.compile(r"(?:^|[\s{,-])[\"']?(apiVersion|kind|metadata)[\"']?\s{0,9}:")
"""The fields of an object in a text in YAML or JSON, block or flow."""


def check_values(resource: Resource) -> Iterator[Outcome]:
    """Requires that all values of a release can be read, and that they grant no access to hosts or to everything in the
    cluster, expose nothing, contain no secrets and create no objects."""
    if resource.type not in RELEASES:
        return
    if resource.props.get("postrender"):
        yield failed("postrender changes the objects of the chart with a program on the machine that deploys",
                     "postrender")  # fmt: skip
    yield from _judge_values(resource.props.get("values"), "values")
    files = resource.props.get("valueYamlFiles")
    for index, file in enumerate(files if isinstance(files, list) else [] if files is None else [files]):
        yield from _judge_file(file, f"valueYamlFiles[{index}]")


def _judge_file(file: Plain, path: str) -> Iterator[Outcome]:
    """Judges a file of values. An asset shows its content only if the program gives it as a string."""
    text = file.get("text") if isinstance(file, Mapping) else file
    if text is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
        return
    try:
        values = yaml.safe_load(text) if isinstance(text, str) else None
    except yaml.YAMLError:
        values = None
    if isinstance(values, Mapping):
        yield from _judge_values(dict(values), path)
    else:
        yield failed(f"{path} is a file whose content the guardrails cannot read", path)


def _judge_values(values: Plain, path: str) -> Iterator[Outcome]:
    for leaf_path, key, value in leaves(values, path):
        yield _judge_leaf(leaf_path, key, value)
    for object_path in _objects(values, path):
        yield failed(f"{object_path} creates objects that no guardrail sees", object_path)


def _judge_leaf(path: str, key: str, value: Plain) -> Outcome:
    name, text = key.lower(), str(value).lower()
    if (name in _HOST_ACCESS_KEYS and text == "true") or _HOST_PATH.search(path):
        return failed(f"{path} gives a container access to its host", path)
    if name == "add" and ".capabilities." in path and text not in _HARMLESS_CAPABILITIES:
        return failed(f"{path} gives a container the capability {value}", path)
    if text in _PUBLIC_VALUES or (name.endswith(_AZURE_INTERNAL) and text == "false"):
        return failed(f"{path} exposes a service outside the cluster", path)
    if text == "cluster-admin" or (name == "verbs" and text == "*"):
        return failed(f"{path} grants every permission in the cluster", path)
    if is_secret_value(value) or (_SECRET_KEY.search(key) and isinstance(value, str) and value.strip()):
        return failed(f"{path} contains a plaintext secret", path)
    return passed()


def _objects(value: Plain, path: str) -> Iterator[str]:
    """Yields the paths of Kubernetes objects in values, and of the values that charts create as objects."""
    if isinstance(value, Mapping):
        if value.keys() >= _OBJECT_FIELDS:
            yield path
            return
        for key, item in value.items():
            if item and _OBJECT_KEY.fullmatch(str(key)):
                yield f"{path}.{key}"
            else:
                yield from _objects(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, f"{path}[{index}]")
    elif isinstance(value, str) and set(_OBJECT_TEXT.findall(value)) == _OBJECT_FIELDS:
        yield path
