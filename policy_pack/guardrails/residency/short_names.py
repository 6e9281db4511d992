"""Names that a program completes to a host: the setting has the account, and the program adds the vendor's domain."""

import re
from collections.abc import Collection, Iterable

from ..engine.lazy_regex import lazy_regex
from ..readers.leaf_cache import cached_by_leaf
from ..readers.texts import Leaf

_BLOB = "blob.core.windows.net"
_DOMAINS = (
    # MicrosoftDocs/azure-docs 01caef5 articles/storage/blobs/authorize-data-operations-cli.md; restic/restic a80be14
    # doc/075_scripting.rst; RCLONE_AZUREBLOB_ACCOUNT in the text of rclone's manual, found as a string.
    (r"(?:AZURE_)?STORAGE_ACCOUNT(?:_NAME)?|AZURE_ACCOUNT_NAME|AZURE_(?:STORAGE_)?BLOB_ACCOUNT(?:_NAME)?"
     r"|RCLONE_AZUREBLOB_ACCOUNT", _BLOB),
    # Names of connections of Azure Functions that sign in by identity (found in public repositories on 2026-12-01).
    (r"\w{1,100}__accountName", _BLOB),
    # `{account}.snowflakecomputing.com` in public programs, found as a string.
    (r"SNOWFLAKE_ACCOUNT(?:_NAME|_ID|_IDENTIFIER)?", "snowflakecomputing.com"),
    # Azure-Samples/azure-search-openai-demo 00031b5 app/backend/app.py; vercel/ai 03b924a packages/azure (which reads
    # AZURE_RESOURCE_NAME); `{azureOpenAIApiInstanceName}.openai.azure.com` of LangChain for JavaScript, as a string.
    (r"AZURE_OPENAI_(?:SERVICE|(?:RESOURCE|ACCOUNT|API_INSTANCE)(?:_NAME)?)|AZURE_RESOURCE_NAME", "openai.azure.com"),
    (r"AZURE_(?:AI_)?SEARCH_SERVICE(?:_NAME)?", "search.windows.net"),
    # `{id}-dsn.algolia.net` in public programs, found as a string.
    (r"ALGOLIA_APP(?:LICATION)?_ID", "algolia.net"),
)  # fmt: skip
"""Variables of an account -> domain below which its host is (read 2026-11-30)."""
_COMPILED = tuple((lazy_regex(pattern), domain) for pattern, domain in _DOMAINS)
_STORES = lazy_regex(
    r"(?:^|\.)azure(?:blob)?\.(?:storage_?)?account_?name$|(?:^|\.)config\.storage_?account$", re.IGNORECASE
)
"""Paths of an account of storage in settings of programs, which add the domain: `azure.account_name` of Loki
(grafana/loki 65e30f8 pkg/storage), `azure.storage_account_name` of Tempo (grafana/tempo ad33aa8 tempodb/backend/azure),
`azure.accountname` of registries (distribution/distribution 0d6b721 docs/content/storage-drivers/azure.md) and
`config.storage_account` of Thanos (thanos-io/thanos e103a81 docs/storage.md); read 2026-11-30. `config.storageAccount`
of Velero (vmware-tanzu/velero-plugin-for-microsoft-azure 1b682ce1 README.md), read 2026-12-01."""
_LONGEST_PATH = 300
_PART_OF_DRIVER = lazy_regex(r"(?P<owner>.*)\.(?P<driver>azure(?:blob)?)\.[^.]{1,60}", re.IGNORECASE | re.DOTALL)
DRIVER = ("type", "backend")
"""Settings beside the drivers of a store that say which one is used: Harbor's chart has an example of each driver and
the type `filesystem` (goharbor/harbor-helm, values.yaml, `imageChartStorage.type`, as in goharbor/harbor c50c7dd
src/pkg/chart/testdata; Tempo's `backend` by grafana/tempo ad33aa8; read 2026-11-30)."""
_ACCOUNT = lazy_regex(r"[A-Za-z0-9](?:[\w.-]{0,98}[A-Za-z0-9])?")
"""Name of an account, and no address, reference or place-holder."""


def is_of_other_driver(leaf: Leaf, leaves: Iterable[Leaf]) -> bool:
    """Returns whether a setting is of a driver of stores that is not used: one beside it is named."""
    found = _PART_OF_DRIVER.fullmatch(leaf.path) if _STORES.search(leaf.path[-_LONGEST_PATH:]) else None
    if found is None:
        return False
    used = drivers_at(found["owner"], leaves)
    return bool(used) and not any(name == "" or "azure" in name or "$" in name or "{" in name for name in used)


def drivers_at(path: str, leaves: Iterable[Leaf], names: Collection[str] = DRIVER) -> set[str]:
    """Returns the drivers of stores that settings directly below a path name."""
    places = {f"{path}.{name}" for name in names}
    return {str(item.value).strip().lower() for item in leaves if item.path in places}


@cached_by_leaf
def completed(leaf: Leaf) -> str:
    """Returns the host that a program makes of a setting, without the region that some accounts have after a dot;
    empty if it makes none."""
    value = str(leaf.value).strip()
    domain = next((domain for pattern, domain in _COMPILED if pattern.fullmatch(leaf.key)), "")
    if not domain and "account" in leaf.key.lower() and _STORES.search(leaf.path[-_LONGEST_PATH:]):
        domain = _BLOB
    if not domain or _ACCOUNT.fullmatch(value) is None:
        return ""
    return f"{value.partition('.')[0]}.{domain}".lower()
