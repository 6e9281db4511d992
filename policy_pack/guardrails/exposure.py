"""All guardrails of exposure."""

from .enforcement import Kubernetes
from .exposure_aws import AWS_EXPOSURE
from .exposure_azure import AZURE_EXPOSURE
from .exposure_callers import CALLER_EXPOSURE
from .exposure_cluster import CLUSTER_EXPOSURE
from .exposure_companions import EXPOSURE_COMPANIONS
from .exposure_containers import CONTAINER_EXPOSURE
from .exposure_kubernetes import KUBERNETES_EXPOSURE, namespace_guardrail
from .exposure_managed import MANAGED_EXPOSURE
from .exposure_networks import NETWORK_EXPOSURE
from .exposure_origins import ORIGINS
from .plain_settings import PLAIN_SETTINGS
from .pod_contents import POD_CONTENTS
from .pod_security import POD_SECURITY
from .pod_security_policies import POD_SECURITY_POLICIES
from .resource_policies import RESOURCE_POLICIES
from .rows import Guardrail


def exposure(settings: Kubernetes) -> tuple[Guardrail, ...]:
    """The guardrails, with what the settings allow by name."""
    return (
        *NETWORK_EXPOSURE,
        *CALLER_EXPOSURE,
        *AWS_EXPOSURE,
        *EXPOSURE_COMPANIONS,
        *CONTAINER_EXPOSURE,
        *MANAGED_EXPOSURE,
        *RESOURCE_POLICIES,
        *PLAIN_SETTINGS,
        *AZURE_EXPOSURE,
        *ORIGINS,
        *POD_SECURITY,
        *POD_CONTENTS,
        *POD_SECURITY_POLICIES,
        *KUBERNETES_EXPOSURE,
        *CLUSTER_EXPOSURE,
        namespace_guardrail(settings.privileged_namespaces),
    )
