"""How a program's providers sign in.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25. Not checked: what the
environment gives a provider, which no plan shows, and tokens in a kubeconfig, which may expire.
"""

from collections.abc import Iterator

from ..engine.conditions import is_filled
from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed

_AWS, _AZURE = "pulumi:providers:aws", "pulumi:providers:azure-native"
_PERMANENT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _AWS: (("secretKey",), ("token",)),
    _AZURE: (("clientSecret", "clientCertificatePassword"), ("useOidc", "useMsi")),
}
"""Provider -> its long-lived credentials, and properties that show that they are temporary or not used."""


def _is_stated(value: Plain) -> bool:
    return value is UNKNOWN or (value not in (MISSING, None, "false", False) and is_filled(value))


def _signs_in(provider: Resource) -> Iterator[Outcome]:
    lasting, ending = _PERMANENT[provider.type]
    credential = next((key for key in lasting if _is_stated(provider.get(key))), "")
    ends = any(_is_stated(provider.get(key)) for key in ending)
    yield (
        failed(f"{credential} does not expire, and is stored in the program or its state", credential)
        if credential and not ends
        else passed()
    )


PROVIDER_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(114, Severity.HIGH, "Providers use short-lived credentials",
                  "a pipeline's key gives access to everything that it deploys, and does not expire",
                  "Use OIDC or a role in the pipeline, and remove secret_key or client_secret",
                  predicate=_signs_in, types=tuple(_PERMANENT)),
)  # fmt: skip
