"""Protections that remediation adds to resources that do not set them: minimum TLS versions, and disabled public
access.

Remediation never changes a value that the program sets: the rules evaluate that value.

Names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Mapping

from .engine.rows import aws, azure

Protection = Mapping[str, str | bool]
"""Property -> the value that protects the resource."""

_ROWS: tuple[tuple[tuple[str, ...], Protection], ...] = (
    (
        aws("s3/BucketPublicAccessBlock", "s3/AccountPublicAccessBlock"),
        dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True),
    ),
    (
        azure("storage:StorageAccount"),
        {"minimumTlsVersion": "TLS1_2", "allowBlobPublicAccess": False, "publicNetworkAccess": "Disabled"},
    ),
    (azure("sql:Server"), {"minimalTlsVersion": "1.2", "publicNetworkAccess": "Disabled"}),
    (azure("cosmosdb:DatabaseAccount"), {"minimalTlsVersion": "Tls12", "publicNetworkAccess": "Disabled"}),
    (
        azure("eventhub:Namespace", "servicebus:Namespace", "redis:Redis"),
        {"minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled"},
    ),
    (azure("containerregistry:Registry"), {"publicNetworkAccess": "Disabled"}),
)

PROTECTIONS: Mapping[str, Protection] = {token: protection for tokens, protection in _ROWS for token in tokens}
"""Resource type -> the properties that remediation adds, with their values."""


def missing_protections(token: str, props: Mapping[str, object]) -> dict[str, str | bool]:
    """Returns the protections of a type that its inputs do not set. An unknown or null value counts as set."""
    return {name: value for name, value in PROTECTIONS.get(token, {}).items() if name not in props}
