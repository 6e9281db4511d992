"""Provider credentials and endpoints; credentials never appear in a message."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, secret

PACK = Pack()
AWS, AZURE, KUBERNETES = (f"pulumi:providers:{name}" for name in ("aws", "azure-native", "kubernetes"))
RULES = ("FJ-ENC-407", "FJ-IDN-114")
CREDENTIAL = "never-to-be-reported"


def _report(kind: str, **props: Any) -> set[str]:
    reports = PACK.evaluate_resource(Given(kind, {"region": "me-central-1", **props}))
    assert not any(CREDENTIAL in item.text for item in reports)
    return {item.rule for item in reports if item.rule in RULES}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (AWS, {}, set()),
        (AWS, {"secretKey": CREDENTIAL}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": secret(CREDENTIAL)}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": UNKNOWN}, {"FJ-IDN-114"}),
        (AWS, {"secretKey": CREDENTIAL, "token": CREDENTIAL}, set()),
        (AWS, {"secretKey": ""}, set()),
        (AZURE, {"clientSecret": CREDENTIAL}, {"FJ-IDN-114"}),
        (AZURE, {"clientSecret": CREDENTIAL, "useOidc": "true"}, set()),
        (AZURE, {"clientSecret": CREDENTIAL, "useOidc": "false"}, {"FJ-IDN-114"}),
        (AZURE, {"useMsi": "true"}, set()),
    ],
)
def test_providers_use_temporary_credentials(token: str, props: dict[str, Any], expected: set[str]) -> None:
    assert _report(token, **props) == expected


def _config(**cluster: object) -> dict[str, Any]:
    cluster_settings = {"server": "https://api.example.ae:6443", **cluster}
    return {
        "clusters": [{"name": "a", "cluster": cluster_settings}],
        "users": [{"name": "a", "user": {"token": CREDENTIAL}}],
    }


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        ({}, set()),
        ({"insecure-skip-tls-verify": True}, {"FJ-ENC-407"}),
        ({"insecure-skip-tls-verify": False}, set()),
        ({"server": "http://api.example.ae:8080"}, {"FJ-ENC-407"}),
    ],
)
def test_kubeconfigs_verify_the_certificate_of_the_cluster(cluster: dict[str, object], expected: set[str]) -> None:
    config = _config(**cluster)
    lines = [f"{key}: {json.dumps(value)}" for key, value in config.items()]
    for kubeconfig in (json.dumps(config), secret(json.dumps(config)), "\n".join(lines)):
        assert _report(KUBERNETES, kubeconfig=kubeconfig) == expected


@pytest.mark.parametrize("kubeconfig", [UNKNOWN, "~/.kube/config", "{", ""])
def test_an_unreadable_kubeconfig_is_not_reported(kubeconfig: str) -> None:
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
def test_aws_endpoints_use_verified_tls(props: dict[str, Any], expected: set[str]) -> None:
    assert _report(AWS, **props) == expected
