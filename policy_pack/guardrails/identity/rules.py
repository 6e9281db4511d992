"""Collects the guardrails of identity."""

from ..engine.rows import Guardrail
from ..engine.settings import IdentitySettings
from .app_service import APP_SERVICE_IDENTITY
from .aws import AWS_IDENTITY
from .aws_accounts import account_guardrails
from .aws_attachments import AWS_ATTACHMENTS
from .aws_data import DATA_IDENTITY
from .aws_trust import trust_guardrails
from .azure import AZURE_IDENTITY
from .kubernetes import KUBERNETES_IDENTITY
from .providers import PROVIDER_IDENTITY
from .resource_policies import RESOURCE_POLICY_IDENTITY


def identity_guardrails(settings: IdentitySettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the accounts in the settings."""
    return (
        *AWS_IDENTITY,
        *AWS_ATTACHMENTS,
        *DATA_IDENTITY,
        *trust_guardrails(settings.trusted),
        *account_guardrails(settings.trusted),
        *RESOURCE_POLICY_IDENTITY,
        *AZURE_IDENTITY,
        *APP_SERVICE_IDENTITY,
        *KUBERNETES_IDENTITY,
        *PROVIDER_IDENTITY,
    )
