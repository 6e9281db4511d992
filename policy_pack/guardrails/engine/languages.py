"""Names of properties in the language of the program.

The engine passes names in camel case, as TypeScript, YAML and the SDKs' schemas have them. Programs in Python write
them in snake case, except the keys of free-form values: documents in JSON, custom resources, tags and values of charts.
"""

from pathlib import Path

import yaml

from .lazy_regex import lazy_regex

_WORD_START = lazy_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PLURAL_ACRONYM = lazy_regex(r"([A-Z]{2,})s(?=[A-Z]|$)")
"""Acronyms in the plural, such as `IPs` in `podIPs`: the SDKs write `pod_ips`."""
FREE_FORM = frozenset(
    {
        "annotations", "assumeRolePolicy", "containerDefinitions", "containerProperties", "content", "data",
        "definition", "inlinePolicy", "kubeconfig", "labels", "matchLabels", "parameters", "policy", "policyDocument",
        "policyRule", "stringData", "tags", "userData", "values", "valueYamlFiles", "variables",
    }
)  # fmt: skip
"""Properties below which keys are the user's own, or those of a document."""
_BUILT_IN_KUBERNETES = lazy_regex(
    r"kubernetes:(?:core|apps|batch|autoscaling|policy|helm\.sh|(?:admissionregistration|apiextensions|apiregistration"
    r"|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource"
    r"|scheduling|storage|storagemigration)\.k8s\.io)/v\d\w*:"
)
"""Types of the Kubernetes SDK (pulumi-kubernetes 4.34.2), as normalised."""


def program_language(folder: Path) -> str:
    """Returns the runtime in the Pulumi.yaml of a folder or one above it, such as `python`; empty if there is none."""
    for candidate in (folder, *folder.parents):
        for name in ("Pulumi.yaml", "Pulumi.yml"):
            if (candidate / name).is_file():
                return _runtime(candidate / name)
    return ""


def _runtime(file: Path) -> str:
    try:
        runtime = yaml.safe_load(file.read_text(encoding="utf-8")).get("runtime")
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        return ""
    name = runtime.get("name") if isinstance(runtime, dict) else runtime
    return name if isinstance(name, str) else ""


def python_name(name: str) -> str:
    """Returns the name of a property in the Python SDKs, such as `kms_key_id` for `kmsKeyId`."""
    name = _PLURAL_ACRONYM.sub(lambda match: match[1].capitalize() + "s", name)
    return _WORD_START.sub("_", name).lower()


def is_built_in_kubernetes(token: str) -> bool:
    """Returns whether a normalised type is one of the Kubernetes SDK. Custom resources have keys as in YAML."""
    return _BUILT_IN_KUBERNETES.match(token) is not None


def python_path(token: str, path: str) -> str:
    """Returns a path of a resource's properties as a Python program writes it; empty if it is the same.

    `token`: the normalised type of the resource.
    """
    if token.startswith("kubernetes:") and not is_built_in_kubernetes(token):
        return ""
    segments = path.split(".")
    converted = []
    for index, segment in enumerate(segments):
        name, bracket, rest = segment.partition("[")
        converted.append(f"{python_name(name)}{bracket}{rest}")
        if name in FREE_FORM:
            converted += segments[index + 1 :]
            break
    text = ".".join(converted)
    return "" if text == path else text
