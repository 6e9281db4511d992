"""Values of Helm releases: what they must not contain, in the program's values and in value files."""

import re
from collections.abc import Collection, Iterator, Mapping

from falaj.facts.chart_names import chart_name
from falaj.facts.chart_services import CHART_SERVICES

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, leaves, stated_items
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.host_directories import has_keys_of_others
from ..readers.runtime_annotations import OBEYED
from ..readers.service_values import annotated_services
from ..readers.texts import read_texts
from ..readers.value_files import parsed_values
from .value_secrets import is_plaintext_value, is_plaintext_variable, keys_in_secrets

RELEASES = ("kubernetes:helm.sh/v1:Release",)
"""Helm releases of any SDK version, as normalised types."""
_HOST_ACCESS_KEYS = frozenset(
    {"privileged", "hostnetwork", "hostpid", "hostipc", "allowprivilegeescalation"}
    | {"usehostnetwork", "usehostpid", "usehostipc", "hostnetworking"}
)
"""Keys of values, in lower case; those with `use` are of KEDA's chart (kedacore/charts 1444d00d), the last is of
Jenkins' (jenkinsci/helm-charts 22055414); read 2026-11-29."""
_HOST_ACCESS = lazy_regex(
    r"(?<![\w.])[\"']?(?:privileged|hostNetwork|hostPID|hostIPC"
    r"|allowPrivilegeEscalation)[\"']?\s{0,9}[:=]\s{0,9}[Tt]rue\b"
)
"""Access to the host in a program, such as the configuration in Python of JupyterHub and Dask Gateway."""
_HOST_SECTION = lazy_regex(r"\.(?:hostnetwork|hostpid|hostipc|privileged)\.enabled$", re.IGNORECASE)
"""Access to the host as a section of its own (kubernetes-sigs/metrics-server 5ed5d3a2, charts/metrics-server/
values.yaml, hostNetwork.enabled, read 2026-11-29)."""
_HOST_PATH = lazy_regex(r"\.hostPath(?:[.\[]|$)")
_ACCESS = "gives a container access to its host"
_OWN_RIGHTS = frozenset({"privileged", "allowprivilegeescalation"})
"""Access to the host that is refused in namespaces of agents of the nodes too, as FJ-EXP-301 refuses it to pods."""
_NO_DIRECTORY = frozenset({"type", "enabled", "readonly"})
"""Keys below `hostPath` that name no directory."""
_PLACE = lazy_regex(r"(?:namespace|(?:force|target|install|deploy)(?:ment)?namespace)(?:override|s)?", re.IGNORECASE)
_OF_MONITORING = lazy_regex(r"(?:monitors?|rules?|dashboards?|metrics|prometheus)\.namespace$", re.IGNORECASE)
"""Values that put parts of a chart into another namespace than its release, and those that put only monitors there."""
_HARMLESS_CAPABILITIES = frozenset({"net_bind_service", "chown", "setuid", "setgid", "dac_override", "fowner", "kill"})
"""Capabilities that the baseline Pod Security level allows and that reach no host (Kubernetes 1.36)."""
_PUBLIC_VALUES = frozenset({"loadbalancer", "nodeport", "internet-facing"})
"""Types of services, and schemes of AWS load balancers, that are reachable from outside the cluster."""
_CLUSTER_ROLE = lazy_regex(r"clusterRole\w*(?:\.(?:rules|extraResources))?\[\d+\]\.resources\[\d+\]$", re.IGNORECASE)
"""Rules that a chart adds to a role of the cluster (grafana/helm-charts charts/grafana, rbac.extraClusterRoleRules, and
open-telemetry/opentelemetry-helm-charts dd5665c0, clusterRole.rules, read 2026-11-29)."""
_EVERY_SECRET = frozenset({"secrets", "pods/exec", "pods/attach", "nodes/proxy", "serviceaccounts/token", "*"})
_HOST_PORTS = lazy_regex(r"\.hostPorts\.\w{1,40}$")
"""Ports of the machine, by the name of the container's (bitnami/charts 5165628a, bitnami/rabbitmq/values.yaml, and
bitnami-labs/sealed-secrets 86671a88, helm/sealed-secrets/values.yaml, read 2026-11-29)."""
_AZURE_INTERNAL = "azure-load-balancer-internal"
_OBJECT_KEY = lazy_regex(
    r"(?:extra|additional|raw|custom)(?:k8s|kubernetes|raw|all)?(?:objects?|manifests?|deploy|resources?|templates?)"
    r"|manifests|rawyaml",
    re.IGNORECASE,
)
"""Values from which charts create any object (Bitnami's `extraDeploy`, Argo's `extraObjects`, Grafana's and
Prometheus' `extraManifests`; charts read 2026-11-27)."""
_DEPLOYING_CHARTS = {
    "argocd-apps": "applications that deploy repositories",
    "flux2-sync": "objects that deploy a repository",
    "raw": "objects of any kind",
}
"""Charts that only create objects which deploy others (argoproj/argo-helm, fluxcd-community/helm-charts 82a385b, and
helm/charts, incubator/raw/README.md, which others of the name copied; read 2026-11-30)."""
_DEPLOYING_VALUE = lazy_regex(r"\.experimental\.deploy\.\w{1,20}\.(?:helm\[\d+\]\.chart\.\w{1,20}|manifestsTemplate)$")
"""Path of a chart, or of objects, that vCluster deploys (loft-sh/vcluster 487667546, chart/values.yaml, read
2026-11-29)."""
_OBJECT_FIELDS = frozenset({"apiVersion", "kind", "metadata"})
_OBJECT_TEXT = lazy_regex(r"(?:^|[\s{,-])[\"']?(apiVersion|kind|metadata)[\"']?\s{0,9}:")
"""The fields of an object in a text in YAML or JSON, block or flow."""


