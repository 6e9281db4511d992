"""All guardrails of encryption: at rest, in transit, and of the keys themselves."""

from .companions import COMPANIONS
from .encryption_aws import AWS_ENCRYPTION
from .encryption_aws_jobs import AWS_JOB_ENCRYPTION
from .encryption_aws_services import AWS_SERVICE_ENCRYPTION
from .encryption_azure import AZURE_ENCRYPTION
from .encryption_azure_services import AZURE_SERVICE_ENCRYPTION
from .encryption_nodes import NODE_ENCRYPTION
from .key_hygiene import KEY_HYGIENE
from .providers import PROVIDER_TRANSIT
from .rows import Guardrail
from .transit_addresses import ADDRESS_TRANSIT
from .transit_aws import AWS_TRANSIT
from .transit_azure import AZURE_TRANSIT
from .transit_kubernetes import KUBERNETES_TRANSIT
from .transit_policies import POLICY_TRANSIT

ENCRYPTION: tuple[Guardrail, ...] = (
    *COMPANIONS,
    *AWS_ENCRYPTION,
    *AWS_SERVICE_ENCRYPTION,
    *AWS_JOB_ENCRYPTION,
    *AZURE_ENCRYPTION,
    *AZURE_SERVICE_ENCRYPTION,
    *NODE_ENCRYPTION,
    *KEY_HYGIENE,
    *AWS_TRANSIT,
    *AZURE_TRANSIT,
    *ADDRESS_TRANSIT,
    *KUBERNETES_TRANSIT,
    *POLICY_TRANSIT,
    *PROVIDER_TRANSIT,
)
