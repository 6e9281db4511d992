"""Attacks by rights over access entries, snapshots and claims of GPUs that a review of the newest rules found allowed
(2026-11-30)."""

from typing import Any

from ..blind import ME, aws, k8s, meta, policy, statement, workload
from ..harness import Given
from . import Attack

_EACH, _ONE = "ForAllValues:StringEquals", {"StringEquals": {"eks:accessScope": "namespace"}}
_STANDARD = {"eks:accessEntryType": "STANDARD"}
_NO_NAME = {"Null": {"eks:username": "true"}}
_POLICIES = "arn:aws:eks::aws:cluster-access-policy"
_SNAPSHOTS = "kubernetes-sigs/aws-ebs-csi-driver docs/example-iam-policy.json: the tag is on every snapshot"


def _administers(name: str, namespace: str, operator: str = _EACH) -> Attack:
    return Attack(
        f"a role makes anybody administrator of {name}", ("FJ-IDN-103",), (policy(statement(
            "eks:AssociateAccessPolicy", "*", {**_ONE, operator: {"eks:namespaces": [namespace]}})),),
        "critical", "controllers there act in every namespace (Amazon EKS, access policies)")  # fmt: skip


def _joins(name: str, condition: dict[str, Any]) -> Attack:
    return Attack(
        f"a role makes an access entry {name}", ("FJ-IDN-103",), (policy(statement(
            "eks:CreateAccessEntry", "*", condition)),),
        "critical", "bindings give it every right (Amazon EKS, access entries)")  # fmt: skip


def _group(name: str) -> Attack:
    return _joins(f"of the group {name}", {
        "StringEquals": _STANDARD, _EACH: {"eks:kubernetesGroups": [name]}, **_NO_NAME})  # fmt: skip


def _snapshots(name: str, action: str, rule: str, condition: dict[str, Any]) -> Attack:
    return Attack(
        f"a role {name}", (rule,), (policy(statement(action, "*", condition)),), "critical", _SNAPSHOTS)  # fmt: skip


def _like(tag: str, value: str = "*") -> dict[str, Any]:
    return {"StringLike": {f"ec2:ResourceTag/{tag}": value}}


def _pods(replicas: int, *beside: Given) -> tuple[Given, ...]:
    """Returns pods of a team with a claim each of a template that others may have too."""
    return (workload("apps/v1:Deployment", {}, replicas, resourceClaims=[
        {"name": "gpus", "resourceClaimTemplateName": "eight-gpus"}]), *beside)  # fmt: skip


def _domain(namespace: str) -> Given:
    """Returns a domain of NVLink, the template of whose channels has the same name."""
    return k8s("resource.nvidia.com/v1beta1:ComputeDomain", {"metadata": meta("cd", namespace), "spec": {
        "numNodes": 2, "channel": {"resourceClaimTemplate": {"name": "eight-gpus"}}}}, "cd")  # fmt: skip


def _template(namespace: str, count: int) -> Given:
    return k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("eight-gpus", namespace), "spec": {
        "spec": {"devices": {"requests": [{"name": "gpu", "exactly": {
            "deviceClassName": "gpu.nvidia.com", "count": count}}]}}}}, f"template-{namespace}")  # fmt: skip


ATTACKS = (
    _administers("all namespaces of the cluster itself", "kube-*"),
    _administers("namespaces like the cluster's own", "kube-system-*"),
    _administers("the namespaces of the cluster by a pattern", "kube-*", "ForAllValues:StringLike"),
    _administers("the namespace of Argo CD", "argocd"),
    _administers("the namespace of Flux", "flux-system"),
    _administers("what begins like the namespace of Flux", "flux-*"),
    _administers("the namespace of the issuer of certificates", "cert-manager"),
    _administers("the namespace of the reader of secrets", "external-secrets"),
    _administers("the namespace of the mesh", "istio-system"),
    Attack("developers administer the namespace of Argo CD", ("FJ-IDN-120",), (
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "prod", "principalArn": f"arn:aws:iam::{ME}:role/developers",
            "policyArn": f"{_POLICIES}/AmazonEKSAdminPolicy",
            "accessScope": {"type": "namespace", "namespaces": ["team-a", "argocd"]}}),),
        "critical", "its controller applies what they write anywhere (Amazon EKS, access policies)"),
    _group("cluster-admins"),
    _group("platform-admins"),
    _group("masters"),
    _joins("by the name of the administrator", {
        "StringEquals": {**_STANDARD, "eks:username": "kubernetes-admin"}, "Null": {"eks:kubernetesGroups": "true"}}),
    _snapshots("shares every snapshot of every team", "ec2:ModifySnapshotAttribute", "FJ-IDN-109",
               _like("CSIVolumeSnapshotName")),
    _snapshots("copies every snapshot of every team", "ec2:CopySnapshot", "FJ-IDN-109", _like("CSIVolumeSnapshotName")),
    _snapshots("reads every snapshot of every team", "ebs:GetSnapshotBlock", "FJ-IDN-104",
               _like("CSIVolumeSnapshotName")),
    _snapshots("reads every snapshot with the prefix of the driver", "ebs:GetSnapshotBlock", "FJ-IDN-104",
               _like("CSIVolumeSnapshotName", "snapshot-*")),
    _snapshots("reads every snapshot with the tag of a volume", "ebs:GetSnapshotBlock", "FJ-IDN-104",
               _like("CSIVolumeName")),
    _snapshots("shares every snapshot of a cluster, by the presence of a tag", "ec2:ModifySnapshotAttribute",
               "FJ-IDN-109", {"Null": {"aws:ResourceTag/ebs.csi.aws.com/cluster": "false"}}),
    Attack("400 pods claim GPUs by a name that a domain of another team has", ("FJ-COST-126",),
           _pods(400, _domain("team-b")), "major", "a claim of devices is of the pod's own namespace (core/v1)"),
    Attack("pods claim eight GPUs each, of which another team's template has one", ("FJ-COST-126",),
           _pods(20, _template("team-a", 8), _template("team-b", 1)), "major",
           "a claim of devices is of the pod's own namespace (core/v1)"),
    Attack("a domain has the name of the template of GPUs beside it", ("FJ-COST-126",),
           _pods(20, _template("team-a", 8), _domain("team-a")), "major", "the template is there, and gives GPUs"),
)  # fmt: skip
