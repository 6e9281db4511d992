"""Images that values of Helm releases, and settings of operators, put in place of those of the publisher.

A chart from an allowed source runs the images that its publisher chose; a value names another one, whose program then
has the chart's permissions, such as the role with which Karpenter starts machines. Publishers are those of the charts'
own images (`images.py`); a mirror is listed like a source of charts.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.published_images import DEFAULT_REGISTRY, has_host
from ..readers.texts import read_texts
from .chart_registries import NOT_KNOWN, joined_registries, with_registry
from .helm_values import RELEASES
from .images import ImageSources

_REPOSITORY = frozenset({"repository", "imagerepository"})
_REGISTRY = frozenset(
    {"registry", "imageregistry", "defaultimageregistry", "containerregistry", "systemdefaultregistry", "hub"}
    | {"defaultregistry", "dockerregistry"}
)
_IMAGE_KEYS = ("image", "imagename", "airflowrepository", "container_repository")
"""Ends of keys with a whole image: `fullImageName` is of OpenCost's chart (opencost/opencost-helm-chart 725bb939),
`defaultAirflowRepository` and `worker_container_repository` of Airflow's (apache/airflow 001394a9)."""
_WHOLE = frozenset({"name", "override", "ref", "reference", "uri"})
"""Keys below an image of a whole image; `override` is of Cilium's chart (cilium/charts 009b5e9, values.yaml), `name` of
JupyterHub's."""
_ORGANISATION, _REGISTRY_OF_ORGANISATIONS = frozenset({"imagenamespace", "defaultimagerepository"}), "quay.io"
"""Keys of the organisation of a chart's images, and the registry that these charts name (cert-manager/cert-manager
2d0d7f7f, deploy/charts/cert-manager/values.yaml, cert-manager/trust-manager fc1b53dd and
strimzi/strimzi-kafka-operator 8541da1e, read 2026-11-29)."""
_OF_IMAGE = lazy_regex(r"image|\bhub$|(?:container|default|docker)registry$", re.IGNORECASE)
"""Path of a value that belongs to an image."""
_OF_OTHERS = lazy_regex(
    r"\.(?:git(?:[-_]?(?:sync|ops|repo\w*))?|dags?|backups?|restic|charts?|helm|source|config)(?:\[\d+\])?$",
    re.IGNORECASE,
)
"""Path of values whose repository has programs, copies or charts, and no image, unless they have a tag."""
_OF_CREDENTIALS = lazy_regex(
    r"\.(?:image)?(?:pull_?secrets?|credentials)(?:\.[\w-]{1,63}|\[\d{1,4}\])?$", re.IGNORECASE
)
"""Path of what a registry is told to let images out, as `imagePullSecret.registry` of JupyterHub's chart: no image is
named there."""
_TAGGED = frozenset({"tag", "digest", "sha", "pullpolicy", "imagepullpolicy"})
_OF_THE_CHART = "of-the-chart"
"""Name of an image that only the chart knows."""
OPERATORS = tuple(
    f"kubernetes:{group}/"
    for group in (
        "amd.com", "install.istio.io", "kmm.sigs.x-k8s.io", "mellanox.com", "nvidia.com", "operator.tigera.io",
        "sailoperator.io",
    )
)  # fmt: skip
"""API groups of operators that run images on every machine, or with the rights of the cluster."""

_BY_PARTS = ("kubernetes:logging.banzaicloud.io/",)
"""API groups of operators whose images are a repository and a tag (kube-logging/logging-operator 51679aa5,
pkg/sdk/logging/api/v1beta1, ImageSpec, read 2026-11-29)."""
_VARIABLE = lazy_regex(r"(?:[A-Z][A-Z0-9]*_)+IMAGES?(?:_NAME)?")
"""Variables of an operator with images of what it starts, such as STRIMZI_KAFKA_IMAGES and POSTGRES_IMAGE_NAME."""
_NAMED = lazy_regex(r"(?:[\w.-]{1,40}=)?(?P<image>[\w.-]+(?::\d+)?/[\w./-]+(?::[\w.-]+)?(?:@\w+:[0-9a-f]+)?)")
"""An image, perhaps with the version for which it is before it."""


