"""Annotations of pods: those of templates, and those that controllers of custom resources and charts hand on to pods.

A field whose name ends in `annotations` gives keys to what a controller makes. Whether that is a pod, no name tells;
but annotations that steer the runtime of containers, a proxy or networks mean nothing on other objects. So each such
field counts, and the metadata of the object too, as Tekton and KServe copy them (tektoncd/pipeline PR 4424, kserve/
kserve issue 3710). Settings that carry annotations in their names or in one text are Spark's (apache/spark 00185e3d
docs/running-on-kubernetes.md, spark.kubernetes.driver.annotation.[AnnotationName]) and Flink's (apache/flink,
KubernetesConfigOptions, kubernetes.jobmanager.annotations, "a1:v1,a2:v2"). All read 2026-12-03.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource
from .annotation_keys import CARRIER, FLINK, MADE_OF_TEXTS, METADATA_ONLY, PAIR, SELECTING
from .custom_resources import is_custom
from .kubernetes_objects import ObjectPart, pods
from .set_values import with_set_values
from .texts import read_texts

_CHARTS = "kubernetes:helm.sh/"
_LABELS = "labels"
_SPARK = lazy_regex(r"spark\.kubernetes\.(?:driver|executor)\.annotation\.(?P<key>.{1,460})")
_DEEPEST = 60


@lru_cache(maxsize=4)
def annotations_of_pods(resource: Resource) -> tuple[ObjectPart, ...]:
    """Returns the annotations that pods get of a resource, also those in texts; cached for the rules on them."""
    return (*stated_annotations(resource), *(part for item in expand_list(resource) for part in _in_texts(item)))


@lru_cache(maxsize=4)
def stated_annotations(resource: Resource) -> tuple[ObjectPart, ...]:
    """Returns the annotations of pods in templates and fields of a resource."""
    of_templates = tuple(pod.metadata.child("annotations") for pod in pods(resource))
    known = {part.path for part in of_templates}
    fields = (part for item in expand_list(resource) if _hands_on(item)
              for part in _in_fields(with_set_values(item), "", 0))  # fmt: skip
    return (*of_templates, *(part for part in fields if part.path not in known))


def _hands_on(item: Resource) -> bool:
    """Returns whether a controller, or a chart, makes pods of what an object says."""
    return (is_custom(item) or item.type.startswith(_CHARTS)) and not item.type.startswith(METADATA_ONLY)


def _in_texts(item: Resource) -> Iterator[ObjectPart]:
    """Yields the annotations in texts of manifests, patches and values of charts."""
    for leaf in read_texts(item).leaves if kind_of(item) in MADE_OF_TEXTS else ():
        above = leaf.path.removesuffix(f".{leaf.key}")
        if leaf.is_in_text and above != leaf.path and _carries(re.split(r"[.\[]", above)[-1]):
            yield ObjectPart(above, {leaf.key: leaf.value})


def _carries(name: str) -> bool:
    """Returns whether a field has annotations: one of labels steers no runtime."""
    return CARRIER.fullmatch(name) is not None and not name.lower().endswith(_LABELS)


def _in_fields(value: Plain, path: str, depth: int) -> Iterator[ObjectPart]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _in_fields(item, f"{path}[{index}]", depth + 1)
    if not isinstance(value, dict):
        return
    stated = {found["key"]: item for name, item in value.items() if (found := _SPARK.fullmatch(name)) is not None}
    if stated:
        yield ObjectPart(path, stated)
    for name, item in value.items():
        below = f"{path}.{name}" if path else name
        if FLINK.fullmatch(name) and isinstance(item, str):
            for index, found in enumerate(PAIR.finditer(item)):
                yield ObjectPart(f"{below}[{index}]", {found["key"]: found["value"].strip("\"' ")})
        elif _carries(name):
            yield from _nested(item, below, depth + 1)
        elif not SELECTING.fullmatch(name):
            yield from _in_fields(item, below, depth + 1)


def _nested(value: Plain, path: str, depth: int) -> Iterator[ObjectPart]:
    """Yields annotations, of which an operator or a chart may have those of several programs below each other."""
    if isinstance(value, dict) and depth <= _DEEPEST:
        yield ObjectPart(path, value)
        for name, item in value.items():
            yield from _nested(item, f"{path}.{name}", depth + 1)
