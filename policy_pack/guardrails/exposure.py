"""All guardrails of exposure."""

from .exposure_aws import AWS_EXPOSURE
from .exposure_azure import AZURE_EXPOSURE
from .exposure_kubernetes import KUBERNETES_EXPOSURE
from .exposure_networks import NETWORK_EXPOSURE
from .plain_settings import PLAIN_SETTINGS
from .pod_contents import POD_CONTENTS
from .pod_security import POD_SECURITY
from .resource_policies import RESOURCE_POLICIES
from .rows import Guardrail

EXPOSURE: tuple[Guardrail, ...] = (
    *NETWORK_EXPOSURE,
    *AWS_EXPOSURE,
    *RESOURCE_POLICIES,
    *PLAIN_SETTINGS,
    *AZURE_EXPOSURE,
    *POD_SECURITY,
    *POD_CONTENTS,
    *KUBERNETES_EXPOSURE,
)
