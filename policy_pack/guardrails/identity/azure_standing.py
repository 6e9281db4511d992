"""Roles on a resource group that people have for good, and those of programs that answer requests.

What each role gives is in `falaj.facts.azure_roles`. People activate such a role when they need it, which asks for a
second factor and ends (Microsoft cloud security benchmark, PA-2, by Azure/azure-policy f4a50bac built-in-policies/
policySetDefinitions/Security Center/AzureSecurityCenter.json; Azure/PSRule.Rules.Azure 51d68cc8
docs/en/baselines/Azure.All.csv, Azure.RBAC.PIM). What a role on a group reaches: SpecterOps/bloodhound-docs 9f427f7f
docs/resources/edges (az-contributor, az-aks-contributor, az-automation-contributor, az-get-secrets, az-get-keys,
az-get-certificates, az-managed-identity) and prowler-cloud/prowler 3e000faa,
app_function_identity_without_admin_privileges; all read 2026-12-01.
"""

from collections.abc import Collection, Iterator

from falaj.facts.predefined_roles import PredefinedRole

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

PEOPLE_OR_PERSON = ("group", "foreigngroup", "user")
_REACH_OTHERS = (
    "commands in machines or clusters",
    "changes of policies, locks or federated credentials",
    "administrators of databases",
)
"""What roles give, as the facts about roles say it, with which people of a group become what others are there. Those
with keys of everything are refused to programs too (FJ-IDN-214); those that run programs of one service as its identity
are what its team works with."""
_SIGN_INS = ("Windows Admin Center Administrator Login",)
"""Roles with which each user signs in as himself, with a record on the machine."""
_OF_VAULTS = "Key Vault "

_ANSWERS_REQUESTS = azure("web:WebApp", "web:WebAppSlot", "app:ContainerApp", "containerinstance:ContainerGroup",
                          "logic:Workflow", "web:StaticSite", "apimanagement:ApiManagementService",
                          "cognitiveservices:Account", "cognitiveservices:Project",
                          "machinelearningservices:OnlineEndpoint", "machinelearningservices:BatchEndpoint",
                          "machinelearningservices:InferenceEndpoint", "dashboard:Grafana", "search:Service",
                          "appplatform:App", "kusto:Cluster")  # fmt: skip
"""Types that have an identity and answer requests: gateways, models, agents and dashboards too, of which a caller makes
a request of his own (OWASP/www-project-top-10-for-large-language-model-applications 02059576
2_0_vulns/LLM06_ExcessiveAgency.md, read 2026-12-01)."""


def reaches_others(role: PredefinedRole, kind: str) -> bool:
    """Returns whether people who have a role on a resource group for good reach what others have there."""
    if kind.lower() not in PEOPLE_OR_PERSON or role.name in _SIGN_INS:
        return False
    has_vaults = role.name.startswith(_OF_VAULTS) and "data" in role.grants
    return has_vaults or any(text in role.grants for text in _REACH_OTHERS)


_ORDERS = {
    "f7b75c60-3036-4b75-91c3-6b41c27c1689": "Reservation Purchaser",
    "3d24a3a0-c154-4f6f-a5ed-adc8e01ddb74": "Savings plan Purchaser",
}
"""Roles that order what is charged for one to three years (ids and names by copies of the list of built-in roles in
public repositories; microsoft.capacity/reservationOrders/write by copies of the Azure permissions reference; read
2026-12-01)."""


def check_orders(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for the permanent assignment of a role that orders commitments: no ceiling holds for them."""
    role = _ORDERS.get(str(resource.get("roleDefinitionId")).strip().rstrip("/").rpartition("/")[2].lower())
    if role is not None and resource.type in azure("authorization:RoleAssignment"):
        text = f"roleDefinitionId: {role}, which orders what is charged for years, is assigned, for good"
        yield failed(text, "roleDefinitionId")


def check_programs(
    resource: Resource, plan: Plan, role: PredefinedRole | None, broad: Collection[str]
) -> Iterator[Outcome]:
    """Yields a failure for a broad role of a program that answers requests: whoever makes it fetch an address, or run
    something, has the role. `broad` are the names of such roles."""
    holders = {item.urn for item in plan.dependencies_of(resource, "principalId")}
    if role is None or role.name not in broad or not holders:
        return
    for item in plan.with_keys(_identities, holders)[:1]:
        text = f"principalId is the identity of {item.name}, which answers requests, as {role.name}"
        yield failed(text, "principalId")


def _identities(item: Resource) -> Iterator[str]:
    """Yields what has the rights of a program that answers requests: itself, and identities that it uses."""
    if item.type in _ANSWERS_REQUESTS:
        yield item.urn
        yield from item.dependencies.get("identity", ())
