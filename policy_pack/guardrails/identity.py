"""All guardrails of identity."""

from .identity_aws import AWS_IDENTITY
from .identity_azure import AZURE_IDENTITY
from .identity_data_aws import DATA_IDENTITY
from .identity_kubernetes import KUBERNETES_IDENTITY
from .identity_sites import SITE_IDENTITY
from .identity_trust import TRUST
from .providers import PROVIDER_IDENTITY
from .rows import Guardrail

IDENTITY: tuple[Guardrail, ...] = (
    *AWS_IDENTITY,
    *DATA_IDENTITY,
    *TRUST,
    *AZURE_IDENTITY,
    *SITE_IDENTITY,
    *KUBERNETES_IDENTITY,
    *PROVIDER_IDENTITY,
)
