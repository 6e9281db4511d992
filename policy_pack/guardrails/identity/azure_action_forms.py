"""Operations of custom roles of Azure that are no writes, by the last words of their names: what hands out keys, and
what opens programs, machines and copies. Services add operations every month, and these words say what they do.

The words are those of the 1,900 operations `.../action` in definitions of built-in roles (iann0036/iam-dataset 2073fa52
azure/built-in-roles-raw.json, read 2026-11-30); shareable links of Bastion and tokens of API Management's users, which
no such role has, are in public programs. Not among them, because good roles have them: delegation keys of storage,
whose rights are those of the caller; requests for just-in-time access; one's own kubeconfig; restores, as in Backup
Operator, with the token of a recovery point that goes with one to another region; the file with which a sensor of
Defender for IoT gets a new password, as in Security Reader; and the address of an image of the marketplace, as in Azure
Stack Edge Operations Role.
"""

import re
from collections.abc import Callable, Mapping

from .azure_patterns import matches, name_of

KEYS = "keys that bypass roles"
_OF_KEYS = re.compile(
    r".*/(?:list\w*(?:keys?|credentials?|secrets?|connectionstrings?|sas|accesstoken|kubeconfig|callbackurl)\w*"
    r"|sharedkeys|readonlykeys|config/list|publishxml|regenerate\w*(?:keys?|credentials?)|rotate\w*credentials"
    r"|refreshkeys|createapikey|get\w*apikey|get(?:credentials|authtoken|publishingcredentials)|fetch\w*credentials"
    r"|users/token|(?<!skus/versions/)generatesastoken|retrieveregistrationtoken|resetpassword)/action"
)
"""Form of an operation that hands out keys, in lower case."""
_OF_USERS = re.compile(r".*/list(?:cluster(?:monitoring)?)?user(?:credentials?|kubeconfig)/action")
"""A kubeconfig with which each user signs in as himself."""

_ON_SUBSCRIPTIONS: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "commands in programs": (re.compile(r".*/(?:exec|attach|remotedebugging|containerapps/debug)/action"), (
        "Microsoft.App/containerApps/exec/action", "Microsoft.App/jobs/exec/action",
        "Microsoft.ContainerInstance/containerGroups/containers/exec/action",
        "Microsoft.ContainerInstance/containerGroups/containers/attach/action",
    )),
    "machines for whoever has a link": (re.compile(r".*/(?:create|get)shareablelinks/action"), (
        "Microsoft.Network/bastionHosts/createShareableLinks/action",
    )),
    "files of every machine from their backups": (re.compile(r".*/provisioninstantitemrecovery/action"), (
        "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints"
        "/provisionInstantItemRecovery/action",
    )),
}  # fmt: skip
"""What operations open where the role may be assigned on a whole subscription -> their form in lower case, and examples
for actions with wildcards."""

ON_DATA: Mapping[str, tuple[str, ...]] = {
    "settings and switches of every program": ("Microsoft.AppConfiguration/configurationStores/keyValues/write",),
    "credentials of every program": (
        "Microsoft.KeyVault/vaults/secrets/setSecret/action", "Microsoft.KeyVault/vaults/certificates/import/action",
    ),
    "images of every registry": ("Microsoft.ContainerRegistry/registries/repositories/content/write",),
}  # fmt: skip
"""What operations on data give where the role may be assigned on a whole subscription -> the operations."""
_PAST_RIGHTS = re.compile(
    r".*/(?:\w*loginasadmin|runassuperuser|runasbuiltinfileadministrator|takeownership|actasgrafanaadmin)/action"
)
"""Form of an operation on data that reaches what the caller has no rights on, in lower case."""


def hands_out_keys(action: str) -> bool:
    """Returns whether an action of a custom role ends with an operation that hands out keys, of one type or of any."""
    name = name_of(action)
    end = "/action" if name.endswith("*") else ""
    names = (name.replace("*", "x"), name.replace("*", "keys") + end) if "*" in name else (name,)
    return any(_OF_KEYS.fullmatch(each) is not None and _OF_USERS.fullmatch(each) is None for each in names)


def passes_rights(action: str) -> bool:
    """Returns whether an action on data reaches what the caller has no rights on."""
    return _PAST_RIGHTS.fullmatch(name_of(action)) is not None


def opens(action: str, excluded: Callable[[str], bool]) -> str:
    """Returns what an action of a custom role opens on a whole subscription; empty if nothing. `excluded`: whether the
    role leaves an operation out."""
    name = name_of(action)
    if "*" in name:
        found = (text for text, (_, examples) in _ON_SUBSCRIPTIONS.items() for each in examples
                 if matches(action, each) and not excluded(each))  # fmt: skip
        if text := next(found, ""):
            return text
        # A pattern of one operation of many types has no example for each.
        name = name.replace("*", "x")
    if excluded(name):
        return ""
    return next((text for text, (form, _) in _ON_SUBSCRIPTIONS.items() if form.fullmatch(name)), "")
