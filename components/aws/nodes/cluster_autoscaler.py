"""Cluster Autoscaler, which adds and removes nodes of managed node groups."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.identity.pod_identity import ServiceAccountPods, controller_role, grant_to_pods
from falaj.components.aws.nodes.proxy import proxy_variables
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.aws_releases import AUTOSCALER_VERSION, AutoscalerVersion
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.releases import AUTOSCALER_IMAGE, newest_release
from falaj.facts.system_pods import USUAL, pods_in

NAME, NAMESPACE = "cluster-autoscaler", "kube-system"
"""Name of the Helm release, its deployment and its service account, and their namespace."""

CHART_REPOSITORY = "https://kubernetes.github.io/autoscaler"
NOBODY = 65534


class ClusterAutoscalerArgs(Args):
    """Cluster Autoscaler of one EKS cluster."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`. It decides the version of the autoscaler's image."""
    prefer: Input[Sequence[Input[str]]] | None = None
    """Names of the Auto Scaling groups to try before all others, such as those of spot pools: output
    `scaling_group_name` of `NodePool`. Default: none, and the group that wastes the least capacity is chosen."""
    image_repository: Input[str] | None = None
    """Repository of the image, for a network without egress. Default: the repository on `registry.k8s.io`."""
    chart_version: Input[AutoscalerVersion] = AUTOSCALER_VERSION
    """Version of the Helm chart, `9.x.y`."""
    replicas: Input[ControllerReplicas] = USUAL
    """Number of replicas, 1 to 5, of which one is active. Default: 2."""
    proxy: EksProxySpec | None = None
    """Proxy through which the autoscaler reaches AWS. Default: none."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class ClusterAutoscaler(RegionalComponent):
    """Kubernetes Cluster Autoscaler on nodes of profile `system`, with permissions on this cluster's groups only.

    It discovers the Auto Scaling groups of managed node groups by the tags that EKS puts on them. Make it depend on the
    system pool and the add-ons: without the Pod Identity agent it has no permissions.
    """

    release_name: pulumi.Output[str]
    """Name of the Helm release."""

    def __init__(self, name: str, args: ClusterAutoscalerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ClusterAutoscalerArgs.of(name, args)
        super().__init__("falaj:aws:ClusterAutoscaler", name, args.region, opts)
        identity = self._identity(name, args)
        release = kubernetes.helm.v3.Release(
            f"{name}-release",
            name=NAME,
            namespace=NAMESPACE,
            chart=NAME,
            version=args.chart_version,
            repository_opts=kubernetes.helm.v3.RepositoryOptsArgs(repo=CHART_REPOSITORY),
            values=_values(args),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[identity]),
        )
        self.release_name = release.name.apply(lambda release_name: release_name or NAME)
        self.register_outputs({"release_name": self.release_name})

    def _identity(self, name: str, args: ClusterAutoscalerArgs) -> pulumi.Resource:
        """Gives the autoscaler's pods their permissions. Returns the resource that their chart depends on."""
        policy = pulumi.Output.all(account_id(self), args.region, args.cluster_name).apply(
            lambda scope: autoscaler_policy(*scope)
        )
        role = controller_role(name, args.tags, self)
        pods = ServiceAccountPods(args.cluster_name, NAMESPACE, NAME)
        return grant_to_pods(name, role, ("scale", policy), pods, args.tags, self)


def autoscaler_policy(account: str, region: str, cluster: str) -> str:
    """Returns the IAM policy of the autoscaler: describe groups and instance types, and resize the groups of one
    cluster.

    Describe actions can be restricted only to a region (Service Authorization Reference, Auto Scaling and EC2).
    """
    describe = (
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
    )
    resize = ("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup")
    groups = f"arn:aws:autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/*"
    owned = {"StringEquals": {f"aws:ResourceTag/k8s.io/cluster-autoscaler/{cluster}": "owned"}}
    return document(
        Statement("Look", describe, conditions={"StringEquals": {"aws:RequestedRegion": region}}),
        Statement(
            "LookAtGroups", ("eks:DescribeNodegroup",), (f"arn:aws:eks:{region}:{account}:nodegroup/{cluster}/*",)
        ),
        Statement("SizeOwnGroups", resize, (groups,), conditions=owned),
    )


def _image_tag(version: str) -> str:
    """Returns the tag of the newest known image for a Kubernetes minor version, or of its first one.

    The autoscaler simulates the scheduler of its own version, so the two minor versions must match
    (kubernetes/autoscaler, README, releases).
    """
    release = newest_release(AUTOSCALER_IMAGE, version)
    return f"v{release.version}" if release else f"v{version}.0"


def _values(args: ClusterAutoscalerArgs) -> dict[str, Any]:
    """Returns the values of the Helm chart."""
    image: dict[str, pulumi.Input[str]] = {"tag": map_inputs(_image_tag, args.kubernetes_version)}
    if args.image_repository is not None:
        image["repository"] = args.image_repository
    variables = proxy_variables(args.proxy, args.region)
    pods = pods_in(NAME, "controller")
    return {
        "fullnameOverride": NAME,
        "cloudProvider": "aws",
        "awsRegion": args.region,
        "autoDiscovery": {"clusterName": args.cluster_name},
        "image": image,
        "replicaCount": args.replicas,
        "rbac": {"serviceAccount": {"create": True, "name": NAME}},
        "nodeSelector": {PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
        "resources": {"requests": pods.requests, "limits": {"memory": pods.memory}},
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": NOBODY,
            "runAsGroup": NOBODY,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containerSecurityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        **({} if variables is None else {"extraEnv": variables}),
        **_scaling_values(args),
    }


def _scaling_values(args: ClusterAutoscalerArgs) -> dict[str, Any]:
    """Returns values that decide which of the suitable groups is scaled up, and when a node is removed."""
    # Otherwise a pod with local storage prevents the removal of its node, which costs money, forever.
    arguments = {"skip-nodes-with-local-storage": "false"}
    if args.prefer is None:
        return {"extraArgs": {**arguments, "expander": "least-waste"}}
    preferred = pulumi.Output.from_input(args.prefer).apply(lambda groups: [f"^{group}$" for group in groups])
    return {
        "extraArgs": {**arguments, "expander": "priority,least-waste"},
        "expanderPriorities": {"20": preferred, "10": [".*"]},
    }
