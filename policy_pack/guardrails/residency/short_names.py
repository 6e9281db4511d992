"""Names that a program completes to a host: the setting has the account, and the program adds the vendor's domain."""

import re

from ..readers.leaf_cache import cached_by_leaf
from ..readers.texts import Leaf

_DOMAINS = (
    # Azure CLI, "Authorize access to blob or queue data with Azure CLI"; restic, "Microsoft Azure Blob Storage".
    (r"(?:AZURE_)?STORAGE_ACCOUNT(?:_NAME)?|AZURE_ACCOUNT_NAME|AZURE_BLOB_ACCOUNT(?:_NAME)?", "blob.core.windows.net"),
    # Snowflake documentation, "Account identifiers".
    (r"SNOWFLAKE_ACCOUNT(?:_NAME|_ID|_IDENTIFIER)?", "snowflakecomputing.com"),
    # Azure OpenAI and Azure AI Search, whose clients accept the name of the resource in place of its address.
    (r"AZURE_OPENAI_(?:RESOURCE|ACCOUNT|API_INSTANCE)(?:_NAME)?", "openai.azure.com"),
    (r"AZURE_SEARCH_SERVICE(?:_NAME)?", "search.windows.net"),
    (r"ALGOLIA_APP(?:LICATION)?_ID", "algolia.net"),
)
"""Variables of an account -> domain below which its host is (the vendors' documents as known on 2026-11-28)."""
_COMPILED = tuple((re.compile(pattern), domain) for pattern, domain in _DOMAINS)
_ACCOUNT = re.compile(r"[A-Za-z0-9](?:[\w.-]{0,98}[A-Za-z0-9])?")
"""Name of an account, and no address, reference or place-holder."""


@cached_by_leaf
def completed(leaf: Leaf) -> str:
    """Returns the host that a program makes of a setting, without the region that some accounts have after a dot;
    empty if it makes none."""
    value = str(leaf.value).strip()
    domain = next((domain for pattern, domain in _COMPILED if pattern.fullmatch(leaf.key)), "")
    if not domain or _ACCOUNT.fullmatch(value) is None:
        return ""
    return f"{value.partition('.')[0]}.{domain}".lower()
