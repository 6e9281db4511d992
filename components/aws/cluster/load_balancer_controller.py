"""AWS Load Balancer Controller, which creates the Network Load Balancers of Kubernetes services."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.identity.load_balancer_policy import load_balancer_policy
from falaj.components.aws.identity.pod_identity import ServiceAccountPods, controller_role, grant_to_pods
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.charts.sources import ChartSource, ImageSource
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.releases import default_release
from falaj.facts.system_pods import USUAL, pods_in

NAME, NAMESPACE = "aws-load-balancer-controller", "kube-system"
"""Name of the Helm release, its deployment and its service account, and their namespace."""

CHART_REPOSITORY = "https://aws.github.io/eks-charts"
CHART_VERSION = default_release("aws-load-balancer-controller").version
"""Version of the chart and of the controller (kubernetes-sigs/aws-load-balancer-controller,
helm/aws-load-balancer-controller/Chart.yaml of 2026-08-17). The IAM actions are those of this version."""

IMAGE = f"public.ecr.aws/eks/aws-load-balancer-controller:v{CHART_VERSION}"


class LoadBalancerControllerArgs(ChartSource, ImageSource, Args):
    """AWS Load Balancer Controller of one EKS cluster."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    network_id: Input[str]
    """ID of the VPC: output `network_id` of `Network`. The controller cannot read it from instance metadata, which pods
    do not reach."""
    replicas: Input[ControllerReplicas] = USUAL
    """Number of replicas, 1 to 5, of which one is active. Default: 2."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags, also to the load balancers."""


class LoadBalancerController(RegionalComponent):
    """AWS Load Balancer Controller on nodes of profile `system`, for Network Load Balancers of services only.

    It takes over all new services of type `LoadBalancer`, which are internal unless an annotation says otherwise. Make
    it depend on the system pool, the add-ons and all other charts of the site: without its pods, its webhook refuses
    new services.
    """

    release_name: pulumi.Output[str]
    """Name of the Helm release."""

    def __init__(self, name: str, args: LoadBalancerControllerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = LoadBalancerControllerArgs.of(name, args)
        super().__init__("falaj:aws:LoadBalancerController", name, args.region, opts)
        identity = self._identity(name, args)
        folder = args.chart_repository
        release = kubernetes.helm.v3.Release(
            f"{name}-release",
            name=NAME,
            namespace=NAMESPACE,
            chart=NAME if folder is None else map_inputs(lambda known: f"{known}/{NAME}", folder),
            version=CHART_VERSION,
            repository_opts=kubernetes.helm.v3.RepositoryOptsArgs(repo=CHART_REPOSITORY) if folder is None else None,
            atomic=True,
            timeout=600,
            values=_values(args),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[identity]),
        )
        self.release_name = release.name.apply(lambda release_name: release_name or NAME)
        self.register_outputs({"release_name": self.release_name})

    def _identity(self, name: str, args: LoadBalancerControllerArgs) -> pulumi.Resource:
        """Gives the controller's pods their permissions. Returns the resource that their chart depends on."""
        policy = pulumi.Output.all(account_id(self), args.region, args.cluster_name).apply(
            lambda scope: load_balancer_policy(*scope)
        )
        role = controller_role(name, args.tags, self)
        pods = ServiceAccountPods(args.cluster_name, NAMESPACE, NAME)
        return grant_to_pods(name, role, ("balance", policy), pods, args.tags, self)


def _values(args: LoadBalancerControllerArgs) -> Mapping[str, Any]:
    """Returns the values of the Helm chart. Priority, anti-affinity and security contexts are chart defaults."""
    pods = pods_in(NAME, "controller")
    return {
        "fullnameOverride": NAME,
        "clusterName": args.cluster_name,
        # An upgrade keeps the certificate of the webhooks, which old and new pods serve in turn.
        "keepTLSSecret": True,
        "region": args.region,
        "vpcId": args.network_id,
        "image": {"repository": map_inputs(_repository, mirrored_input(IMAGE, args.image_mirror))},
        "replicaCount": args.replicas,
        "podDisruptionBudget": {"maxUnavailable": 1},
        "serviceAccount": {"create": True, "name": NAME},
        "resources": {"requests": pods.requests, "limits": {"memory": pods.memory}},
        "nodeSelector": {PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
        "defaultTags": dict(args.tags),
        # Pods are the targets, so traffic does not pass through another node, perhaps in another zone.
        "defaultTargetType": "ip",
        # No ingresses, so that neither certificates nor firewalls need permissions; gateways are Istio's.
        "createIngressClassResource": False,
        "ingressClassParams": {"create": False},
        "enableShield": False,
        "enableWaf": False,
        "enableWafv2": False,
        "controllerConfig": {"featureGates": {"ALBGatewayAPI": False, "NLBGatewayAPI": False}},
    }


def _repository(image: str) -> str:
    return image.rsplit(":", 1)[0]
