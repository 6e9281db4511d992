"""The emulated Kubernetes.

One inventory holds several clusters, identified by API server and context.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from falaj.sandbox.clouds.kubernetes import (
    certificates,
    csi_parameters,
    inference_pools,
    jobs,
    karpenter,
    kueue,
    load_balancers,
    model_copies,
    nfs_mounts,
    pods,
    rules,
)
from falaj.sandbox.clouds.kubernetes.chart_placement import workloads_fit
from falaj.sandbox.clouds.kubernetes.connection import cluster_key, is_managed
from falaj.sandbox.clouds.kubernetes.installed_kinds import CRD, RELEASE, chart_kinds_exist
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind, is_namespaced, plural, replace_on_changes
from falaj.sandbox.clouds.sdk_schema import Property, Schema, Type, sdk
from falaj.sandbox.clouds.spec import (
    CheckOperation,
    CloudError,
    CloudSpec,
    InvokeOperation,
    Naming,
    Operation,
    ResourceType,
)
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_path, get_str, set_path

SDK = "pulumi_kubernetes"
NODE = "kubernetes:core/v1:Node"
_NAMED = Naming("metadata.name", max_length=253, digits=8, unless=("metadata.generateName",))


def _is_custom(token: str) -> bool:
    return token not in sdk(SDK).tokens


def _custom_schema(token: str) -> Schema:
    """Returns the schema of a custom resource. Its type is in its CRD, so only the metadata is checked here."""
    metadata = sdk(SDK).schema(rules.NAMESPACE)
    anything = {
        name: Property(name, Type("any"), required=False) for name in ("spec", "data", "value", "description", "status")
    }
    text_ = {name: Property(name, Type("string"), required=True) for name in ("apiVersion", "kind")}
    inputs = {**text_, **anything, "metadata": metadata.inputs["metadata"]}
    return Schema(token, inputs, {**text_, **anything, "metadata": metadata.outputs["metadata"]})


def _id(op: Operation) -> str:
    name = op.name
    if get_str(op.inputs, "metadata.generateName") and not get_str(op.inputs, "metadata.name"):
        name = get_str(op.inputs, "metadata.generateName") + op.variables["hex8"][:5]
    return f"{op.variables['namespace']}/{name}" if is_namespaced(op.token) else name


def _default_type(token: str, inputs: Props) -> ResourceType:
    """Builds the `ResourceType` of a kind. The differences between kinds are in the tables of `kinds.py`."""
    patch = token.endswith("Patch") and not _is_custom(token)
    namespace: dict[str, Json] = {"namespace": "{namespace}"} if is_namespaced(token) else {}
    return ResourceType(
        token,
        id=_id,
        naming=replace(_NAMED, auto_named=not patch),
        nested_outputs={"metadata": {"uid": "{uuid}", "resourceVersion": "1", "generation": 1, **namespace}},
        replace_on_changes=replace_on_changes(token),
        already_exists=None if patch else '{plural} "{name}" already exists',
        delete_rules=(rules.connected, karpenter.finalizer_removable),
        schema=_custom_schema(token) if _is_custom(token) else None,
    )


def _kind_type(token: str) -> ResourceType:
    return _default_type(token, {})


def chart_exists(op: Operation) -> str | None:
    """Checks that a chart is an existing path, an OCI address, or a name in a repository, and that its version is
    pinned.
    """
    chart = get_str(op.inputs, "chart")
    if chart.startswith((".", "/")):
        return None if Path(chart).exists() else f"chart not found: path {chart} does not exist"
    if not chart.startswith("oci://") and not get_str(op.inputs, "repositoryOpts.repo"):
        return f'chart "{chart}" not found: give repositoryOpts.repo, an oci:// address or a path'
    if not get_str(op.inputs, "version"):
        return (
            f'chart "{chart}" has no version: the sandbox cannot look up the newest one, and a stack should not; pin it'
        )
    return None


def release_name_unique(op: Operation) -> str | None:
    """Checks that Helm release names are unique within a namespace."""
    if op.existing is None and op.state.find(op.token, scope=op.scope, name=op.name):
        return "cannot re-use a name that is still in use"
    return None


_GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
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

RESOURCE_TYPES: Mapping[str, ResourceType] = {
    row.token: row
    for row in (
        *(
            replace(
                _kind_type(token),
                write_rules=(
                    rules.selector_matches,
                    model_copies.model_exists,
                    certificates.secrets_exist,
                    inference_pools.accounts_exist,
                ),
            )
            for token in _WORKLOADS
        ),
        replace(_kind_type(pods.GROUPS), write_rules=(model_copies.model_exists,)),
        replace(_kind_type(nfs_mounts.CLAIM), write_rules=(nfs_mounts.share_mounts,)),
        replace(_kind_type(csi_parameters.CLASS), write_rules=(csi_parameters.parameters_read,)),
        replace(_kind_type(jobs.CRON_JOB), write_rules=(jobs.schedule_valid, jobs.job_policies)),
        *(
            replace(_kind_type(token), write_rules=(kueue.labels_fixed, kueue.node_selector_unowned, kueue.admissible))
            for token in (kueue.JOB, kueue.JOB_SET)
        ),
        replace(_kind_type("kubernetes:core/v1:Secret"), secret_outputs=("data", "stringData")),
        replace(
            _kind_type("kubernetes:core/v1:Service"),
            nested_outputs={
                "metadata": {"uid": "{uuid}", "namespace": "{namespace}"},
                "spec": {"clusterIP": "10.100.{host}.{host}"},
            },
            outputs=load_balancers.service_outputs,
        ),
        replace(_kind_type(_GATEWAY), outputs=load_balancers.gateway_outputs),
        replace(_kind_type(rules.NAMESPACE), delete_rules=(rules.connected, rules.delete_namespace_contents)),
        replace(
            _kind_type(CRD),
            write_rules=(rules.crd_name,),
            delete_rules=(rules.connected, rules.delete_custom_resources),
        ),
        ResourceType(
            RELEASE,
            id=lambda op: f"{op.variables['namespace']}/{op.name}",
            naming=Naming("name", max_length=53, digits=8, unless=()),
            outputs={"status": _RELEASE_STATUS, "resourceNames": {}},
            replace_on_changes=("name", "namespace"),
            write_rules=(chart_exists, release_name_unique, chart_kinds_exist, workloads_fit),
            delete_rules=(rules.connected, karpenter.crds_not_in_use),
        ),
    )
}


def _namespace(token: str, inputs: Props, config: Props) -> str:
    path = "namespace" if token == RELEASE else "metadata.namespace"
    return get_str(inputs, path) or get_str(config, "namespace") or "default"


def _template_variables(token: str, inputs: Props, config: Props) -> Mapping[str, str]:
    return {
        "namespace": _namespace(token, inputs, config),
        "plural": plural(token),
        "kind": group_and_kind(token)[1],
        "custom": "yes" if _is_custom(token) else "no",
        "version": get_str(inputs, "version"),
        "chart": get_str(inputs, "chart").rpartition("/")[2],
    }


def _scope(token: str, inputs: Props, config: Props) -> str:
    cluster = cluster_key(config)
    return f"{cluster}/namespace/{_namespace(token, inputs, config)}" if is_namespaced(token) else cluster


def complete(op: CheckOperation) -> tuple[Props, Sequence[tuple[str, str]]]:
    """Returns the inputs with their namespace, as the provider's Check adds it."""
    path = "namespace" if op.token == RELEASE else "metadata.namespace"
    unknown = get_path(op.inputs, path) is UNKNOWN or op.config.get("namespace") is UNKNOWN
    if not is_namespaced(op.token) or unknown or get_path(op.inputs, path) is not None:
        return op.inputs, ()
    return set_path(op.inputs, path, _namespace(op.token, op.inputs, op.config)), ()


