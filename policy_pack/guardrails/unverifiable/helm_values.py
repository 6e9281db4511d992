"""Values of Helm releases: what they must not contain, in the program's values and in value files."""

import re
from collections.abc import Iterator, Mapping

import yaml

from falaj.facts.chart_names import chart_name
from falaj.facts.chart_services import CHART_SERVICES

from ..engine.reading import UNKNOWN, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.plaintext_secrets import is_secret_value
from ..readers.runtime_annotations import OBEYED
from ..readers.service_values import balancers
from ..readers.texts import read_texts

RELEASES = ("kubernetes:helm.sh/v1:Release",)
"""Helm releases of any SDK version, as normalised types."""
_HOST_ACCESS_KEYS = frozenset(
    {"privileged", "hostnetwork", "hostpid", "hostipc", "allowprivilegeescalation"}
    | {"usehostnetwork", "usehostpid", "usehostipc", "hostnetworking"}
)
"""Keys of values, in lower case; those with `use` are of KEDA's chart (kedacore/charts 1444d00d), the last is of
Jenkins' (jenkinsci/helm-charts 22055414); read 2026-11-29."""
_HOST_ACCESS = re.compile(
    r"(?<![\w.])[\"']?(?:privileged|hostNetwork|hostPID|hostIPC"
    r"|allowPrivilegeEscalation)[\"']?\s{0,9}[:=]\s{0,9}[Tt]rue\b"
)
"""Access to the host in a program, such as the configuration in Python of JupyterHub and Dask Gateway."""
_HOST_SECTION = re.compile(r"\.(?:hostnetwork|hostpid|hostipc|privileged)\.enabled$", re.IGNORECASE)
"""Access to the host as a section of its own (kubernetes-sigs/metrics-server 5ed5d3a2, charts/metrics-server/
values.yaml, hostNetwork.enabled, read 2026-11-29)."""
_HOST_PATH = re.compile(r"\.hostPath(?:\.|$)")
_HARMLESS_CAPABILITIES = frozenset({"net_bind_service", "chown", "setuid", "setgid", "dac_override", "fowner", "kill"})
"""Capabilities that the baseline Pod Security level allows and that reach no host (Kubernetes 1.36)."""
_PUBLIC_VALUES = frozenset({"loadbalancer", "nodeport", "internet-facing"})
"""Types of services, and schemes of AWS load balancers, that are reachable from outside the cluster."""
_CLUSTER_ROLE = re.compile(r"clusterRole\w*(?:\.rules)?\[\d+\]\.resources\[\d+\]$", re.IGNORECASE)
"""Rules that a chart adds to a role of the cluster (grafana/helm-charts charts/grafana, rbac.extraClusterRoleRules, and
open-telemetry/opentelemetry-helm-charts dd5665c0, clusterRole.rules, read 2026-11-29)."""
_EVERY_SECRET = frozenset({"secrets", "pods/exec", "pods/attach", "nodes/proxy", "serviceaccounts/token", "*"})
_HOST_PORTS = re.compile(r"\.hostPorts\.\w{1,40}$")
"""Ports of the machine, by the name of the container's (bitnami/charts 5165628a, bitnami/rabbitmq/values.yaml, and
bitnami-labs/sealed-secrets 86671a88, helm/sealed-secrets/values.yaml, read 2026-11-29)."""
_AZURE_INTERNAL = "azure-load-balancer-internal"
_SECRET_KEY = re.compile(
    r"(?:passwords?|passwd|token|api_?key|license_?key|client_?secret|^pass|erlangcookie|cookie[-_]?secret|fernet_?key"
    r"|keytab_?base64_?content|jwt_?secret|secret_?access_?key"
    r"|allowed_?keys|(?:server|api|jwt)_?secret_?key)$",
    re.IGNORECASE,
)
"""Keys of secrets; `cookieSecret` is of JupyterHub's (jupyterhub/zero-to-jupyterhub-k8s 48ea50e jupyterhub/values.yaml,
read 2026-11-30) and OAuth2 Proxy's charts, `fernetKey`, `webserverSecretKey` and `keytabBase64Content` of Airflow's
(apache/airflow 001394a9, chart/values.yaml, read 2026-11-30)."""
_SECRET_NAME_KEY = re.compile(r"existingSecret\w*", re.IGNORECASE)
_SECRET_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
"""Values with the name of a Secret, such as Harbor's `existingSecretAdminPassword` and those of Bitnami's charts."""
_ENVIRONMENT = re.compile(
    r"\$[A-Z_][A-Z0-9_]*|\$\{[A-Z_][A-Z0-9_]*\}|<<\s*\$[A-Z_][A-Z0-9_]*\s*>>|\$__(?:env|file)\{[\w./-]+\}"
    r"|os\.environ/\w+"
)
"""Values that a program reads from a variable or a file when it starts: those of NATS stand in `<< $NAME >>`
(nats-io/k8s 957650fb, helm/charts/nats/README.md, read 2026-11-30), those of Grafana in `$__env{NAME}` and
`$__file{/path}` (strings in public repositories, read 2026-11-30), and those of LiteLLM in `os.environ/NAME`
(BerriAI/litellm 00eb60c0, deploy/charts/litellm-helm/values.yaml, read
2026-11-29)."""
_NO_SECRET = re.compile(r"true|false|\d{1,9}|/[\w./-]*|.*(?:\$|\{\{|<).*", re.IGNORECASE | re.DOTALL)
"""Values of variables with the word of a secret that are switches, numbers, files, or read when the program starts."""
_LONGEST_KEY = 100
_OBJECT_KEY = re.compile(
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
_DEPLOYING_VALUE = re.compile(r"\.experimental\.deploy\.\w{1,20}\.(?:helm\[\d+\]\.chart\.\w{1,20}|manifestsTemplate)$")
"""Path of a chart, or of objects, that vCluster deploys (loft-sh/vcluster 487667546, chart/values.yaml, read
2026-11-29)."""
_OF_KIALI = re.compile(
    r"\.(?:external_services\.(?:\w{1,30}\.){1,2}auth\.(?:username|password|token)|login_token\.signing_key"
    r"|chat_ai\.providers\[\d+\]\.(?:models\[\d+\]\.)?key)$"
)
_MOUNTED = re.compile(r"secret:[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?:[A-Za-z](?:[A-Za-z]|[._-](?=[A-Za-z])){0,40}")
"""Values of Kiali that may name a Secret and its key, and the form of such a value: a key of words, since what is
random has digits (kiali/helm-charts, kiali-server/templates/_helpers.tpl, "kiali-server.credential-secrets"; read
2026-11-30)."""
_OBJECT_FIELDS = frozenset({"apiVersion", "kind", "metadata"})
_OF_SECRET = re.compile(r"(?:existing)?secret(?:ref|keys|mapping)?", re.IGNORECASE)
"""Keys of settings that name a Secret and the keys inside it, `secret: {name: db, password: postgres-password}`
(projectnessie/nessie, helm/nessie/values.yaml, read 2026-11-29)."""
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
    chart = chart_name(str(resource.get("chart")))
    if chart in _DEPLOYING_CHARTS:
        yield failed(f"chart {chart} creates {_DEPLOYING_CHARTS[chart]}, which no guardrail sees", "chart")
    yield from _judge_values(resource.props.get("values"), "values", _judged_service(resource))
    yield from _judge_texts(resource)
    files = resource.props.get("valueYamlFiles")
    for index, file in enumerate(files if isinstance(files, list) else [] if files is None else [files]):
        yield from _judge_file(file, f"valueYamlFiles[{index}]")


def _judge_texts(resource: Resource) -> Iterator[Outcome]:
    """Judges texts in the values, which are templates of pods and programs that write them, and variables."""
    for leaf in read_texts(resource).leaves:
        is_set = leaf.is_in_text and leaf.key.lower() in _HOST_ACCESS_KEYS and str(leaf.value).lower() == "true"
        if is_set or (isinstance(leaf.value, str) and _HOST_ACCESS.search(leaf.value)):
            yield failed(f"{leaf.path} gives a container access to its host", leaf.path)
        elif isinstance(leaf.value, str) and (leaf.is_in_text or leaf.path.endswith(".value")):
            name = leaf.path[: -len(".value")].rpartition(".")[2] if leaf.key == "value" else leaf.key
            is_plain = not _NO_SECRET.fullmatch(leaf.value) and not _names_secret(name, leaf.value)
            if is_plain and _SECRET_KEY.search(name[-_LONGEST_KEY:]):
                yield failed(f"{leaf.path} contains a plaintext secret", leaf.path)


def _judged_service(resource: Resource) -> str:
    """Returns the path of the type of a service that FJ-EXP-332 judges by its annotations and the cluster's cloud."""
    chart = chart_name(str(resource.get("chart")))
    return ".".join(("values", *CHART_SERVICES[chart][0], "type")) if chart in CHART_SERVICES else ""


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


def _judge_values(values: Plain, path: str, judged_service: str = "") -> Iterator[Outcome]:
    # FJ-EXP-332 evaluates the load balancers in a program's values by their annotations.
    annotated = {service for service, _ in balancers(values, path)} if path == "values" else set()
    named = set(_keys_in_secrets(values, path))
    for leaf_path, key, value in leaves(values, path):
        if leaf_path not in named and not (leaf_path in (judged_service, *annotated) and value == "LoadBalancer"):
            yield _judge_leaf(leaf_path, key, value)
    for object_path in _objects(values, path):
        yield failed(f"{object_path} creates objects that no guardrail sees", object_path)


def _judge_leaf(path: str, key: str, value: Plain) -> Outcome:
    name, text = key.lower(), str(value).lower()
    is_on = text == "true" and (name in _HOST_ACCESS_KEYS or _HOST_SECTION.search(path))
    if is_on or _HOST_PATH.search(path):
        return failed(f"{path} gives a container access to its host", path)
    if text and _DEPLOYING_VALUE.search(path):
        return failed(f"{path} deploys what no guardrail sees", path)
    if _HOST_PORTS.search(path) and text.strip("0."):
        return failed(f"{path} takes a port of the machine, past services and network policies", path)
    if OBEYED.fullmatch(key):
        return failed(f"{path} makes the runtime or the network give a pod what no rule on pods reads", path)
    if name == "add" and ".capabilities." in path and text not in _HARMLESS_CAPABILITIES:
        return failed(f"{path} gives a container the capability {value}", path)
    if name == "externalips" or text in _PUBLIC_VALUES or (name.endswith(_AZURE_INTERNAL) and text == "false"):
        return failed(f"{path} exposes a service outside the cluster", path)
    if _CLUSTER_ROLE.search(path[-200:]) and text in _EVERY_SECRET:
        return failed(f"{path} grants what every namespace keeps secret, or its pods", path)
    if text == "cluster-admin" or (name == "verbs" and text == "*"):
        return failed(f"{path} grants every permission in the cluster", path)
    is_mounted = _OF_KIALI.search(path[-200:]) is not None and _MOUNTED.fullmatch(str(value)) is not None
    is_plain = isinstance(value, str) and not is_mounted and not _names_secret(key, value)
    if is_secret_value(value) or (_SECRET_KEY.search(key) and is_plain):
        return failed(f"{path} contains a plaintext secret", path)
    return passed()


def _keys_in_secrets(value: Plain, path: str, key: str = "") -> Iterator[str]:
    """Yields the paths of names of keys inside a Secret that the same setting names and does not create: the name of
    the key has the word of the setting."""
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("secretName")
        if named and not value.get("create") and _OF_SECRET.fullmatch(key):
            for name, item in value.items():
                if isinstance(item, str) and str(name).lower() in item and _SECRET_NAME.fullmatch(item):
                    yield f"{path}.{name}"
        for name, item in value.items():
            yield from _keys_in_secrets(item, f"{path}.{name}", str(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _keys_in_secrets(item, f"{path}[{index}]")


def _names_secret(key: str, value: str) -> bool:
    """Returns whether the value of a key for a secret is empty, a Secret's name, or read when the program starts."""
    text = value.strip()
    if not text or _ENVIRONMENT.fullmatch(text):
        return True
    return _SECRET_NAME_KEY.fullmatch(key) is not None and _SECRET_NAME.fullmatch(text) is not None


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
