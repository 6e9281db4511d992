"""Protections that remediation adds where a program does not set them: minimum TLS versions, and public access off.

A value that the program sets is never changed: the rules evaluate it.

Names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Mapping

from .engine.rows import aws, azure

Protection = Mapping[str, str | bool]

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

PROTECTIONS: Mapping[str, Protection] = {token: added for tokens, added in _ROWS for token in tokens}
"""Type -> property -> the value that is added."""


def unstated(token: str, props: Mapping[str, object]) -> dict[str, str | bool]:
    """The protections of a type that its inputs do not set; an unknown or null value counts as set."""
    return {name: value for name, value in PROTECTIONS.get(token, {}).items() if name not in props}
