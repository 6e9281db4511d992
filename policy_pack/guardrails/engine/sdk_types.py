"""Facts from the SDKs about every resource type: whether it has tags, a region or a location.

The lists in data/ are read from pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 (2026-11-24). tests/policies/sdk.py
writes them, and a test compares them with the installed SDKs.
"""

import re

from .data_folder import DATA


def _tokens(name: str) -> frozenset[str]:
    return frozenset((DATA / f"{name}.txt").read_text(encoding="utf-8").split())


TAGGABLE = _tokens("aws_taggable") | _tokens("azure_taggable")
"""Types with a `tags` property."""
REGIONLESS_AWS = _tokens("aws_regionless")
"""AWS types without a `region` property: global services."""
LOCATED_AZURE = _tokens("azure_located")
"""Azure types with a `location` property."""

IN_A_VAULT = frozenset(
    f"azure-native:recoveryservices:{kind}"
    for kind in ("PrivateEndpointConnection", "ProtectedItem", "ProtectionContainer", "ProtectionIntent",
                 "ProtectionPolicy", "ResourceGuardProxy")
)  # fmt: skip
"""Parts of a Recovery Services vault. The SDK has `tags` and `location` for them, but they lie in their vault, and of
this provider only vaults support tags (Microsoft, "Tag support for Azure resources", read 2026-11-27)."""
IN_AN_ACCOUNT = frozenset(
    token for token in LOCATED_AZURE if re.fullmatch(r"azure-native:cosmosdb:[A-Za-z]+Resource[A-Z][A-Za-z]+", token)
)
"""Databases and containers of a Cosmos DB account. They are stored in the regions of their account, and the SDK has
`location` for the group's (pulumi-azure-native 3.29.0 docs, cosmosdb:SqlResourceSqlDatabase, read 2026-11-29)."""
IN_A_PERIMETER = frozenset(
    f"azure-native:network:NetworkSecurityPerimeter{kind}" for kind in ("AccessRule", "Association", "Profile")
)
"""Parts of a network security perimeter, which lie in it. The SDK has `tags` and `location` for them, and Azure's own
examples set neither (example NspProfilesPut of the Pulumi Registry, network.NetworkSecurityPerimeterProfile, read
2026-11-28)."""
_UNTRACKED: dict[str, tuple[str, ...]] = {
    "appconfiguration": ("KeyValue",),
    "automation": ("DscNodeConfiguration", "Python2Package", "Python3Package"),
    "batch": ("Application", "ApplicationPackage"),
    "billing": (
        "AssociatedTenant", "BillingRoleAssignmentByBillingAccount", "BillingRoleAssignmentByDepartment",
        "BillingRoleAssignmentByEnrollmentAccount",
    ),
    "cognitiveservices": (
        "CommitmentPlanAssociation", "Deployment", "EncryptionScope", "RaiBlocklist", "RaiBlocklistItem", "RaiPolicy",
        "RaiToolLabel", "RaiTopic",
    ),
    "dataprotection": ("BackupInstance",),
    "devcenter": ("Catalog", "EnvironmentType", "PlanMember", "ProjectCatalog"),
    "deviceregistry": ("Schema",),
    "hdinsight": ("Application",),
    "keyvault": ("Key", "Secret"),
    "migrate": ("MigrateAgent", "WorkloadDeployment", "WorkloadInstance"),
    "operationalinsights": ("DataSource", "LinkedService", "StorageInsightConfig"),
    "sql": ("FailoverGroup",),
}  # fmt: skip
UNTRACKED_PARTS = (
    frozenset(f"azure-native:{module}:{kind}" for module, kinds in _UNTRACKED.items() for kind in kinds) | IN_AN_ACCOUNT
)
"""Parts of another resource whose tags are in no cost report: what they cost is reported with the whole. The SDK has
`tags` for them and, but for those of Cosmos DB, no `location`, so Azure does not track them as resources of their own
(tfitzmac/resource-capabilities c82f06e, tag-support.csv of 2025-03-04, the list behind Microsoft's "Tag support for
Azure resources": none is listed with tags in the cost report; read 2026-11-29). Pools of Batch and node types of
Service Fabric, which are not listed either, start machines, and so need their tags."""
