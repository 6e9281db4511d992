"""Parts of a cluster on which its add-ons depend: the Gateway API and its controller, cert-manager, Prometheus."""

import pulumi

from falaj.components.build.clusters import WorkloadCluster
from falaj.components.core.validation.enums import ClusterPart, Profile
from falaj.components.kubernetes.cluster.cert_manager import CertManager, CertManagerArgs
from falaj.components.kubernetes.cluster.gateway_api import GatewayApi, GatewayApiArgs
from falaj.components.kubernetes.cluster.prometheus import Prometheus, PrometheusArgs
from falaj.components.kubernetes.cluster.serving_authority import ServingAuthority, ServingAuthorityArgs
from falaj.components.kubernetes.cluster.volume_classes import class_name
from falaj.facts.clouds import CLOUDS

GATEWAY_PARTS = frozenset({ClusterPart.GATEWAY_API, ClusterPart.GATEWAY_CONTROLLER})


class ClusterParts:
    """Creates the parts that the settings need and that the cluster does not have.

    The site installs the AWS Load Balancer Controller, which needs permissions in the account. `inference_pools`:
    whether routes may lead to InferencePools.
    """

    def __init__(self, cluster: WorkloadCluster, *, inference_pools: bool) -> None:
        self.cluster, self.needed = cluster, cluster.shared.parts(cluster.cloud)
        self.inference_pools = inference_pools
        self.gateway_api = self._gateway_api() if self.needed & GATEWAY_PARTS else None
        self.cert_manager = self._cert_manager() if ClusterPart.CERT_MANAGER in self.needed else None
        self.serving_authority = self._serving_authority() if cluster.encrypts_pods else None
        self.prometheus = self._prometheus() if ClusterPart.PROMETHEUS_OPERATOR in self.needed else None

    @property
    def for_gateway(self) -> list[pulumi.Resource]:
        """Parts that gateways and routes depend on."""
        return [part for part in (self.gateway_api, self.cert_manager, self.serving_authority) if part is not None]

    @property
    def for_monitoring(self) -> list[pulumi.Resource]:
        """Parts that rules and monitors depend on."""
        return [] if self.prometheus is None else [self.prometheus]

    def _gateway_api(self) -> GatewayApi:
        cluster = self.cluster
        args = GatewayApiArgs(
            definitions=ClusterPart.GATEWAY_API in self.needed,
            controller=ClusterPart.GATEWAY_CONTROLLER in self.needed,
            inference_pools=self.inference_pools,
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        return GatewayApi(f"{cluster.name}-gateway-api", args, cluster.after())

    def _cert_manager(self) -> CertManager:
        cluster = self.cluster
        args = CertManagerArgs(
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            prometheus_namespace=cluster.prometheus_namespace,
            tags=cluster.tags,
        )
        gateway_api = [] if self.gateway_api is None else [self.gateway_api]
        return CertManager(f"{cluster.name}-certificates", args, cluster.after(*gateway_api))

    def _serving_authority(self) -> ServingAuthority:
        after = self.cluster.after(*([] if self.cert_manager is None else [self.cert_manager]))
        args = ServingAuthorityArgs(tags=self.cluster.tags)
        return ServingAuthority(f"{self.cluster.name}-serving-authority", args, after)

    def _prometheus(self) -> Prometheus:
        cluster = self.cluster
        args = PrometheusArgs(
            storage_class=class_name(Profile.SYSTEM) if cluster.cloud in CLOUDS else None,
            chart_repository=cluster.shared.chart_repository,
            image_mirror=cluster.image_mirror,
            tags=cluster.tags,
        )
        return Prometheus(f"{cluster.name}-prometheus", args, cluster.after())
