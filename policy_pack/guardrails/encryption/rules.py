"""Collects the guardrails of encryption: at rest, in transit, and of the keys themselves."""

from ..engine.rows import Guardrail
from .at_rest.aws.ai_and_analytics import AWS_AI_AND_ANALYTICS
from .at_rest.aws.compute import AWS_COMPUTE
from .at_rest.aws.databases import AWS_DATABASES
from .at_rest.aws.integration import AWS_INTEGRATION
from .at_rest.aws.json_documents import AWS_JSON_DOCUMENTS
from .at_rest.aws.logs_and_secrets import AWS_LOGS_AND_SECRETS
from .at_rest.aws.messaging import AWS_MESSAGING
from .at_rest.aws.storage import AWS_STORAGE
from .at_rest.azure.compute import AZURE_COMPUTE
from .at_rest.azure.data import AZURE_DATA
from .at_rest.azure.services import AZURE_SERVICES
from .at_rest.azure.storage import AZURE_STORAGE
from .at_rest.kubernetes import KUBERNETES_ENCRYPTION
from .at_rest.related_resources import RELATED_ENCRYPTION
from .keys import KEY_MANAGEMENT
from .transit.addresses import ADDRESS_TRANSIT
from .transit.aws import AWS_TRANSIT
from .transit.azure import AZURE_TRANSIT
from .transit.classic_load_balancers import CLASSIC_TRANSIT
from .transit.client_settings import CLIENT_TRANSIT
from .transit.kubernetes import KUBERNETES_TRANSIT
from .transit.kubernetes_storage_and_brokers import BROKER_TRANSIT
from .transit.kubernetes_versions import KUBERNETES_VERSIONS
from .transit.mesh import MESH_TRANSIT
from .transit.off_values import OFF_VALUES
from .transit.providers import PROVIDER_TRANSIT
from .transit.resource_policies import POLICY_TRANSIT

ENCRYPTION: tuple[Guardrail, ...] = (
    *RELATED_ENCRYPTION,
    *AWS_STORAGE,
    *AWS_DATABASES,
    *AWS_MESSAGING,
    *AWS_LOGS_AND_SECRETS,
    *AWS_COMPUTE,
    *AWS_AI_AND_ANALYTICS,
    *AWS_INTEGRATION,
    *AWS_JSON_DOCUMENTS,
    *AZURE_STORAGE,
    *AZURE_COMPUTE,
    *AZURE_DATA,
    *AZURE_SERVICES,
    *KUBERNETES_ENCRYPTION,
    *KEY_MANAGEMENT,
    *AWS_TRANSIT,
    *CLASSIC_TRANSIT,
    *AZURE_TRANSIT,
    *ADDRESS_TRANSIT,
    *KUBERNETES_TRANSIT,
    *MESH_TRANSIT,
    *KUBERNETES_VERSIONS,
    *BROKER_TRANSIT,
    *CLIENT_TRANSIT,
    *OFF_VALUES,
    *POLICY_TRANSIT,
    *PROVIDER_TRANSIT,
)
