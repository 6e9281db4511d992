"""Keys of annotations and labels with the domain of the controller that reads them, such as `example.io/inject`.

They stand in the metadata of objects and of the pods in them, in fields of custom resources and values of charts whose
name ends in `annotations` or `labels` (`podAnnotations`, `service.annotations`), in settings of Spark, and in texts of
YAML that others apply. What a selector asks for is no key of an object, nor are labels of machines, which the scheduler
reads. Form of a key: kubernetes/website 00a7fc2e concepts/overview/working-with-objects/labels.md; settings of Spark:
apache/spark 00185e3d docs/running-on-kubernetes.md; read 2026-11-30.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource
from .set_values import with_set_values
from .texts import read_texts

_KEY = lazy_regex(r"(?P<domain>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)/(?P<name>[\w.-]{1,200})", re.ASCII)
CARRIER = lazy_regex(
    r"(?!match|node|target|selector|drop|keep|external|primaryPod|\w{0,40}nodes?labels)\w{0,60}(?:annotations|labels)",
    re.IGNORECASE,
)
"""Names of fields that give keys, not of those that ask for them: which pod of a trial counts (`primaryPodLabels`,
kubeflow/katib 33c8ff4e experiments/v1beta1/constants.go), and which machines a program uses (`masterNodesLabels`,
kubeovn/kube-ovn charts/kube-ovn-v2/values.yaml); read 2026-11-30."""
SELECTING = lazy_regex(r"\w{0,60}selectors?|subsets|match", re.IGNORECASE)
"""Fields below which labels say which objects are meant."""
FLINK = lazy_regex(r"kubernetes\.(?:jobmanager|taskmanager)\.annotations")
PAIR = lazy_regex(r"(?:^|,)\s{0,9}[\"']?(?P<key>[\w./-]{1,460})[\"']?\s{0,9}:\s{0,9}(?P<value>[^,]{0,400})")
"""Setting of Flink with annotations of pods, and a key and a value in its text."""
_SPARK = lazy_regex(r"spark\.kubernetes\.(?:driver|executor)\.(?:service\.)?(?:annotation|label)\.")
METADATA_ONLY = (
    "kubernetes:apiextensions.k8s.io/", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/",
    "kubernetes:constraints.gatekeeper.sh/", "kubernetes:templates.gatekeeper.sh/", "kubernetes:policy/v1:PodSecurity",
    "kubernetes:admissionregistration.k8s.io/",
)  # fmt: skip
"""Types whose contents have the shape of other objects without being one."""
_MACHINES = ("kubernetes:core/v1:Node", "kubernetes:karpenter.sh/", "kubernetes:nfd.k8s-sigs.io/")
MADE_OF_TEXTS = ("ConfigMap", "Application", "ApplicationSet", "HelmChart", "HelmChartConfig", "HelmRelease",
                  "Kustomization", "Release", "Secret")  # fmt: skip
"""Kinds with texts of YAML: manifests, patches and values of charts."""
_PATCHED = lazy_regex(r"/(?:[^/]{1,200}/){0,30}(?:annotations|labels)/(?P<key>[^/]{1,460})")
"""Path of an operation of a JSON patch on a key, whose slash is written `~1` (RFC 6901, section 3)."""
_WRITES_NOTHING = frozenset({"remove", "test"})
_DEEPEST = 60
_LONGEST_TEXT, _LONGEST_LINE = 400_000, 600
_HEAD = lazy_regex(r"(?P<indent>[ ]{0,200})(?:- )?[\"']?(?P<name>\w{1,80})[\"']?[ ]{0,9}:[ ]{0,9}(?:#.*)?")
_ENTRY = lazy_regex(r"(?P<indent>[ ]{0,200})[\"']?(?P<key>[a-z0-9][\w./-]{0,400})[\"']?[ ]{0,9}:(?:[ ].*)?", re.ASCII)


def split_key(key: str) -> tuple[str, str] | None:
    """Returns the domain and the name of a key; None if it has no domain."""
    found = _KEY.fullmatch(key)
    return (found["domain"], found["name"]) if found is not None else None


@lru_cache(maxsize=4)
def annotation_keys(item: Resource) -> tuple[tuple[str, str, str], ...]:
    """Returns the keys with a domain in a Kubernetes object as (path, domain, name), each path once; cached for both
    rules on them."""
    props = with_set_values(item)
    if item.type.startswith(METADATA_ONLY):
        props = {"metadata": props.get("metadata")}
    without_labels = item.type.startswith(_MACHINES)
    has_texts = kind_of(item) in MADE_OF_TEXTS
    found = dict.fromkeys(_keys(props, "", 0, has_texts))
    if has_texts:
        known = {key for _, key in found}
        found |= {(path, key): None for path, key in _in_parsed_texts(item) if key not in known}
    return tuple(
        (path, *parts)
        for path, key in found
        if (parts := split_key(key)) is not None and not (without_labels and "labels" in path.removesuffix(key).lower())
    )


def _keys(value: Plain, path: str, depth: int, has_texts: bool) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            below = f"{path}.{name}" if path else name
            spark = _SPARK.match(name)
            if spark is not None:
                yield below, name[spark.end() :]
            if FLINK.fullmatch(name) and isinstance(item, str):
                yield from ((f"{below}.{found['key']}", found["key"]) for found in PAIR.finditer(item))
            if CARRIER.fullmatch(name):
                if has_texts and isinstance(item, str):
                    yield from ((f"{below}: {key}", key) for key in _entries(item))
                yield from _names(item, below, depth + 1)
            elif not SELECTING.fullmatch(name):
                yield from _keys(item, below, depth + 1, has_texts)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _keys(item, f"{path}[{index}]", depth + 1, has_texts)
    elif has_texts and isinstance(value, str) and "\n" in value and len(value) <= _LONGEST_TEXT:
        yield from ((f"{path}: {key}", key) for key in _in_text(value))


def _names(value: Plain, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yields the keys below annotations or labels, of which a chart may have those of several programs."""
    if isinstance(value, dict) and depth <= _DEEPEST:
        for name, item in value.items():
            yield f"{path}.{name}", name
            yield from _names(item, f"{path}.{name}", depth + 1)


