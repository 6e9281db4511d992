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


LISTENERS = [{"lbPort": 80, "lbProtocol": "http"}, {"lbPort": 443, "lbProtocol": "HTTPS"}]
BALANCER = Given("aws:elb/loadBalancer:LoadBalancer", {"name": "api", "listeners": LISTENERS}, "api")
NEGOTIATION, ATTACHMENT = "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy", "aws:elb/listenerPolicy:ListenerPolicy"


@pytest.mark.parametrize(
    ("others", "stopped"),
    [
        ((), True),
        ((Given(NEGOTIATION, {"loadBalancer": "api", "lbPort": 443}, "tls"),), False),
        ((Given(ATTACHMENT, {"loadBalancerName": "api", "loadBalancerPort": 443}, "tls"),), False),
        ((Given(ATTACHMENT, {"loadBalancerName": UNKNOWN}, "tls", links={"loadBalancerName": ("api",)}),), True),
        (
            (
                Given(
                    ATTACHMENT,
                    {"loadBalancerName": UNKNOWN, "loadBalancerPort": UNKNOWN},
                    "tls",
                    links={"loadBalancerName": ("api",)},
                ),
            ),
            False,
        ),
        ((Given(NEGOTIATION, {"loadBalancer": "api", "lbPort": 8443}, "tls"),), True),
        ((Given(NEGOTIATION, {"loadBalancer": "other", "lbPort": 443}, "tls"),), True),
        ((Given(CLASSIC, {"loadBalancerName": "api", "policyName": "tls"}, "tls"),), True),
    ],
)
def test_a_classic_listener_with_tls_has_a_policy(others: tuple[Given, ...], stopped: bool) -> None:
    """After the AWS Guard rules registry, elb_predefined_security_policy_ssl_check (2024-03)."""
    assert ("FJ-ENC-409" in blocking(Pack(STRICT).evaluate_stack(BALANCER, *others))) is stopped


def test_a_classic_listener_without_tls_needs_no_policy() -> None:
    for listeners in ([{"lbPort": 80, "lbProtocol": "http"}], [], UNKNOWN):
        plain = Given(BALANCER.type, {"name": "api", "listeners": listeners}, "api")
        assert "FJ-ENC-409" not in blocking(Pack(STRICT).evaluate_stack(plain))
