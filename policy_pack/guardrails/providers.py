"""How a program's providers sign in, and whether they check whom they talk to.

Property names checked against pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes 4.34.2 on 2026-11-25.
Left out on purpose: what the environment gives them, which no plan shows, and tokens in a kubeconfig, which may end.
"""

from collections.abc import Iterator

import yaml

from .conditions import is_filled, is_true
from .controls import IDENTITY, TRANSIT
from .reading import MISSING, UNKNOWN, Plain, Resource, from_json, leaves
from .rows import Concern, Guardrail, Severity
from .verdicts import Outcome, failed, passed

_AWS, _AZURE, _KUBERNETES = (f"pulumi:providers:{name}" for name in ("aws", "azure-native", "kubernetes"))
_LASTING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _AWS: (("secretKey",), ("token",)),
    _AZURE: (("clientSecret", "clientCertificatePassword"), ("useOidc", "useMsi")),
}
"""Provider -> what it signs in with that does not end, and what beside it says that this one does, or is not used."""


def _is_stated(value: Plain) -> bool:
    return value is UNKNOWN or (value not in (MISSING, None, "false", False) and is_filled(value))


def _signs_in(provider: Resource) -> Iterator[Outcome]:
    lasting, ending = _LASTING[provider.type]
    found = next((key for key in lasting if _is_stated(provider.get(key))), "")
    ends = any(_is_stated(provider.get(key)) for key in ending)
    yield failed(f"{found} does not end, and is in the program or its state", found) if found and not ends else passed()


def _kubeconfig(value: Plain) -> Plain:
    """The object that a kubeconfig is, as JSON or YAML; what is a path or not known yet stays as it is."""
    document = from_json(value)
    if not isinstance(document, str):
        return document
    try:
        return yaml.safe_load(document)
    except yaml.YAMLError:
        return document


def _trusting(provider: Resource) -> Iterator[str]:
    """The properties that talk to whoever answers, or in plain text."""
    if is_true(provider.get("insecure")):
        yield "insecure"
    for path, key, value in leaves(from_json(provider.get("endpoints")), "endpoints"):
        if isinstance(value, str) and value.lower().startswith("http://"):
            yield path or key
    found = _kubeconfig(provider.get("kubeconfig"))
    for path, key, value in leaves(found, "kubeconfig") if isinstance(found, dict) else ():
        plain = key == "server" and isinstance(value, str) and value.lower().startswith("http://")
        if plain or (key == "insecure-skip-tls-verify" and is_true(value)):
            yield path


def _checks(provider: Resource) -> Iterator[Outcome]:
    trusting = list(_trusting(provider))
    for path in trusting:
        yield failed(f"{path} lets it talk to whoever answers", path)
    if not trusting:
        yield passed()


PROVIDER_TRANSIT: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-ENC-407",
        concern=Concern.ENCRYPTION,
        severity=Severity.HIGH,
        what="Providers talk TLS, and check whom they talk to",
        why="whoever answers in a cloud's or a cluster's place is given its passwords",
        remedy="Remove insecure and insecure-skip-tls-verify, and name https addresses",
        controls=TRANSIT,
        predicate=_checks,
        about=(_AWS, _KUBERNETES),
    ),
)
PROVIDER_IDENTITY: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-IDN-114",
        concern=Concern.IDENTITY,
        severity=Severity.HIGH,
        what="Providers sign in with what ends by itself",
        why="the key of a pipeline opens everything that it deploys, and does not end",
        remedy="Let the pipeline sign in by OIDC or with a role, and remove secret_key or client_secret",
        controls=IDENTITY,
        predicate=_signs_in,
        about=tuple(_LASTING),
    ),
)