def _entries(text: str) -> Iterator[str]:
    """Yields the keys in a text with the annotations or labels themselves, as charts take it."""
    for line in text[:_LONGEST_TEXT].splitlines():
        entry = _ENTRY.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if entry is not None:
            yield entry["key"]


def _in_parsed_texts(item: Resource) -> Iterator[tuple[str, str]]:
    """Yields the keys in texts of JSON, in YAML that is no plain block (`annotations: {KEY: x}`), and in patches."""
    leaves = read_texts(item).leaves
    operations = {leaf.path.removesuffix("op"): str(leaf.value).lower() for leaf in leaves if leaf.key == "op"}
    for leaf in leaves:
        if leaf.key == "path":
            patched = _PATCHED.fullmatch(str(leaf.value)) if "~1" in str(leaf.value) else None
            if patched is not None and operations.get(leaf.path.removesuffix("path")) not in _WRITES_NOTHING:
                yield leaf.path, patched["key"].replace("~1", "/").replace("~0", "~")
        elif leaf.is_in_text and "/" in leaf.key and leaf.path.endswith(f".{leaf.key}"):
            above = re.split(r"[.\[]", leaf.path.removesuffix(f".{leaf.key}"))
            if CARRIER.fullmatch(above[-1]) and not any(SELECTING.fullmatch(name) for name in above):
                yield leaf.path, leaf.key


def _in_text(text: str) -> Iterator[str]:
    """Yields the keys below annotations and labels in a text of YAML."""
    inside = -1
    above: list[tuple[int, str]] = []
    for line in text.splitlines():
        if not line.strip() or len(line) > _LONGEST_LINE:
            continue
        indent = len(line) - len(line.lstrip(" "))
        entry = _ENTRY.fullmatch(line)
        if inside >= 0 and indent > inside:
            if entry is not None:
                yield entry["key"]
            continue
        inside = -1
        head = _HEAD.fullmatch(line)
        if head is None:
            continue
        above = [*((level, name) for level, name in above if level < indent), (indent, head["name"])]
        if CARRIER.fullmatch(head["name"]) and not any(SELECTING.fullmatch(name) for _, name in above):
            inside = indent