def _of_variables(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields the images that variables and texts of a chart name, as (path, name, whether it is only a registry)."""
    for leaf in read_texts(resource).leaves if resource.type in RELEASES else ():
        is_of_text = leaf.is_in_text and leaf.key.lower().endswith("image")
        if isinstance(leaf.value, str) and (is_of_text or _VARIABLE.fullmatch(leaf.key[:100])):
            found = (_NAMED.fullmatch(item) for item in leaf.value.split())
            yield from ((leaf.path, item["image"], False) for item in found if item)


def _is_whole(path: str, key: str, text: str) -> bool:
    """Returns whether a value is a whole image, by its key or by that of what it belongs to."""
    is_key = key.endswith(_IMAGE_KEYS) or (key in _WHOLE and path.lower().endswith(_IMAGE_KEYS))
    return is_key and _NAMED.fullmatch(text) is not None


def _images(value: Plain, path: str, joined: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yields the registries and images that values name, as (path, name, whether it is only a registry). `joined`:
    registries that the chart writes before images without one, by section."""
    if isinstance(value, Mapping):
        texts = {str(key).lower(): (key, item) for key, item in value.items() if isinstance(item, str) and item}
        unknown = {str(key).lower(): (key, NOT_KNOWN) for key, item in value.items() if item is UNKNOWN}
        registry = next((named[name] for named in (texts, unknown) for name in _REGISTRY if name in named), None)
        repository = next((texts[name] for name in _REPOSITORY if name in texts), None)
        for organisation_key, organisation in (texts[name] for name in sorted(texts.keys() & _ORGANISATION)):
            place = "" if has_host(organisation) else f"{registry[1] if registry else _REGISTRY_OF_ORGANISATIONS}/"
            yield f"{path}.{organisation_key}", f"{place}{organisation}/{_OF_THE_CHART}", False
        if repository is None and registry and "repo" in texts:
            # As Weaviate has it: {registry: cr.weaviate.io, repo: semitechnologies/weaviate}.
            repository = texts["repo"]
        key, name = repository or registry or ("", "")
        # As the GPU operator has it: {driver: {repository: nvcr.io/nvidia}}, whose image is that of the chart.
        is_tagged = repository is not None and not texts.keys().isdisjoint(("tag", "digest"))
        is_of_image = "image" in texts or is_tagged or _OF_IMAGE.search(f"{path}.{key}") is not None
        has_no_image = _OF_OTHERS.search(path) is not None and texts.keys().isdisjoint(_TAGGED)
        is_other = is_of_image or "://" in name or has_no_image
        is_place = repository is not None and has_host(name) and not is_other
        name = f"{name}/{_OF_THE_CHART}" if is_place else name
        if repository and registry and not has_host(name):
            name = f"{registry[1]}/{name}"
        elif repository and not has_host(name):
            name = with_registry(name, path, joined, DEFAULT_REGISTRY)
        if repository and registry and "name" in texts and "/" not in repository[1]:
            # As Strimzi has it: {registry: quay.io, repository: strimzi, name: kafka}.
            name = f"{name}/{texts['name'][1]}"
        if repository and "image" in texts:
            # As operators of drivers have it: {repository: nvcr.io/nvidia, image: driver, version: "550"}.
            name = f"{name}/{texts['image'][1]}"
        is_told = repository is None and _OF_CREDENTIALS.search(path[-200:]) is not None
        if name and (is_place or is_of_image) and not is_told:
            yield f"{path}.{key}", name, repository is None
        for key, item in value.items():
            is_image = isinstance(item, str) and _is_whole(path, str(key).lower(), item)
            # As ingress-nginx has it: {image: {registry: registry.k8s.io, image: ingress-nginx/controller}}.
            prefix = f"{registry[1]}/" if registry and path.endswith(".image") and not has_host(str(item)) else ""
            yield from (
                [(f"{path}.{key}", f"{prefix}{item}", False)] if is_image else _images(item, f"{path}.{key}", joined)
            )
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _images(item, f"{path}[{index}]", joined)


def _check_images(sources: ImageSources) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        top = "values" if resource.type in RELEASES else "spec"
        joined = joined_registries(resource) if resource.type in RELEASES else {}
        places = ((f"{top}.global", registry.rstrip("/"), True) for registry in set(joined.values()))
        values = _images(resource.props.get(top), top, joined)
        for path, name, is_registry in (*values, *places, *_of_variables(resource)):
            if name.startswith(NOT_KNOWN):
                continue
            place = name.removesuffix(f"/{_OF_THE_CHART}")
            text = f"{path} names {place}, which is neither of a publisher of charts nor listed"
            is_known = (sources.knows_registry if is_registry else sources.knows)(name, resource)
            yield passed() if is_known else failed(text, path)

    return predicate


def image_guardrail(sources: ImageSources) -> Guardrail:
    """Returns the guardrail. `sources` are the publishers that the settings list."""
    return unverifiable_rule(
        113, Severity.CRITICAL, "Values of charts, and operators, name images of known publishers or of listed mirrors",
        "the program in another image gets every permission of the chart",
        "Remove the value, or list the registry of the mirror under escape.image_publishers in enforcement.yaml, such "
        "as registry.example.ae",
        predicate=_check_images(sources), types=(*RELEASES, *OPERATORS, *_BY_PARTS),
    )  # fmt: skip
