"""How providers sign in, and whom they talk to; nothing of what they sign in with is ever told."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, secret

PACK = Pack()
AWS, AZURE, KUBERNETES = (f"pulumi:providers:{name}" for name in ("aws", "azure-native", "kubernetes"))
RULES = ("FJ-ENC-407", "FJ-IDN-114")
HIDDEN = "never-to-be-told"


def _report(kind: str, **props: Any) -> set[str]:
    found = PACK.evaluate_resource(Given(kind, {"region": "me-central-1", **props}))
    assert not any(HIDDEN in item.text for item in found)
    return {item.rule for item in found if item.rule in RULES}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (AWS, {}, set()),
        (AWS, {"secretKey": HIDDEN}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": secret(HIDDEN)}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": UNKNOWN}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": HIDDEN, "token": HIDDEN}, set()),
        (AWS, {"secretKey": ""}, set()),
        (AZURE, {"clientSecret": HIDDEN}, {"FJ-IDN-114"}),
        (AZURE, {"clientSecret": HIDDEN, "useOidc": "true"}, set()),
        (AZURE, {"clientSecret": HIDDEN, "useOidc": "false"}, {"FJ-IDN-114"}),
        (AZURE, {"useMsi": "true"}, set()),
    ],
)
def test_providers_sign_in_with_what_ends(token: str, props: dict[str, Any], expected: set[str]) -> None:
    assert _report(token, **props) == expected


def _config(**cluster: object) -> dict[str, Any]:
    stated = {"server": "https://api.example.ae:6443", **cluster}
    return {"clusters": [{"name": "a", "cluster": stated}], "users": [{"name": "a", "user": {"token": HIDDEN}}]}


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        ({}, set()),
        ({"insecure-skip-tls-verify": True}, {"FJ-ENC-407"}),
        ({"insecure-skip-tls-verify": False}, set()),
        ({"server": "http://api.example.ae:8080"}, {"FJ-ENC-407"}),
    ],
)
def test_a_cluster_is_known_by_its_certificate(cluster: dict[str, object], expected: set[str]) -> None:
    config = _config(**cluster)
    lines = [f"{key}: {json.dumps(value)}" for key, value in config.items()]
    for kubeconfig in (json.dumps(config), secret(json.dumps(config)), "\n".join(lines)):
        assert _report(KUBERNETES, kubeconfig=kubeconfig) == expected


@pytest.mark.parametrize("kubeconfig", [UNKNOWN, "~/.kube/config", "{", ""])
def test_what_cannot_be_read_is_not_blamed(kubeconfig: str) -> None:
    assert _report(KUBERNETES, kubeconfig=kubeconfig) == set()


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"insecure": "true"}, {"FJ-ENC-407"}),
        ({"insecure": "false"}, set()),
        ({"endpoints": json.dumps([{"s3": "http://localhost:4566"}])}, {"FJ-ENC-407"}),
        ({"endpoints": json.dumps([{"s3": "https://s3.me-central-1.amazonaws.com"}])}, set()),
    ],
)
def test_aws_is_known_by_its_certificate(props: dict[str, Any], expected: set[str]) -> None:
    assert _report(AWS, **props) == expected
