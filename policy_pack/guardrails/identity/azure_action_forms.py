"""Operations of custom roles of Azure that hand out keys or reach past the rights of the caller, by the last words of
their names. They are refused on every scope.

The words are those of the 1,900 operations `.../action` in definitions of built-in roles (iann0036/iam-dataset 2073fa52
azure/built-in-roles-raw.json, read 2026-11-30); tokens of API Management's users and gateways, which no such role has,
are in public programs, and its named values in NetSPI/MicroBurst 0c21c5e9 (Az/Get-AzPasswords.ps1, read 2026-12-01).
Not among them, because good
roles have them: delegation keys of storage, whose rights are those of the caller; one's own kubeconfig; the file with
which a sensor of Defender for IoT gets a new password, as in Security Reader; and the address of an image of the
marketplace, as in Azure Stack Edge Operations Role. What else decides on whole subscriptions is not listed in
`data/azure_operations.csv`.
"""

from ..engine.lazy_regex import lazy_regex
from .azure_patterns import matches, name_of

KEYS = "keys that bypass roles"
_OF_KEYS = lazy_regex(
    r".*/(?:list\w*(?:keys?|credentials?|secrets?|connectionstrings?|sas|accesstoken|kubeconfig|callbackurl|value)\w*"
    r"|sharedkeys|readonlykeys|config/list|publishxml|regenerate\w*(?:keys?|credentials?)|rotate\w*credentials"
    r"|refreshkeys|createapikey|get\w*apikey|get(?:credentials|authtoken|publishingcredentials)|fetch\w*credentials"
    r"|users/token|generate(?:token|credentials)|(?<!skus/versions/)generatesastoken|retrieveregistrationtoken|resetpassword)/action"
)
"""Form of an operation that hands out keys, in lower case."""
_OF_USERS = lazy_regex(r".*/list(?:cluster(?:monitoring)?)?user(?:credentials?|kubeconfig)/action")
"""A kubeconfig with which each user signs in as himself."""

_PAST_RIGHTS = lazy_regex(
    r".*/(?:\w*loginasadmin|runassuperuser|runasbuiltinfileadministrator|takeownership|actasgrafanaadmin)/action"
)
"""Form of an operation on data that reaches what the caller has no rights on, in lower case."""

REMOVAL = "removal of what soft deletion and versions keep"
_REMOVES = lazy_regex(
    r"microsoft\.(?:keyvault|storage|appconfiguration)/.*/(?:purge|permanentdelete|deleteblobversion)/action"
)
"""Form of an operation after which nothing brings data or a key back, in lower case. Caches of a CDN are purged by good
roles; patterns that include more are evaluated as what they include ("permanently deleting a blob
overriding soft-delete", found as a string in copies of the page on conditions of storage, 2026-12-02; those of Key
Vault, after which nothing recovers a secret, by "Azure permissions" in the same way)."""
_REMOVALS = (
    *((f"microsoft.keyvault/vaults/{kind}", "purge") for kind in ("keys", "secrets", "certificates")),
    *(("microsoft.storage/storageaccounts/blobservices/containers/blobs", last)
      for last in ("permanentdelete", "deleteblobversion")),
    ("microsoft.keyvault/locations/deletedvaults", "purge"),
)  # fmt: skip
"""Operations of that form, as what they are for and their last word, for patterns."""


def hands_out_keys(action: str) -> bool:
    """Returns whether an action of a custom role ends with an operation that hands out keys, of one type or of any."""
    name = name_of(action)
    end = "/action" if name.endswith("*") else ""
    names = (name.replace("*", "x"), name.replace("*", "keys") + end) if "*" in name else (name,)
    return any(_OF_KEYS.fullmatch(each) is not None and _OF_USERS.fullmatch(each) is None for each in names)


def passes_rights(action: str) -> bool:
    """Returns whether an action on data reaches what the caller has no rights on."""
    return _PAST_RIGHTS.fullmatch(name_of(action)) is not None


def removes_for_good(action: str) -> bool:
    """Returns whether an action removes what a deletion by itself keeps for a while: one that is named, or a pattern
    that has such an action and neither reads nor has the other actions beside it, such as `keys/p*`."""
    name = name_of(action)
    return _REMOVES.fullmatch(name) is not None or any(
        matches(name, f"{place}/{last}/action")
        and not any(matches(name, f"{place}/{other}") for other in ("read", "other/action"))
        for place, last in _REMOVALS
    )