def values_check(privileged: Collection[str]) -> Predicate:
    """Returns the check that all values of a release can be read, and that they grant no access to hosts or to
    everything in the cluster, expose nothing, contain no secrets and create no objects. `privileged`: namespaces in
    which agents share networks, ports and directories of the nodes, as those of pods may."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type not in RELEASES:
            return
        if resource.props.get("postrender"):
            yield failed("postrender changes the objects of the chart with a program on the machine that deploys",
                         "postrender")  # fmt: skip
        chart = chart_name(str(resource.get("chart")))
        if chart in _DEPLOYING_CHARTS:
            yield failed(f"chart {chart} creates {_DEPLOYING_CHARTS[chart]}, which no guardrail sees", "chart")
        shares = _is_of_agents(resource, privileged)
        yield from _judge_values(resource.props.get("values"), "values", _judged_services(resource), shares=shares)
        yield from _judge_texts(resource)
        for index, file in enumerate(stated_items(resource.get("valueYamlFiles"))):
            yield from _judge_file(file, f"valueYamlFiles[{index}]")

    return predicate


def _is_of_agents(resource: Resource, privileged: Collection[str]) -> bool:
    """Returns whether a release is in a namespace of agents of the nodes as a whole, as far as its values say."""
    namespace = resource.get("namespace")
    if not isinstance(namespace, str) or namespace not in privileged or resource.props.get("valueYamlFiles"):
        return False
    return all(
        value in (None, "") or (isinstance(value, str) and value in privileged) or _OF_MONITORING.search(path[-200:])
        for path, key, value in leaves(resource.props.get("values"), "values")
        if _PLACE.fullmatch(key)
    )


def _judge_texts(resource: Resource) -> Iterator[Outcome]:
    """Judges texts in the values, which are templates of pods and programs that write them, and variables."""
    for leaf in read_texts(resource).leaves:
        is_set = leaf.is_in_text and leaf.key.lower() in _HOST_ACCESS_KEYS and str(leaf.value).lower() == "true"
        if is_set or (isinstance(leaf.value, str) and _HOST_ACCESS.search(leaf.value)):
            yield failed(f"{leaf.path} {_ACCESS}", leaf.path)
        elif isinstance(leaf.value, str) and (leaf.is_in_text or leaf.path.endswith(".value")):
            name = leaf.path[: -len(".value")].rpartition(".")[2] if leaf.key == "value" else leaf.key
            if is_plaintext_variable(leaf.path, name, leaf.value):
                yield failed(f"{leaf.path} contains a plaintext secret", leaf.path)


def _judged_services(resource: Resource) -> frozenset[str]:
    """Returns the paths of types of services that FJ-EXP-332 judges by their annotations and the cluster's cloud."""
    chart = chart_name(str(resource.get("chart")))
    own = {".".join(("values", *CHART_SERVICES[chart][0], "type"))} if chart in CHART_SERVICES else set[str]()
    return frozenset(own.union(path for path, _ in annotated_services(chart, resource.props.get("values"))))


def _judge_file(file: Plain, path: str) -> Iterator[Outcome]:
    """Judges a file of values. An asset shows its content only if the program gives it as a string."""
    text = file.get("text") if isinstance(file, Mapping) else file
    if text is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
        return
    values = parsed_values(text)
    if isinstance(values, Mapping):
        yield from _judge_values(values, path)
    else:
        yield failed(f"{path} is a file whose content the guardrails cannot read", path)


def _judge_values(
    values: Plain, path: str, judged_services: frozenset[str] = frozenset(), *, shares: bool = False
) -> Iterator[Outcome]:
    named = set(keys_in_secrets(values, path))
    for leaf_path, key, value in leaves(values, path):
        if leaf_path not in named and not (leaf_path in judged_services and value == "LoadBalancer"):
            yield _judge_leaf(leaf_path, key, value, shares=shares)
    for object_path in _objects(values, path):
        yield failed(f"{object_path} creates objects that no guardrail sees", object_path)