def decode(op: InvokeOperation) -> Props:
    """Parses YAML into objects, for the SDK's ConfigFile and ConfigGroup. Raises `CloudError` for invalid YAML."""
    try:
        objects = [item for item in yaml.safe_load_all(get_str(op.args, "text")) if item]
    except yaml.YAMLError as error:
        raise CloudError(f"the YAML text cannot be read: {str(error).splitlines()[0]}") from error
    return {"result": objects}


def preexisting(token: str, id_: str, config: Props) -> Props | None:
    """Returns the outputs of a node outside EKS and AKS: such nodes exist before any program, under any name."""
    if token != NODE or not cluster_key(config) or is_managed(config):
        return None
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": id_, "uid": id_}, "spec": {}}


SPEC = CloudSpec(
    name="kubernetes",
    sdk=SDK,
    resource_types=RESOURCE_TYPES,
    default_type=_default_type,
    scope=_scope,
    handle_of=lambda value: None,
    error_message=lambda token, doing, message: f"{doing} {group_and_kind(token)[1]}: {message}",
    check=complete,
    common_rules=rules.COMMON_RULES,
    read_rules=(rules.readable,),
    invokes={"kubernetes:yaml:decode": decode},
    preexisting=preexisting,
    template_variables=_template_variables,
    # An unknown kubeconfig may be that of another cluster, so it replaces the provider, as in the real one.
    config_identity=("clusterIdentifier", "cluster", "context", "kubeconfig.clusters.cluster.server"),
)
