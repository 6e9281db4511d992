"""Good idioms beside the attacks that a review of the newest rules found: access entries, snapshots and claims of GPUs
(2026-11-30)."""

from ..blind import ME, aws, k8s, meta, policy, statement, workload
from . import Idiom

_EACH = "ForAllValues:StringEquals"
_DOMAIN_OF_PODS = (
    k8s("resource.nvidia.com/v1beta1:ComputeDomain", {"metadata": meta("cd"), "spec": {
        "numNodes": 2, "channel": {"resourceClaimTemplate": {"name": "channels"}}}}, "cd"),
    workload("apps/v1:Deployment", {}, 80, resourceClaims=[
        {"name": "channel", "resourceClaimTemplateName": "channels"}]),
    k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
        "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget"),
)  # fmt: skip

IDIOMS = (
    Idiom("a pipeline makes teams with short names administrators of their namespaces", (policy(statement(
        "eks:AssociateAccessPolicy", "*", {
            "StringEquals": {"eks:accessScope": "namespace"}, _EACH: {"eks:namespaces": ["hr-*", "te-*", "team-a"]}})),
        ), "Amazon EKS User Guide, access policies: wildcards for a namespace name"),
    Idiom("a pipeline lets readers and administrators of teams in", (policy(statement(
        "eks:CreateAccessEntry", "*", {
            "StringEquals": {"eks:accessEntryType": "STANDARD"}, "Null": {"eks:username": "true"},
            _EACH: {"eks:kubernetesGroups": ["readers", "team-a-admins", "platform-viewers", "product-owners"]}})),),
        "Amazon EKS User Guide, access entries"),
    Idiom("developers administer their own namespaces", (aws("eks/AccessPolicyAssociation", {
        "clusterName": "prod", "principalArn": f"arn:aws:iam::{ME}:role/developers",
        "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy",
        "accessScope": {"type": "namespace", "namespaces": ["team-a", "team-a-*"]}}),),
        "Amazon EKS User Guide, access policies"),
    Idiom("a copier of snapshots has those of one team, and the driver compares those that it took", (policy(
        statement("ec2:CopySnapshot", "*", {"StringEquals": {"aws:ResourceTag/team": "team-a"}}),
        statement("ebs:GetSnapshotBlock", "*", {
            "StringLike": {"aws:ResourceTag/CSIVolumeSnapshotName": "snapshot-0a1b*"}}),
        statement(["ebs:ListSnapshotBlocks", "ebs:ListChangedBlocks"], "*", {
            "StringLike": {"aws:ResourceTag/CSIVolumeSnapshotName": "*"}})),),
        "kubernetes-sigs/aws-ebs-csi-driver docs/example-iam-policy.json and snapshot metadata, as known"),
    Idiom("pods have the channels of the domain in their namespace", _DOMAIN_OF_PODS,
        "NVIDIA/k8s-dra-driver-gpu resource/v1beta1/computedomain.go"),
)  # fmt: skip
