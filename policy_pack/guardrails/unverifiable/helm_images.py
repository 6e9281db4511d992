"""Images that values of Helm releases, and settings of operators, put in place of those of the publisher.

A chart from an allowed source runs the images that its publisher chose; a value names another one, whose program then
has the chart's permissions, such as the role with which Karpenter starts machines. Publishers are those of the charts'
own images, as known, and those of the components; a mirror is listed like a source of charts.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.families import unverifiable_rule
from ..engine.reading import Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from .helm_addresses import is_below
from .helm_values import RELEASES

_PUBLISHERS = tuple(
    f"oci://{item}"
    for item in (
        "docker.io/grafana", "docker.io/istio", "gcr.io/istio-release", "gcr.io/k8s-staging-sig-storage",
        "ghcr.io/fluent", "ghcr.io/kedacore", "ghcr.io/kubeflow", "ghcr.io/kyverno", "ghcr.io/opencost",
        "ghcr.io/open-telemetry", "mcr.microsoft.com", "nvcr.io/nvidia", "public.ecr.aws/aws-controllers-k8s",
        "public.ecr.aws/eks", "public.ecr.aws/eks-distro", "public.ecr.aws/karpenter", "quay.io/jetstack",
        "quay.io/kuberay", "quay.io/prometheus", "quay.io/prometheus-operator", "registry.k8s.io",
    )
)  # fmt: skip
"""Registries and organisations of the projects whose charts the settings allow."""
_REPOSITORY = frozenset({"repository", "imagerepository"})
_REGISTRY = frozenset({"registry", "imageregistry", "hub"})
_OF_IMAGE = re.compile(r"image|\bhub$", re.IGNORECASE)
"""Path of a value that belongs to an image."""
_DEFAULT_REGISTRY = "docker.io"
_OPERATORS = tuple(
    f"kubernetes:{group}/"
    for group in (
        "amd.com", "install.istio.io", "kmm.sigs.x-k8s.io", "mellanox.com", "nvidia.com", "operator.tigera.io",
        "sailoperator.io",
    )
)  # fmt: skip
"""API groups of operators that run images on every machine, or with the rights of the cluster."""


def _images(value: Plain, path: str) -> Iterator[tuple[str, str]]:
    """Yields the registries and images that values name, as (path, name)."""
    if isinstance(value, Mapping):
        texts = {str(key).lower(): (key, item) for key, item in value.items() if isinstance(item, str) and item}
        registry = next((texts[name] for name in _REGISTRY if name in texts), None)
        repository = next((texts[name] for name in _REPOSITORY if name in texts), None)
        key, name = repository or registry or ("", "")
        if repository and registry and not _has_host(name):
            name = f"{registry[1]}/{name}"
        elif repository and not _has_host(name):
            name = f"{_DEFAULT_REGISTRY}/{name}"
        if name and ("image" in texts or _OF_IMAGE.search(f"{path}.{key}")):
            yield f"{path}.{key}", name
        for key, item in value.items():
            is_image = str(key).lower() == "image" and isinstance(item, str) and "/" in item
            # As ingress-nginx has it: {image: {registry: registry.k8s.io, image: ingress-nginx/controller}}.
            prefix = f"{registry[1]}/" if registry and path.endswith(".image") and not _has_host(str(item)) else ""
            yield from [(f"{path}.{key}", f"{prefix}{item}")] if is_image else _images(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _images(item, f"{path}[{index}]")


def _has_host(name: str) -> bool:
    first = name.removeprefix("oci://").partition("/")[0]
    return "/" in name and ("." in first or ":" in first or first == "localhost")


def _is_listed(name: str, sources: tuple[str, ...]) -> bool:
    """Returns whether an image is below a source, or a registry is the host of one."""
    address = f"oci://{re.sub(r'(?::[^:/@]+)?(?:@.*)?$', '', name.removeprefix('oci://'))}"
    return any(is_below(address, item) or item.startswith(f"{address.rstrip('/')}/") for item in sources)


def _check_images(sources: tuple[str, ...]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        top = "values" if resource.type in RELEASES else "spec"
        for path, name in _images(resource.props.get(top), top):
            text = f"{path} names {name}, which is neither of a publisher of charts nor listed"
            yield passed() if _is_listed(name, sources) else failed(text, path)

    return predicate


def image_guardrail(sources: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `sources`: allowed chart address -> reason."""
    return unverifiable_rule(
        113, Severity.CRITICAL, "Values of charts, and operators, name images of known publishers or of listed mirrors",
        "the program in another image gets every permission of the chart",
        "Remove the value, or list the registry of the mirror under escape.helm_sources in enforcement.yaml, such as "
        "oci://registry.example.ae",
        predicate=_check_images((*_PUBLISHERS, *sources)), types=(*RELEASES, *_OPERATORS),
    )  # fmt: skip
