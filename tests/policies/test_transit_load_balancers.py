"""TLS of load balancers and their listeners."""

import pytest

from .harness import STRICT, UNKNOWN, Given, Pack, blocking

CLASSIC = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy"


@pytest.mark.parametrize(
    ("name", "value", "is_good"),
    [
        ("Protocol-TLSv1.2", "true", True),
        ("Protocol-TLSv1.1", "true", False),
        ("Protocol-SSLv3", True, False),
        ("Protocol-SSLv3", "false", True),
        ("DES-CBC3-SHA", "true", False),
        ("ECDHE-RSA-AES128-GCM-SHA256", "true", True),
        ("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01", True),
        ("Reference-Security-Policy", "ELBSecurityPolicy-2016-08", False),
        ("Reference-Security-Policy", UNKNOWN, True),
    ],
)
def test_classic_load_balancers_allow_no_old_protocols_or_ciphers(name: str, value: object, is_good: bool) -> None:
    reports = Pack(STRICT).evaluate_resource(Given(CLASSIC, {"policyAttributes": [{"name": name, "value": value}]}))
    assert blocking(reports) == (set() if is_good else {"FJ-ENC-401"})


def test_a_listener_without_protocol_is_plaintext_http() -> None:
    listener = "aws:lb/listener:Listener"
    forward = {"defaultActions": [{"type": "forward"}]}
    assert "FJ-ENC-403" in blocking(Pack().evaluate_resource(Given(listener, {"port": 80, **forward})))
    assert "FJ-ENC-403" not in blocking(Pack().evaluate_resource(Given(listener, forward)))
