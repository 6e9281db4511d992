"""Credentials of the providers of a program.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25. Not checked: credentials
from the environment, which no plan shows, and tokens in a kubeconfig, which may expire.
"""

from collections.abc import Iterator

from ..engine.conditions import is_filled
from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed

_AWS, _AZURE = "pulumi:providers:aws", "pulumi:providers:azure-native"
_CREDENTIALS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _AWS: (("secretKey",), ("token",)),
    _AZURE: (("clientSecret", "clientCertificatePassword"), ("useOidc", "useMsi")),
}
"""Provider -> the properties of long-lived credentials, and the properties that show that these are temporary or
unused."""


def _is_set(value: Plain) -> bool:
    return value is UNKNOWN or (value not in (MISSING, None, "false", False) and is_filled(value))


def _uses_short_lived_credentials(provider: Resource) -> Iterator[Outcome]:
    long_lived_keys, short_lived_keys = _CREDENTIALS[provider.type]
    credential = next((key for key in long_lived_keys if _is_set(provider.get(key))), "")
    is_short_lived = any(_is_set(provider.get(key)) for key in short_lived_keys)
    yield (
        failed(f"{credential} does not expire, and is stored in the program or its state", credential)
        if credential and not is_short_lived
        else passed()
    )


PROVIDER_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(114, Severity.HIGH, "Providers use short-lived credentials",
                  "a pipeline's key gives access to everything that it deploys, and does not expire",
                  "Use OIDC or a role in the pipeline, and remove secret_key or client_secret",
                  predicate=_uses_short_lived_credentials, types=tuple(_CREDENTIALS)),
)  # fmt: skip
