"""Collects the guardrails of exposure."""

from collections.abc import Collection

from ..engine.rows import Guardrail
from ..engine.settings import ExposureSettings, KubernetesSettings
from .api_definitions import API_DEFINITIONS
from .aws import AWS_EXPOSURE
from .azure import AZURE_EXPOSURE
from .azure_storage import storage_guardrail
from .azure_subnets import SUBNET_EXPOSURE
from .beanstalk import BEANSTALK_EXPOSURE
from .caller_lists import CALLER_EXPOSURE
from .charts import chart_guardrail
from .connections import CONNECTION_EXPOSURE
from .containers import CONTAINER_EXPOSURE
from .cors import ORIGINS
from .edge_caches import EDGE_CACHES
from .empty_filters import EMPTY_FILTERS
from .everybody import everybody_guardrail
from .gateway_authentication import gateway_guardrail
from .kubernetes import KUBERNETES_EXPOSURE, namespace_guardrail
from .kubernetes_cluster import CLUSTER_EXPOSURE
from .kubernetes_services import service_guardrail
from .managed_services import MANAGED_EXPOSURE
from .namespaces import NAMESPACES
from .network_policies import NETWORK_POLICIES
from .networks import NETWORK_EXPOSURE
from .plaintext_settings import PLAINTEXT_SETTINGS
from .pod_contents import POD_CONTENTS
from .pod_host_access import POD_HOST_ACCESS, pod_host_access
from .pod_privileges import POD_PRIVILEGES
from .pod_security_policies import POD_SECURITY_POLICIES
from .private_endpoints import PRIVATE_ENDPOINTS
from .related_resources import RELATED_EXPOSURE
from .resource_policies import RESOURCE_POLICIES
from .service_callers import service_caller_guardrails
from .traffic_filters import TRAFFIC_FILTERS
from .tunnels import TUNNEL_EXPOSURE


def exposure_guardrails(
    settings: KubernetesSettings, callers: ExposureSettings, trusted: Collection[str]
) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the exceptions in the settings. `trusted`: accounts and tenants that they list."""
    guardrails = (
        *NETWORK_EXPOSURE,
        *CALLER_EXPOSURE,
        *AWS_EXPOSURE,
        *CONNECTION_EXPOSURE,
        *BEANSTALK_EXPOSURE,
        *API_DEFINITIONS,
        *RELATED_EXPOSURE,
        *EDGE_CACHES,
        *CONTAINER_EXPOSURE,
        *TUNNEL_EXPOSURE,
        *TRAFFIC_FILTERS,
        *EMPTY_FILTERS,
        *MANAGED_EXPOSURE,
        *RESOURCE_POLICIES,
        *service_caller_guardrails(callers.service_callers),
        *PLAINTEXT_SETTINGS,
        *AZURE_EXPOSURE,
        storage_guardrail(trusted),
        *SUBNET_EXPOSURE,
        *PRIVATE_ENDPOINTS,
        *ORIGINS,
        *POD_HOST_ACCESS,
        *pod_host_access(settings.privileged_namespaces),
        *POD_PRIVILEGES,
        *POD_CONTENTS,
        *POD_SECURITY_POLICIES,
        service_guardrail(settings.allowed_clusters),
        chart_guardrail(settings.allowed_clusters),
        *NETWORK_POLICIES,
        *KUBERNETES_EXPOSURE,
        *CLUSTER_EXPOSURE,
        namespace_guardrail(settings.privileged_namespaces),
        *NAMESPACES,
        gateway_guardrail(settings.authenticated_gateways),
    )
    return (*guardrails, everybody_guardrail(guardrails))
