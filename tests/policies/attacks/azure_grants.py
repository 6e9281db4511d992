"""Grants of Azure: roles above resource groups, eligibility, delegation, federation, and passwords."""

from collections.abc import Mapping

from ..harness import Given
from . import Attack

SUB = "/subscriptions/00000000-0000-0000-0000-000000000001"
ROLE = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
OWNER = f"{ROLE}8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
CONTRIB = "b24988ac-6180-42a0-ab88-20f7382dd24c"
RA = "authorization:RoleAssignment"


def az(kind: str, properties: Mapping[str, object]) -> Given:
    """Returns a resource of Azure."""
    return Given(f"azure-native:{kind}", properties)


ATTACKS = (
    Attack(
        "Owner with scope 'subscriptions/ID' (no leading slash)",
        ("FJ-IDN-201",),
        (az(RA, {"roleDefinitionId": OWNER, "scope": SUB[1:], "principalId": "p"}),),
    ),
    Attack(
        "Owner with scope '/subscriptions/ID'",
        ("FJ-IDN-201",),
        (az(RA, {"roleDefinitionId": OWNER, "scope": SUB, "principalId": "p"}),),
    ),
    Attack(
        "Owner with scope '//subscriptions/ID' / trailing '//'",
        ("FJ-IDN-201",),
        (az(RA, {"roleDefinitionId": OWNER, "scope": SUB + "//", "principalId": "p"}),),
    ),
    Attack(
        "PimRoleEligibilitySchedule Owner",
        ("FJ-IDN-201",),
        (
            az(
                "authorization:PimRoleEligibilitySchedule",
                {"roleDefinitionId": OWNER, "scope": SUB, "principalId": "p"},
            ),
        ),
    ),
    Attack(
        "Lighthouse RegistrationDefinition Contributor for another tenant",
        ("FJ-IDN-204",),
        (
            az(
                "managedservices:RegistrationDefinition",
                {
                    "scope": SUB[1:],
                    "properties": {
                        "managedByTenantId": "11111111-1111-1111-1111-111111111111",
                        "authorizations": [{"principalId": "p", "roleDefinitionId": CONTRIB}],
                    },
                },
            ),
        ),
    ),
    Attack(
        "RoleDefinition Microsoft.*/*",
        ("FJ-IDN-201",),
        (
            az(
                "authorization:RoleDefinition",
                {"permissions": [{"actions": ["Microsoft.*/*"]}], "scope": SUB, "assignableScopes": [SUB]},
            ),
        ),
    ),
    Attack(
        "RoleDefinition Microsoft.Authorization/roleAssignments/*",
        ("FJ-IDN-201",),
        (
            az(
                "authorization:RoleDefinition",
                {"permissions": [{"actions": ["Microsoft.Authorization/roleAssignments/*"]}], "scope": SUB},
            ),
        ),
    ),
    Attack(
        "Key Vault Administrator / Storage Blob Data Owner on the subscription",
        ("FJ-IDN-201",),
        (
            az(
                RA,
                {"roleDefinitionId": ROLE + "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "scope": SUB, "principalId": "p"},
            ),
        ),
    ),
    Attack(
        "Owner on a management group spelled managementGroups without leading slash and upper case",
        ("FJ-IDN-201",),
        (
            az(
                RA,
                {
                    "roleDefinitionId": OWNER,
                    "scope": "/Providers/microsoft.management/ManagementGroups/x",
                    "principalId": "p",
                },
            ),
        ),
    ),
    Attack(
        "Azure VM with adminPassword and no linuxConfiguration",
        ("FJ-IDN-203",),
        (
            az(
                "compute:VirtualMachine",
                {
                    "resourceGroupName": "g",
                    "location": "uaenorth",
                    "osProfile": {"computerName": "a", "adminUsername": "b", "adminPassword": "Secret-123"},
                    "storageProfile": {
                        "imageReference": {
                            "publisher": "Canonical",
                            "offer": "ubuntu-24_04-lts",
                            "sku": "server",
                            "version": "latest",
                        }
                    },
                },
            ),
        ),
    ),
    Attack(
        "RoleAssignment of Owner by an unqualified upper-case id",
        ("FJ-IDN-201",),
        (az(RA, {"roleDefinitionId": "8E3AF657-A8FF-443C-A75C-2FE8C4BCB635", "scope": SUB, "principalId": "p"}),),
    ),
    Attack(
        "FederatedIdentityCredential for repo:org/*",
        ("FJ-IDN-209",),
        (
            az(
                "managedidentity:FederatedIdentityCredential",
                {
                    "resourceName": "i",
                    "resourceGroupName": "g",
                    "issuer": "https://token.actions.githubusercontent.com",
                    "subject": "repo:org/*",
                    "audiences": ["api://AzureADTokenExchange"],
                },
            ),
        ),
    ),
)
