"""EKS add-ons: their names, versions and configuration."""

from __future__ import annotations

import json
import re

from falaj.facts.clock import today
from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import offered
from falaj.sandbox.clouds.aws.account import region_of
from falaj.sandbox.clouds.aws.eks_versions import newest_version
from falaj.sandbox.clouds.spec import CloudError, InvokeOperation, Operation
from falaj.sandbox.clouds.values import Props, get_str


def kubernetes_versions() -> list[str]:
    """Returns the Kubernetes minor versions that EKS offers today, in standard and in extended support."""
    return offered(Cloud.AWS, today(), extended=True)


_VERSIONS = {
    "amazon-cloudwatch-observability": "v4.4.0-eksbuild.1",
    "aws-ebs-csi-driver": "v1.48.0-eksbuild.1",
    "aws-efs-csi-driver": "v2.1.11-eksbuild.1",
    "aws-fsx-csi-driver": "v1.6.0-eksbuild.1",
    "aws-mountpoint-s3-csi-driver": "v2.0.0-eksbuild.1",
    "cert-manager": "v1.18.2-eksbuild.2",
    "coredns": "v1.12.3-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.3.8-eksbuild.2",
    "external-dns": "v0.18.0-eksbuild.2",
    "kube-state-metrics": "v2.16.0-eksbuild.1",
    "metrics-server": "v0.8.0-eksbuild.2",
    "prometheus-node-exporter": "v1.9.1-eksbuild.3",
    "snapshot-controller": "v8.3.0-eksbuild.1",
    "vpc-cni": "v1.20.2-eksbuild.1",
}
"""Plausible versions. Only the emulator uses them. The version of kube-proxy is that of Kubernetes."""

_KUBE_PROXY = "kube-proxy"
_VERSION_PATTERN = re.compile(r"v(\d+)\.(\d+)\.\d+-eksbuild\.\d+")
_UNSUPPORTED_ADDON = (
    "InvalidParameterException: Addon {name} specified is not supported in {kubernetes} kubernetes version"
)
_UNSUPPORTED_VERSION = "InvalidParameterException: Addon version specified is not supported"


def default_version(name: str, kubernetes: str) -> str | None:
    """Returns the add-on version for a Kubernetes minor version; None for an unknown add-on or Kubernetes version."""
    if kubernetes not in kubernetes_versions():
        return None
    return f"v{kubernetes}.0-eksbuild.2" if name == _KUBE_PROXY else _VERSIONS.get(name)


def get_addon_version(op: InvokeOperation) -> Props:
    """Returns a plausible version of an EKS add-on. Raises `CloudError` for an unknown add-on or Kubernetes version."""
    name, kubernetes = get_str(op.args, "addonName"), get_str(op.args, "kubernetesVersion")
    version = default_version(name, kubernetes)
    if version is None:
        versions = kubernetes_versions()
        known = ", ".join(sorted((*_VERSIONS, _KUBE_PROXY)) if kubernetes in versions else versions)
        raise CloudError(
            f"reading EKS Add-On version info ({name}, {kubernetes}): couldn't find resource; known: {known}"
        )
    return {**op.args, "id": name, "version": version, "region": region_of(op.args, op.config)}


def outputs(op: Operation) -> Props:
    """Returns the outputs of an add-on."""
    return {
        "arn": "arn:aws:eks:{region}:{account}:addon/{clusterName}/{addonName}/{uuid}".format_map(op.variables),
        "createdAt": op.variables["now"],
        "modifiedAt": op.variables["now"],
        "addonVersion": default_version(get_str(op.inputs, "addonName"), _kubernetes(op)) or "",
        "configurationValues": "",
    }


def addon_version_supported(op: Operation) -> str | None:
    """Checks that the add-on exists for the cluster's Kubernetes version, its version is well-formed, and kube-proxy is
    not newer than the API server.
    """
    name, requested, kubernetes = get_str(op.inputs, "addonName"), get_str(op.inputs, "addonVersion"), _kubernetes(op)
    if default_version(name, kubernetes) is None:
        return _UNSUPPORTED_ADDON.format(name=name, kubernetes=kubernetes)
    if not requested:
        return None
    match = _VERSION_PATTERN.fullmatch(requested)
    if match is None:
        return _UNSUPPORTED_VERSION
    is_newer = (int(match[1]), int(match[2])) > tuple(int(number) for number in kubernetes.split("."))
    return _UNSUPPORTED_VERSION if name == _KUBE_PROXY and is_newer else None


def configuration_is_json(op: Operation) -> str | None:
    """Checks that the configuration is a JSON object. EKS accepts YAML too; the message is the one for invalid YAML."""
    given = get_str(op.inputs, "configurationValues")
    try:
        valid = not given or isinstance(json.loads(given), dict)
    except ValueError:
        valid = False
    return None if valid else "InvalidParameterException: ConfigurationValue provided in request is not supported"


def _kubernetes(op: Operation) -> str:
    cluster = op.state.by_handle(f"eks:{op.scope}:{get_str(op.inputs, 'clusterName')}")
    return get_str(cluster.outputs, "version") if cluster else newest_version()
