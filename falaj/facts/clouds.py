"""The registry of clouds: one entry names everything that a cloud provides.

To add a cloud, add a member of `Cloud`, an entry of `CLOUDS`, its regions in `data/regions/<cloud>.csv`, its machines
in a file of `data/machines/`, its service prices in a file of `data/services/`, and the modules that the entry names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from falaj.facts.interface_pods import interface_pods
from falaj.facts.node_capacity import NodeCapacity, aks_capacity, eks_capacity


class Cloud(StrEnum):
    """Where a site runs."""

    AWS = "aws"
    """Amazon Web Services."""
    AZURE = "azure"
    """Microsoft Azure."""
    ONPREM = "onprem"
    """An existing Kubernetes cluster on premises."""


@dataclass(frozen=True, slots=True)
class IngressController:
    """A controller that gives Ingresses a load balancer of the cloud.

    `name` is the controller of an IngressClass, `classes` those that its installation brings. `group` is the annotation
    with the name of the Ingresses that share a load balancer; without one, all of a cluster share theirs. `rules` are
    those of the Service through which their traffic arrives, 0 where the load balancer is of a kind of its own.
    """

    name: str
    classes: tuple[str, ...] = ()
    group: str = ""
    rules: int = 0


def _as_many_as_run(_machine: str) -> int | None:
    return None


@dataclass(frozen=True, kw_only=True)
class CloudEntry:
    """Facts about a cloud that several packages use, and the modules that implement it.

    Modules are named, not imported, so that facts import nothing and an SDK is loaded only when it is needed.
    """

    display_name: str
    provider_name: str
    """Name of the provider in FOCUS rows."""
    package: str
    """Pulumi package of the cloud's resources, which begins their type tokens."""
    cluster_service: str
    """Name of the managed Kubernetes service."""
    cluster_type: str
    """Type token of a managed Kubernetes cluster."""
    api_server: str
    """Regular expression of the host name of a cluster's API server. `{region}` stands for the regions in the UAE."""
    budget_type: str
    """Type token of a cost budget."""
    internal_load_balancer: Mapping[str, str]
    """Annotations of a Kubernetes service that make its load balancer internal, whichever controller creates it."""
    load_balancer: Mapping[str, str] = field(default_factory=dict[str, str])
    """Annotations that the Kubernetes service of every gateway needs, internal or public."""
    public_load_balancer: Mapping[str, str] = field(default_factory=dict[str, str])
    """Annotations of a Kubernetes service that make its load balancer public."""
    ingress_controllers: tuple[IngressController, ...] = ()
    """Controllers that start a load balancer of the cloud for Ingresses."""
    has_load_balancer_controller: bool = False
    """Whether load balancers of gateways need a controller that the site installs."""
    node_capacity: Callable[[int, float, int], NodeCapacity] | None = None
    """Returns what pods can request of a node: by its vCPUs, its memory in GiB and its maximum number of pods. If None,
    whether the system pools hold what a site installs is not checked."""
    reserved_pods: Callable[[str], int | None] = _as_many_as_run
    """Returns the number of pods for which a node of a machine type reserves memory, whatever its maximum is; None if
    it is the maximum."""
    agents: tuple[str, ...] = ()
    """Parts with pods on every node, by the names of `falaj.facts.system_pods`, those that not every cluster has
    included."""
    reserved_storage_gib: int = 0
    """Part of a node's disk that is reserved for Kubernetes, in GiB."""
    node_pods: int = 110
    """Maximum number of pods of a node, unless the machine type or the pool states another; Kubernetes' default."""
    machine_columns: tuple[str, ...] = ()
    """Columns of the machine catalogue that are never empty for this cloud, in addition to those of all clouds. A cloud
    without any may leave each of them empty."""
    optional_machine_columns: tuple[str, ...] = ()
    """Columns of the machine catalogue that this cloud uses and may leave empty where no source states the fact."""
    rules: str
    """Module with `RULES`, the `CloudRules` of its sites, which are pure functions
    (`falaj.components.core.site.rules`).
    """
    pools: str
    """Module with `POOL_PROBLEMS`, which yields the problems of a node pool that only this cloud has
    (`falaj.components.core.node_pools.checks`).
    """
    vaults: str
    """Module with `VAULTS`, the `VaultNotation` of its object storage (`falaj.components.core.storage.vault_notation`).
    """
    builder: str
    """Module with `CLOUD`, the `CloudSite` that builds its sites (`falaj.components.build.cloud_site`)."""
    meters: str
    """Module with `METERS`: type token -> function that returns the charges of a resource, and `CLUSTER`, the
    `ClusterMeters` of what Kubernetes objects create (`falaj.finops.meters`).
    """
    emulator: str | None = None
    """Module with `SPEC`, the `CloudSpec` of its emulated resources (`falaj.sandbox.clouds.spec`). If None, the sandbox
    cannot create resources of the cloud's package.
    """
    storage: str | None = None
    """Module with `STORAGE`, which yields the storage classes for a data set (`falaj.finops.rightsize.storage`). If
    None, right-sizing recommends machines without storage.
    """


