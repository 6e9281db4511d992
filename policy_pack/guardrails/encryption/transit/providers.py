"""Checks whether the providers of a program verify the endpoints to which they connect.

Property names checked against pulumi-aws 7.51.1 and pulumi-kubernetes 4.34.2 on 2026-11-25. Not checked: settings from
the environment, which no plan shows.
"""

from collections.abc import Iterator

import yaml

from ...engine.conditions import is_true
from ...engine.families import transit_rule
from ...engine.reading import Plain, Resource, from_json, leaves
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed

_AWS, _KUBERNETES = "pulumi:providers:aws", "pulumi:providers:kubernetes"


def _kubeconfig(value: Plain) -> Plain:
    """Returns a kubeconfig as an object, from JSON or YAML. Returns a path or an unknown value unchanged."""
    document = from_json(value)
    if not isinstance(document, str):
        return document
    try:
        return yaml.safe_load(document)
    except yaml.YAMLError:
        return document


def _unverified_properties(provider: Resource) -> Iterator[str]:
    """Yields the paths of properties that disable TLS or the verification of the endpoint."""
    if is_true(provider.get("insecure")):
        yield "insecure"
    for path, key, value in leaves(from_json(provider.get("endpoints")), "endpoints"):
        if isinstance(value, str) and value.lower().startswith("http://"):
            yield path or key
    kubeconfig = _kubeconfig(provider.get("kubeconfig"))
    for path, key, value in leaves(kubeconfig, "kubeconfig") if isinstance(kubeconfig, dict) else ():
        is_plaintext = key == "server" and isinstance(value, str) and value.lower().startswith("http://")
        if is_plaintext or (key == "insecure-skip-tls-verify" and is_true(value)):
            yield path


def _check_endpoints(provider: Resource) -> Iterator[Outcome]:
    unverified = list(_unverified_properties(provider))
    for path in unverified:
        yield failed(f"{path} disables TLS or the verification of the endpoint", path)
    if not unverified:
        yield passed()


PROVIDER_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(407, Severity.HIGH, "Providers use TLS and verify the endpoint",
                 "an endpoint that is not verified can be an impostor, which then receives the credentials",
                 "Remove insecure and insecure-skip-tls-verify, and use https addresses",
                 predicate=_check_endpoints, types=(_AWS, _KUBERNETES)),
)  # fmt: skip
