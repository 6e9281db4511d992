"""The emulated Kubernetes: `SPEC` is all that the provider needs of it.

One inventory holds many clusters, told apart by their API server and context.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from falaj.sandbox.clouds.kubernetes import jobs, karpenter, rules
from falaj.sandbox.clouds.kubernetes.connection import cluster_key, is_a_clouds
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind, is_namespaced, plural, replaced
from falaj.sandbox.clouds.rows import Call, CheckCall, CloudSpec, InvokeCall, Naming, Refused, Row
from falaj.sandbox.clouds.schema import Property, Schema, Type, sdk
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, at, put, text

SDK = "pulumi_kubernetes"
NODE = "kubernetes:core/v1:Node"
_NAMED = Naming("metadata.name", longest=253, digits=8, unless=("metadata.generateName",))


def _is_custom(token: str) -> bool:
    return token not in sdk(SDK).tokens


def _custom_schema(token: str) -> Schema:
    """A custom resource: its type is in its definition, so the sandbox checks the metadata and takes the rest."""
    metadata = sdk(SDK).schema(rules.NAMESPACE)
    anything = {
        name: Property(name, Type("any"), required=False) for name in ("spec", "data", "value", "description", "status")
    }
    text_ = {name: Property(name, Type("string"), required=True) for name in ("apiVersion", "kind")}
    inputs = {**text_, **anything, "metadata": metadata.inputs["metadata"]}
    return Schema(token, inputs, {**text_, **anything, "metadata": metadata.outputs["metadata"]})


def _id(call: Call) -> str:
    name = call.name
    if text(call.inputs, "metadata.generateName") and not text(call.inputs, "metadata.name"):
        name = text(call.inputs, "metadata.generateName") + call.facts["hex8"][:5]
    return f"{call.facts['namespace']}/{name}" if is_namespaced(call.token) else name


def _default_row(token: str, inputs: Props) -> Row:
    """The row of any kind: what differs between kinds is in the tables of `kinds.py`."""
    patch = token.endswith("Patch") and not _is_custom(token)
    namespace: dict[str, Json] = {"namespace": "{namespace}"} if is_namespaced(token) else {}
    return Row(
        token,
        id=_id,
        naming=replace(_NAMED, invented=not patch),
        inside={"metadata": {"uid": "{uuid}", "resourceVersion": "1", "generation": 1, **namespace}},
        replace=replaced(token),
        taken=None if patch else '{plural} "{name}" already exists',
        deleting=(rules.connected, karpenter.drained),
        schema=_custom_schema(token) if _is_custom(token) else None,
    )


def _kind(token: str) -> Row:
    return _default_row(token, {})


def chart_found(call: Call) -> str | None:
    """A chart is a path that exists, an OCI address, or a name in a repository; and a version that is pinned."""
    chart = text(call.inputs, "chart")
    if chart.startswith((".", "/")):
        return None if Path(chart).exists() else f"chart not found: path {chart} does not exist"
    if not chart.startswith("oci://") and not text(call.inputs, "repositoryOpts.repo"):
        return f'chart "{chart}" not found: give repositoryOpts.repo, an oci:// address or a path'
    if not text(call.inputs, "version"):
        return (
            f'chart "{chart}" has no version: the sandbox cannot look up the newest one, and a stack should not; pin it'
        )
    return None


def release_new(call: Call) -> str | None:
    """Helm keeps release names apart within a namespace."""
    if call.existing is None and call.world.find(call.token, scope=call.scope, name=call.name):
        return "cannot re-use a name that is still in use"
    return None


_WORKLOADS = (
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:DaemonSet",
    "kubernetes:apps/v1:ReplicaSet",
)
_RELEASE_STATUS: Mapping[str, Json] = {
    "status": "deployed",
    "name": "{name}",
    "namespace": "{namespace}",
    "revision": 1,
    "chart": "{chart}",
    "version": "{version}",
}

ROWS: Mapping[str, Row] = {
    row.token: row
    for row in (
        *(replace(_kind(token), creating=(rules.selector_matches,)) for token in _WORKLOADS),
        replace(_kind(jobs.CRON_JOB), creating=(jobs.schedule_valid, jobs.runs_end)),
        replace(_kind("kubernetes:core/v1:Secret"), secret=("data", "stringData")),
        replace(
            _kind("kubernetes:core/v1:Service"),
            inside={
                "metadata": {"uid": "{uuid}", "namespace": "{namespace}"},
                "spec": {"clusterIP": "10.100.{host}.{host}"},
            },
        ),
        replace(_kind(rules.NAMESPACE), deleting=(rules.connected, rules.namespace_contents_go)),
        replace(_kind(rules.CRD), creating=(rules.crd_named,), deleting=(rules.connected, rules.crd_contents_go)),
        Row(
            rules.RELEASE,
            id=lambda call: f"{call.facts['namespace']}/{call.name}",
            naming=Naming("name", longest=53, digits=8, unless=()),
            outputs={"status": _RELEASE_STATUS, "resourceNames": {}},
            replace=("name", "namespace"),
            creating=(chart_found, release_new),
            deleting=(rules.connected, karpenter.definitions_are_free),
        ),
    )
}


def _namespace(token: str, inputs: Props, config: Props) -> str:
    path = "namespace" if token == rules.RELEASE else "metadata.namespace"
    return text(inputs, path) or text(config, "namespace") or "default"


def _facts(token: str, inputs: Props, config: Props) -> Mapping[str, str]:
    return {
        "namespace": _namespace(token, inputs, config),
        "plural": plural(token),
        "kind": group_and_kind(token)[1],
        "custom": "yes" if _is_custom(token) else "no",
        "version": text(inputs, "version"),
        "chart": text(inputs, "chart").rpartition("/")[2],
    }


def _scope(token: str, inputs: Props, config: Props) -> str:
    cluster = cluster_key(config)
    return f"{cluster}/namespace/{_namespace(token, inputs, config)}" if is_namespaced(token) else cluster


def complete(call: CheckCall) -> tuple[Props, Sequence[tuple[str, str]]]:
    """The inputs with the namespace that they mean, as the provider's Check fills it in."""
    path = "namespace" if call.token == rules.RELEASE else "metadata.namespace"
    unknown = at(call.inputs, path) is UNKNOWN or call.config.get("namespace") is UNKNOWN
    if not is_namespaced(call.token) or unknown or at(call.inputs, path) is not None:
        return call.inputs, ()
    return put(call.inputs, path, _namespace(call.token, call.inputs, call.config)), ()