CLOUDS: Mapping[Cloud, CloudEntry] = {
    Cloud.AWS: CloudEntry(
        display_name="AWS",
        provider_name="AWS",
        package="aws",
        cluster_service="EKS",
        cluster_type="aws:eks/cluster:Cluster",
        api_server=r"[A-Za-z0-9.-]+[.]{region}[.]eks[.]amazonaws[.]com",
        budget_type="aws:budgets/budget:Budget",
        internal_load_balancer={
            # AWS Load Balancer Controller (pkg/service/model_build_load_balancer.go, 3.5.0).
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
            # EKS's built-in controller, which reads no other (kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go).
            "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
        },
        public_load_balancer={"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"},
        load_balancer={
            # Both controllers create a Network Load Balancer for this type.
            "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
            # By default a connection is dropped after 350 s without data, 60 to 6,000 are possible (Network Load
            # Balancers, idle timeout; AWS Load Balancer Controller, service annotations, 2026-11-27). A request that
            # waits for a cold start may take longer.
            "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443": "tcp.idle_timeout.seconds=1800",
        },
        ingress_controllers=(
            # AWS Load Balancer Controller, IngressClass and IngressGroup; its chart brings the class (2026-11-27).
            IngressController("ingress.k8s.aws/alb", ("alb",), group="alb.ingress.kubernetes.io/group.name"),
            # That of EKS Auto Mode (Amazon EKS User Guide, auto-configure-alb).
            IngressController("eks.amazonaws.com/alb", group="alb.ingress.kubernetes.io/group.name"),
        ),
        has_load_balancer_controller=True,
        node_capacity=eks_capacity,
        reserved_pods=interface_pods,
        agents=(
            "aws-ebs-csi-driver",
            "aws-efs-csi-driver",
            "aws-fsx-csi-driver",
            "eks-node-monitoring-agent",
            "eks-pod-identity-agent",
            "kube-proxy",
            "vpc-cni",
        ),
        # Karpenter's provider for AWS, instancetype/types.go, kubeReservedResources (2026-11-27).
        reserved_storage_gib=1,
        machine_columns=("efa_interfaces", "rdma", "local_nvme_gb", "local_nvme_disks", "max_pods", "zone_ids"),
        rules="falaj.components.core.site.aws_rules",
        pools="falaj.components.core.node_pools.aws_checks",
        vaults="falaj.components.core.storage.aws_vaults",
        builder="falaj.components.build.aws_site",
        meters="falaj.finops.aws",
        emulator="falaj.sandbox.clouds.aws",
        storage="falaj.finops.rightsize.aws_storage",
    ),
    Cloud.AZURE: CloudEntry(
        display_name="Azure",
        provider_name="Microsoft",
        package="azure-native",
        cluster_service="AKS",
        cluster_type="azure-native:containerservice:ManagedCluster",
        api_server=r"[A-Za-z0-9.-]+[.]{region}[.]azmk8s[.]io",
        budget_type="azure-native:consumption:Budget",
        node_capacity=aks_capacity,
        agents=("aks", "aks-defender"),
        # The default of Azure CNI Overlay (azure-aks-docs, concepts-network-ip-address-planning.md, 2026-08).
        node_pods=250,
        machine_columns=("rdma", "ephemeral_os_gib"),
        optional_machine_columns=("zone_ids",),
        internal_load_balancer={"service.beta.kubernetes.io/azure-load-balancer-internal": "true"},
        ingress_controllers=(
            # azure-aks-docs, ingress-controller-add-on and app-routing (2026-11-27).
            IngressController("azure/application-gateway", ("azure-application-gateway", "azure/application-gateway")),
            IngressController("alb.networking.azure.io/alb-controller", ("azure-alb-external",)),
            # Its managed NGINX has one Service of the ports 80 and 443.
            IngressController(
                "webapprouting.kubernetes.azure.com/nginx", ("webapprouting.kubernetes.azure.com",), rules=2
            ),
        ),
        load_balancer={
            # By default the port's protocol decides, and a gateway has no answer to HTTPS requests for `/` without a
            # host name, so no traffic arrives (Azure/AKS#3646; azure-aks-docs, configure-load-balancer-standard,
            # 2026-11-26).
            "service.beta.kubernetes.io/port_443_health-probe_protocol": "tcp",
            # Minutes. By default a connection is dropped after 4 minutes without data, less than a model may take for
            # an answer; the annotation takes 4 to 30 (cloud-provider-azure, load balancer annotations;
            # azure-docs, load-balancer-tcp-idle-timeout, 2026-11-27).
            "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30",
        },
        rules="falaj.components.core.site.azure_rules",
        pools="falaj.components.core.node_pools.azure_checks",
        vaults="falaj.components.core.storage.azure_vaults",
        builder="falaj.components.build.azure_site",
        meters="falaj.finops.azure",
        emulator="falaj.sandbox.clouds.azure",
        storage="falaj.finops.rightsize.azure_storage",
    ),
}
"""Clouds in which sites are created. An on-premises cluster already exists."""
