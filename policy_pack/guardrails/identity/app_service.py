"""Authentication and identity of Azure App Service apps.

Property names, values and defaults checked against pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it). Not
checked: client certificates on every app, because Entra ID is required already; where they are enabled, they count as
authentication.
"""

import re
from collections.abc import Iterator

from ..engine.conditions import NOT_FALSE, NOT_TRUE, TRUE, Condition, is_true, none_of
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, walk
from ..engine.rows import Check, Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.related_resources import related_to
from .azure import MANAGED_IDENTITY

SITES = azure("web:WebApp", "web:WebAppSlot")
_AUTH_V1 = azure("web:WebAppAuthSettings", "web:WebAppAuthSettingsSlot")
_AUTH_V2 = azure(
    "web:WebAppAuthSettingsV2", "web:WebAppAuthSettingsV2Slot",
    "web:WebAppAuthSettingsV2WithoutSecrets", "web:WebAppAuthSettingsV2WithoutSecretsSlot",
)  # fmt: skip
_EVERY_PATH = frozenset({"", "/", "/*", "*", "/.*", "/**"})
_ROOT = lazy_regex(
    r"/{0,9}(?:apis?|rest|graphql|odata|rpc|services?|admin|internal|v\d{1,3})(?:/{1,9}v?\d{1,3})?/{0,9}\*{0,9}",
    re.IGNORECASE,
)
"""Path under which a whole API lies, by the names that these have."""


def _paths(value: Plain) -> list[str]:
    """Returns the paths of a list, or of a text that separates them by semicolons or commas."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value).replace(",", ";").split(";")


NOT_EVERY_PATH = Condition(
    "must not exclude every path, nor that of a whole API",
    lambda value: not any(path.strip() in _EVERY_PATH or _ROOT.fullmatch(path.strip()) for path in _paths(value)),
    missing=Verdict.PASS,
)
REGISTRY_IMAGE = Condition(
    "must be an image of an Azure container registry",
    lambda value: str(value).upper().startswith("DOCKER|") and ".azurecr.io/" in str(value).lower(),
)
"""The image is in an Azure registry, which supports managed identities. Used in `when` only."""

AUTHENTICATION_ROWS = (
    Check(_AUTH_V1, "unauthenticatedClientAction", none_of("AllowAnonymous")),
    Check(_AUTH_V1, "validateIssuer", NOT_FALSE),
    Check(_AUTH_V2, "globalValidation.requireAuthentication", TRUE),
    Check(_AUTH_V2, "globalValidation.unauthenticatedClientAction", none_of("AllowAnonymous")),
    Check(_AUTH_V2, "globalValidation.excludedPaths", NOT_EVERY_PATH),
    Check(SITES, "clientCertMode", none_of("Optional", "OptionalInteractiveUser"), when=("clientCertEnabled", TRUE)),
    Check(SITES, "clientCertExclusionPaths", NOT_EVERY_PATH, when=("clientCertEnabled", TRUE)),
)

PUBLISHING_CREDENTIALS = azure(
    "web:WebAppFtpAllowed", "web:WebAppFtpAllowedSlot", "web:WebAppScmAllowed", "web:WebAppScmAllowedSlot"
)
IDENTITY_ROWS = (
    Check(SITES, "identity.type", MANAGED_IDENTITY),
    Check(SITES, "siteConfig.acrUseManagedIdentityCreds", TRUE, when=("siteConfig.linuxFxVersion", REGISTRY_IMAGE)),
    Check(SITES, "functionAppConfig?.deployment?.storage?.authentication?.type",
          none_of("StorageAccountConnectionString")),
    Check(PUBLISHING_CREDENTIALS, "allow", NOT_TRUE),
)  # fmt: skip

_AUTH_SETTINGS = {
    SITES[0]: (azure("web:WebAppAuthSettings", "web:WebAppAuthSettingsV2"), "name", ("name",)),
    SITES[1]: (azure("web:WebAppAuthSettingsSlot", "web:WebAppAuthSettingsV2Slot"), "slot", ("slot", "name")),
}
"""Type -> the types of its authentication settings, the property of these that refers to the app or slot, and the name
properties of the app or slot."""
_TRIGGERED_KINDS = ("functionapp", "workflowapp")
"""Kinds of apps that timers and messages trigger, and that authenticate their callers by function keys."""


def _requires_authentication(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if any(kind in str(resource.get("kind")).lower() for kind in _TRIGGERED_KINDS):
        return
    settings_types, link, names = _AUTH_SETTINGS[resource.type]
    has_settings = any(related_to(resource, plan, settings_types, link, names))
    requires_certificate = any(
        value is UNKNOWN or is_true(value) for _, value in walk(resource.props, "clientCertEnabled")
    )
    is_authenticated = has_settings or requires_certificate
    yield passed() if is_authenticated else failed("nothing in the stack requires its callers to sign in")


APP_SERVICE_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(205, Severity.HIGH, "App Service authentication, where it is on, covers every path and caller",
                  "one path or caller without authentication opens the whole app",
                  "Set global_validation.require_authentication to true and the action to Return401 or "
                  "RedirectToLoginPage; exclude single paths only",
                  checks=AUTHENTICATION_ROWS),
    identity_rule(206, Severity.MEDIUM, "App Service authenticates callers before they reach the app",
                  "an app that forgets the check on one page is open there",
                  "Add an azure_native.web.WebAppAuthSettingsV2 for it (WebAppAuthSettingsV2Slot for a slot), or "
                  "require client certificates",
                  plan_predicate=_requires_authentication, types=SITES),
    identity_rule(207, Severity.HIGH, "App Service apps use a managed identity, and publishing passwords are disabled",
                  "anyone who has a publishing password or connection string can use it, and it does not expire",
                  "Assign an identity, use it for image pulls and storage, and set allow to false on WebAppFtpAllowed "
                  "and WebAppScmAllowed",
                  checks=IDENTITY_ROWS),
)  # fmt: skip
