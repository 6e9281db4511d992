"""Services that have no region, and why each may be used although data should stay in the country.

Kept short on purpose: whatever is not named here must be placed in the UAE.
"""

GLOBAL_AWS: dict[str, str] = {
    "iam": "identities and permissions; holds no customer data",
    "route53": "authoritative DNS names; holds no customer data",
    "budgets": "money data; served from us-east-1 only",
    "costexplorer": "money data; served from us-east-1 only",
    "organizations": "account structure; holds no customer data",
}
"""AWS module of the type token -> reason."""

GLOBAL_AZURE: dict[str, str] = {
    "azure-native:consumption:Budget": "money data at subscription scope; has no location",
    "azure-native:costmanagement:": "money data at subscription scope; has no location",
    "azure-native:authorization:": "role assignments and policies; hold no customer data",
    "azure-native:monitor:ActionGroup": "global in most regions; holds the addresses of those told",
    "azure-native:privatedns:": "private DNS zones are global objects; resolvable inside linked networks only",
}
"""Prefix of the Azure type token -> reason."""
