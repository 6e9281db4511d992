"""Realms of Keycloak in which nobody counts how often passwords are guessed.

Brute force detection is off unless a realm says otherwise, and a realm answers only if it is enabled
(keycloak/keycloak 110a624, docs/documentation/server_admin/topics/threat/brute-force.adoc; Keycloak's import of realms,
RealmRepresentation, as known). Realms stand in objects of its operator, in files that it imports at its start, and in
values of charts. Files that state parts of a realm which exists do not enable it; they are not evaluated.
"""

from collections.abc import Iterator

from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, Leaves

_SIGNS = frozenset(
    {
        "sslRequired", "registrationAllowed", "loginWithEmailAllowed", "resetPasswordAllowed", "accessTokenLifespan",
        "ssoSessionIdleTimeout", "verifyEmail", "rememberMe", "passwordPolicy", "registrationEmailAsUsername",
        "clients", "users", "identityProviders", "duplicateEmailsAllowed", "editUsernameAllowed",
    }
)  # fmt: skip
"""Properties by which a mapping with a realm's name is one of Keycloak (keycloak/keycloak 00c5301c,
DefaultExportImportManager.java, read 2026-11-29)."""
_PROTECTED = "bruteForceProtected"


def check_realms(leaves: Leaves) -> Iterator[Outcome]:
    """Yields a failure for each realm that is enabled and does not state whether guessing is limited."""
    enabled = [leaf for leaf in leaves if leaf.path.endswith(".enabled") and str(leaf.value).lower() == "true"]
    places = {leaf.path.removesuffix(".enabled") for leaf in enabled}
    places &= {leaf.path.removesuffix(".realm") for leaf in leaves if leaf.path.endswith(".realm")}
    for place in sorted(places):
        names = {_name(leaf, place) for leaf in leaves if leaf.path.startswith(f"{place}.")}
        if _PROTECTED not in names and names & _SIGNS:
            yield failed(f"{place}.{_PROTECTED} must be true: passwords are guessed without a limit", place)


def _name(leaf: Leaf, place: str) -> str:
    """Returns the name of the property below a place in which a leaf is."""
    return leaf.path.removeprefix(f"{place}.").partition(".")[0].partition("[")[0]
