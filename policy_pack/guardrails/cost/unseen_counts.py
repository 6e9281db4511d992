"""Numbers of pods and machines in custom resources and in values of charts, whose size no plan shows.

An operator multiplies what its objects and values say by machines of its own choice. Fields are recognised by their
names, so that kinds and charts that nobody listed are read too: `replicas.max`, `numNodes`, `minSize`. The limits are
judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.setting_lines import setting_lines
from ..readers.texts import Leaf, read_texts
from .proportional_pods import check_proportional

_HELM = "kubernetes:helm.sh/"
_BUILT_IN = lazy_regex(r"kubernetes:(?:\w+/|(?:[\w-]+\.)*k8s\.io/|yaml/|kustomize/)")
"""Types of Kubernetes itself, of which `workload_sizes` and the rules on quotas read the numbers."""
_PODS = lazy_regex(
    r"(?:max|min|num|initial|desired|total)?_?(?:replicas?|instances|workers|executors|pods|runners|parallelism)"
    r"(?:count|number)?|(?:max|min)_?scale",
    re.IGNORECASE,
)
_WAITING = lazy_regex(r"(?:min|idle|warm|standby|spare|prebuilt)_?runners?(?:count|number)?", re.IGNORECASE)
"""Runners of pipelines that are there without any work, which nothing removes (actions-runner-controller 2ee6b3b8e,
charts/gha-runner-scale-set/values.yaml, minRunners, read 2026-11-29). The least replicas of a service do its work."""
_IDLE = lazy_regex(r"(?:min_?|off_?peak_?)?idle_?count(?:_?min)?", re.IGNORECASE)
_RUNNERS = lazy_regex(r"runner|machine", re.IGNORECASE)
"""Machines of a GitLab Runner that wait, or jobs that find one waiting (gitlabhq/gitlab-runner d79f3e7b docs/
configuration/advanced-configuration.md, [runners.machine] and [[runners.autoscaler.policy]], and common/config.go;
read 2026-11-30): elsewhere such a number is of connections of a pool."""
_MACHINES = lazy_regex(r"(?:max|min|num|desired|total)_?(?:nodes|machines)(?:count)?|desired_?capacity", re.IGNORECASE)
_SIZES = lazy_regex(r"(?:max|min|desired)_?(?:size|capacity|count)", re.IGNORECASE)
"""Sizes, which are machines near what `_OF_MACHINES` matches: others are those of queues and caches."""
_OF_MACHINES = lazy_regex(r"(?:scaling|node|worker|instance|machine)_?(?:groups?|pools?|sets?)\b", re.IGNORECASE)
_OF_OTHERS = lazy_regex(
    r"(?:.*[a-z_-])?(?:queue|dis[kc]|(?<!a)log|volume|cache|storage|buffer|memory|message|upload|request|body"
    r"|connection"
    r"|retention|history|logging)(?:s|ies)?(?:[_-]?(?:size|config|limit|setting|option|polic(?:y|ie))s?)?(?:\[\d+\])?",
    re.IGNORECASE,
)
"""Words of a part of a machine, whose sizes are no numbers of machines, unless it is the name of a group of them."""
_GROUPS = lazy_regex(r".*(?:groups|pools|sets)", re.IGNORECASE)
_LEVELS = 3
"""Levels above a size that are read: a group may have a name, and settings of its scaling."""
_MOST = ((_WAITING, 100, "pods that wait for work"), (_PODS, 1_000, "pods"), (_MACHINES, 50, "machines"))
"""Name of a field -> the largest number, and of what."""
_BOUNDS = ("max", "min")


_OF_EVERY_SERVICE = lazy_regex(r"(?:min|initial)-scale|activation-scale")
_MOST_OF_EVERY_SERVICE = 10
"""Pods that every service of a cluster keeps unasked (knative/serving 98e5ef90 config/core/configmaps/autoscaler.yaml,
min-scale and initial-scale, read 2026-11-29; activation-scale is at least 2 and of a revision: knative/serving 98e5ef90
pkg/apis/autoscaling/register.go)."""


def _check_defaults(item: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each number of pods that the settings of Knative give every service."""
    if item.type not in _SETTINGS_OF_ALL:
        return
    is_autoscaler = "config-autoscaler" in str(item.props.get("metadata"))
    for leaf in read_texts(item).leaves:
        number = number_of(leaf.value) or 0
        if (
            (is_autoscaler or "autoscaler" in leaf.path)
            and _OF_EVERY_SERVICE.fullmatch(leaf.key)
            and number > _MOST_OF_EVERY_SERVICE
        ):
            text = f"{leaf.path} gives every service {number:,.0f} pods, more than {_MOST_OF_EVERY_SERVICE}"
            yield failed(text, leaf.path)


_SETTINGS_OF_ALL = ("kubernetes:core/v1:ConfigMap", "kubernetes:operator.knative.dev/v1:KnativeServing")


def _check_idle(item: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each number of idle machines in a text with the settings of a runner, as its chart and its
    ConfigMap have them (`config.toml`). Of a policy it is a number of jobs, of which a machine may have several."""
    is_read = item.type.startswith(_HELM) or item.type in _SETTINGS_OF_ALL
    texts = [leaf for leaf in read_texts(item).leaves if _RUNNERS.search(str(leaf.value))] if is_read else []
    settings = list(setting_lines(texts))
    sizes = [number_of(leaf.value) or 1 for leaf in settings if leaf.key == "capacity_per_instance"]
    for leaf in settings:
        section, _, name = leaf.key.rpartition(".")
        if section and _IDLE.fullmatch(name):
            of_one = min(sizes, default=1) if "autoscaler" in section else 1
            yield _judge(Leaf(f"{leaf.path}.{leaf.key}", name, (number_of(leaf.value) or 0) / max(of_one, 1), True))


def check_counts(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each number of pods or machines in a custom resource, or in the values of a chart."""
    for item in expand_list(resource):
        yield from _check_defaults(item)
        yield from _check_idle(item)
        yield from check_proportional(item)
        is_chart = item.type.startswith(_HELM)
        if not is_chart and (_BUILT_IN.match(item.type) or not item.type.startswith("kubernetes:")):
            continue
        for leaf in read_texts(item).leaves:
            if leaf.path.startswith("value" if is_chart else "spec"):
                yield _judge(leaf)


def _judge(leaf: Leaf) -> Outcome:
    number = number_of(leaf.value) or 0
    above = leaf.path.split(".")[:-1]
    name = above.pop() if leaf.key in _BOUNDS and above else leaf.key
    is_size = _SIZES.fullmatch(name) is not None and _is_of_machines(above)
    is_waiting = _IDLE.fullmatch(name) is not None and any(map(_RUNNERS.search, above))
    for pattern, most, what in _MOST:
        is_other = (is_size and pattern is _MACHINES) or (is_waiting and pattern is _WAITING)
        if number > most and (is_other or pattern.fullmatch(name)):
            text = f"{leaf.path} is up to {number:,.0f} {what}, more than {most:,}, of a size that no plan shows"
            return failed(text, leaf.path)
    return passed()


def _is_of_machines(above: list[str]) -> bool:
    """Returns whether the keys above a size say that it is of a group of machines, and not of a part of one."""
    for index in range(len(above) - 1, max(len(above) - 1 - _LEVELS, -1), -1):
        if _OF_MACHINES.search(above[index]):
            return True
        is_name = index > 0 and _GROUPS.fullmatch(above[index - 1]) is not None
        if _OF_OTHERS.fullmatch(above[index]) and not is_name:
            return False
    return False
