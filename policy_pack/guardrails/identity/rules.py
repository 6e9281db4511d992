"""Collects the guardrails of identity."""

from collections.abc import Collection

from ..engine.rows import Guardrail
from ..engine.settings import IdentitySettings
from .app_service import APP_SERVICE_IDENTITY
from .argo_projects import ARGO_PROJECTS
from .aws import AWS_IDENTITY, escalation_guardrail
from .aws_accounts import account_guardrails
from .aws_attachments import attachment_guardrails
from .aws_auth import mapping_guardrails
from .aws_combined_grants import COMBINED_GRANTS
from .aws_data import DATA_IDENTITY
from .aws_trust import trust_guardrails
from .aws_writes import write_guardrail
from .azure import AZURE_IDENTITY
from .azure_data_roles import AZURE_DATA_ROLES
from .azure_operations import azure_operations_guardrail
from .azure_roles import AZURE_ROLES
from .azure_subscriptions import subscription_guardrail
from .azure_tenants import tenant_guardrails
from .certificates import CERTIFICATES
from .eks_identities import EKS_IDENTITY
from .issuers import issuer_guardrail
from .kubernetes import KUBERNETES_IDENTITY, role_guardrails
from .namespace_crossings import namespace_crossings
from .program_switches import PROGRAM_SWITCHES
from .providers import PROVIDER_IDENTITY
from .public_accounts import public_account_guardrail
from .repositories import repository_guardrail
from .resource_policies import RESOURCE_POLICY_IDENTITY
from .sign_in import SIGN_IN
from .user_attributes import USER_ATTRIBUTES
from .workload_tenants import workload_tenant_guardrail

_FIXED: tuple[Guardrail, ...] = (
    *AWS_IDENTITY,
    *COMBINED_GRANTS,
    *DATA_IDENTITY,
    *EKS_IDENTITY,
    *RESOURCE_POLICY_IDENTITY,
    *AZURE_IDENTITY,
    *AZURE_ROLES,
    *AZURE_DATA_ROLES,
    *APP_SERVICE_IDENTITY,
    *KUBERNETES_IDENTITY,
    *PROVIDER_IDENTITY,
    *SIGN_IN,
    *PROGRAM_SWITCHES,
    *USER_ATTRIBUTES,
    *ARGO_PROJECTS,
    *CERTIFICATES,
)


def identity_guardrails(
    settings: IdentitySettings, confirmed: Collection[str], namespaces: Collection[str]
) -> tuple[Guardrail, ...]:
    """Returns the guardrails of identity, with the accounts, managed policies and actions that the settings
    list. `confirmed` are resources outside the plan whose place and owner are confirmed, `namespaces` those that
    others create."""
    return (
        *_FIXED,
        namespace_crossings(namespaces),
        *role_guardrails(settings.controller_rights, settings.cluster_roles),
        escalation_guardrail(settings.unrestricted_actions, settings.managed_policies),
        write_guardrail(settings.unrestricted_actions),
        azure_operations_guardrail(settings.unrestricted_actions),
        *trust_guardrails(settings.trusted),
        *account_guardrails(settings.trusted),
        issuer_guardrail(settings.trusted),
        public_account_guardrail(settings.trusted),
        repository_guardrail(settings.repositories, settings.trusted),
        *mapping_guardrails(settings.trusted),
        *tenant_guardrails(settings.trusted),
        workload_tenant_guardrail(settings.trusted),
        subscription_guardrail(settings.trusted, confirmed),
        *attachment_guardrails(settings.managed_policies),
    )
