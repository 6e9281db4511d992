"""All guardrails of encryption: at rest, in transit, and of the keys themselves."""

from ..engine.rows import Guardrail
from .at_rest.aws import AWS_ENCRYPTION
from .at_rest.aws_jobs import AWS_JOB_ENCRYPTION
from .at_rest.aws_services import AWS_SERVICE_ENCRYPTION
from .at_rest.azure import AZURE_ENCRYPTION
from .at_rest.azure_services import AZURE_SERVICE_ENCRYPTION
from .at_rest.karpenter_nodes import NODE_ENCRYPTION
from .at_rest.related_resources import COMPANIONS
from .keys import KEY_HYGIENE
from .transit.addresses import ADDRESS_TRANSIT
from .transit.aws import AWS_TRANSIT
from .transit.azure import AZURE_TRANSIT
from .transit.kubernetes import KUBERNETES_TRANSIT
from .transit.providers import PROVIDER_TRANSIT
from .transit.resource_policies import POLICY_TRANSIT

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