def _judge_leaf(path: str, key: str, value: Plain, *, shares: bool) -> Outcome:
    """Judges one value. `shares`: the release may share networks, ports and directories of the nodes."""
    name, text = key.lower(), str(value).lower()
    if not text.strip() and not OBEYED.fullmatch(key):
        return passed()  # an annotation counts by its key
    if access := _host_access(path, key, value, shares=shares):
        return failed(f"{path} {access}", path)
    if _DEPLOYING_VALUE.search(path):
        return failed(f"{path} deploys what no guardrail sees", path)
    if _HOST_PORTS.search(path) and text.strip("0.") and not shares:
        return failed(f"{path} takes a port of the machine, past services and network policies", path)
    if OBEYED.fullmatch(key):
        return failed(f"{path} makes the runtime or the network give a pod what no rule on pods reads", path)
    if name == "add" and ".capabilities." in path and text.removeprefix("cap_") not in _HARMLESS_CAPABILITIES:
        return failed(f"{path} gives a container the capability {value}", path)
    if name == "externalips" or text in _PUBLIC_VALUES or (name.endswith(_AZURE_INTERNAL) and text == "false"):
        return failed(f"{path} exposes a service outside the cluster", path)
    if _CLUSTER_ROLE.search(path[-200:]) and text in _EVERY_SECRET:
        return failed(f"{path} grants what every namespace keeps secret, or its pods", path)
    if text == "cluster-admin" or (name == "verbs" and text == "*"):
        return failed(f"{path} grants every permission in the cluster", path)
    if is_plaintext_value(path, key, value):
        return failed(f"{path} contains a plaintext secret", path)
    return passed()


def _host_access(path: str, key: str, value: Plain, *, shares: bool) -> str:
    """Returns how a value gives a container access to its host; empty if it does not, or an agent of the nodes may have
    it."""
    if _HOST_PATH.search(path) and not _is_off(value):
        if not shares:
            return _ACCESS
        return "" if _is_harmless(key, value) else "names a directory with the tokens and keys of other pods, or none"
    name, is_section = key.lower(), _HOST_SECTION.search(path) is not None
    if str(value).lower() != "true" or not (name in _HOST_ACCESS_KEYS or is_section):
        return ""
    if not shares:
        return _ACCESS
    is_own = name in _OWN_RIGHTS or path.lower().endswith(".privileged.enabled")
    return "gives a container the rights of its host, for which no namespace is listed" if is_own else ""


def _is_off(value: Plain) -> bool:
    """Returns whether a value switches off what its key stands for: charts have `hostPath: ""` and
    `hostPath: {enabled: false}` for a volume without a directory of the node (cockroachdb/helm-charts,
    cockroachdb/values.yaml, storage.hostPath, read 2026-11-30)."""
    return str(value).strip().lower() in ("", "false")


def _is_harmless(key: str, value: Plain) -> bool:
    """Returns whether a value at `hostPath` is a directory that an agent of the nodes may have."""
    is_directory = isinstance(value, str) and value.startswith("/") and not has_keys_of_others(value, is_written=True)
    return is_directory or isinstance(value, bool) or key.lower() in _NO_DIRECTORY


_AMOUNTS = frozenset({"limits", "requests", "guarantees"})
"""Keys of `singleuser.extraResource`, amounts of a pod (jupyterhub/zero-to-jupyterhub-k8s 48ea50e, values.yaml)."""
_AMOUNT = lazy_regex(r"\d{1,18}(?:\.\d{1,9})?[A-Za-z]{0,2}")
_OF_RULE = frozenset({"apiGroups", "resources", "verbs"})
_MAY_HAVE = _OF_RULE | {"resourceNames", "nonResourceURLs"}
_ANSWERS = ("Fail", "Ignore")
"""What a webhook's `failurePolicy` may be: charts that create objects of what stands beside it cannot read it."""


def _is_no_object(value: Plain) -> bool:
    """Returns whether a value under a key of objects is something else: amounts of a pod, rules of a role, as those of
    Kyverno's `clusterRole.extraResources`, or the settings of a webhook, as Capsule's `hooks.customresources` (read
    2026-11-30). What it holds is looked through for objects."""
    if isinstance(value, Mapping):
        has_amounts = value.keys() <= _AMOUNTS and all(map(_has_amounts, value.values()))
        return has_amounts or value.get("failurePolicy") in _ANSWERS
    return isinstance(value, list) and all(map(_is_harmless_rule, value))


def _has_amounts(value: Plain) -> bool:
    return value is None or (
        isinstance(value, Mapping) and all(_AMOUNT.fullmatch(str(item)) for item in value.values())
    )


def _is_harmless_rule(value: Plain) -> bool:
    """Returns whether a value is a rule of a role, and none on what every namespace keeps secret."""
    if not isinstance(value, Mapping) or not _OF_RULE <= value.keys() <= _MAY_HAVE:
        return False
    return _EVERY_SECRET.isdisjoint(str(item).lower() for item in stated_items(value["resources"]))


def _objects(value: Plain, path: str) -> Iterator[str]:
    """Yields the paths of Kubernetes objects in values, and of the values that charts create as objects."""
    if isinstance(value, Mapping):
        if value.keys() >= _OBJECT_FIELDS:
            yield path
            return
        for key, item in value.items():
            if item and _OBJECT_KEY.fullmatch(str(key)) and not _is_no_object(item):
                yield f"{path}.{key}"
            else:
                yield from _objects(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _objects(item, f"{path}[{index}]")
    elif isinstance(value, str) and set(_OBJECT_TEXT.findall(value)) == _OBJECT_FIELDS:
        yield path
