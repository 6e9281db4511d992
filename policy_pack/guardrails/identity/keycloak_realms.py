"""Realms of Keycloak in which nobody counts how often passwords are guessed.

Brute force detection is off unless a realm says otherwise, and a realm answers only if it is enabled
(keycloak/keycloak 110a624, docs/documentation/server_admin/topics/threat/brute-force.adoc; 00c5301
DefaultExportImportManager.java, importRealm: `enabled` is set only if it is stated; read 2026-11-30). Realms stand in
objects of its operator, in files that it imports at its start, and in values of charts. Files that state parts of a
realm which exists do not enable it; they are not evaluated.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_SIGNS = frozenset(
    {
        "sslRequired", "registrationAllowed", "loginWithEmailAllowed", "resetPasswordAllowed", "accessTokenLifespan",
        "ssoSessionIdleTimeout", "verifyEmail", "rememberMe", "passwordPolicy", "registrationEmailAsUsername",
        "duplicateEmailsAllowed", "editUsernameAllowed",
    }
)  # fmt: skip
"""Properties by which a mapping with a realm's name states the realm itself (keycloak/keycloak 00c5301c,
DefaultExportImportManager.java, read 2026-11-29). Clients, users and providers of identity are imported into a realm
that exists, too, by files with nothing else but its name (keycloak/keycloak 15ed750
PartialImportRepresentation.java, read 2026-11-30)."""
_PASSWORDS = frozenset(
    {
        "users", "passwordPolicy", "resetPasswordAllowed", "loginWithEmailAllowed", "rememberMe",
        "registrationEmailAsUsername", "editUsernameAllowed", "verifyEmail", "components", "userFederationProviders",
    }
)  # fmt: skip
"""Properties of a realm whose accounts sign in by passwords of its own, or of a directory."""
_PROTECTED = "bruteForceProtected"


def check_realms(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each realm that is enabled and does not state whether guessing is limited."""
    ends = (".enabled", ".realm")
    found = {end: {leaf.path.removesuffix(end) for leaf in leaves if leaf.path.endswith(end)} for end in ends}
    off = {leaf.path for leaf in leaves if leaf.path.endswith(".enabled") and str(leaf.value).lower() != "true"}
    places = {place for place in found[".enabled"] & found[".realm"] if f"{place}.enabled" not in off}
    registering = {leaf.path for leaf in leaves if leaf.path.endswith(".registrationAllowed")
                   and str(leaf.value).lower() == "true"}  # fmt: skip
    names: dict[str, set[str]] = defaultdict(set)
    for leaf in leaves if places else ():
        for place, name in _parents(leaf.path):
            if place in places:
                names[place].add(name)
    for place in sorted(places):
        if (
            _PROTECTED not in names[place]
            and names[place] & _SIGNS
            and not (_signs_in_elsewhere(names[place]) and f"{place}.registrationAllowed" not in registering)
        ):
            yield failed(f"{place}.{_PROTECTED} must be true: passwords are guessed without a limit", place)


def _signs_in_elsewhere(names: Set[str]) -> bool:
    """Returns whether accounts of a realm are those of other providers, and it states no password of its own."""
    return "identityProviders" in names and names.isdisjoint(_PASSWORDS)


def _parents(path: str) -> Iterator[tuple[str, str]]:
    """Yields each place above a leaf, with the name of the property there in which the leaf is."""
    end = len(path)
    while (dot := path.rfind(".", 0, end)) > 0:
        yield path[:dot], path[dot + 1 : end].partition("[")[0]
        end = dot