def decode(call: InvokeCall) -> Props:
    """The objects of a YAML text, for the SDK's ConfigFile and ConfigGroup."""
    try:
        found = [item for item in yaml.safe_load_all(text(call.args, "text")) if item]
    except yaml.YAMLError as error:
        raise Refused(f"the YAML text cannot be read: {str(error).splitlines()[0]}") from error
    return {"result": found}


def standing(token: str, id_: str, config: Props) -> Props | None:
    """Machines of a cluster that is no cloud's were there before any program, whatever they are called."""
    if token != NODE or not cluster_key(config) or is_a_clouds(config):
        return None
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": id_, "uid": id_}, "spec": {}}


SPEC = CloudSpec(
    name="kubernetes",
    sdk=SDK,
    rows=ROWS,
    default_row=_default_row,
    scope=_scope,
    refers=lambda value: None,
    failed=lambda token, doing, message: f"{doing} {group_and_kind(token)[1]}: {message}",
    check=complete,
    generic=rules.GENERIC,
    invokes={"kubernetes:yaml:decode": decode},
    standing=standing,
    facts=_facts,
    # A kubeconfig that is not known yet may mean another cluster: the real provider takes the careful choice too.
    config_identity=("clusterIdentifier", "cluster", "context", "kubeconfig.clusters.cluster.server"),
)
