"""TLS of Classic Load Balancers. A policy lists the protocols and ciphers that are enabled."""

import re
from collections.abc import Iterator

from ...engine.conditions import is_true
from ...engine.reading import Plain, Resource, walk
from ...engine.rows import aws
from ...engine.verdicts import Outcome, Verdict, failed, passed
from ...readers.tls import LOAD_BALANCER

CLASSIC_POLICIES = aws("elb/LoadBalancerPolicy", "elb/SslNegotiationPolicy")
_OUTDATED = re.compile(
    r"Protocol-(?:SSLv[23]|TLSv1(?:\.1)?)|.*(?:RC4|ARCFOUR|DES|MD5|NULL|EXP|ADH|IDEA|SEED|KRB5).*", re.IGNORECASE
)
"""Protocols before TLS 1.2, and weak ciphers (RFC 7525, 4.1, and RFC 8996)."""
_REFERENCE = "Reference-Security-Policy"


def _judge_attribute(name: Plain, value: Plain, path: str) -> Outcome:
    if name == _REFERENCE:
        is_outdated = LOAD_BALANCER.judge(value) is Verdict.FAIL
        return failed(f"{path} {LOAD_BALANCER.requirement}", path) if is_outdated else passed()
    if isinstance(name, str) and _OUTDATED.fullmatch(name) and is_true(value):
        return failed(f"{path} enables {name}", path)
    return passed()


def check_negotiation_policy(resource: Resource) -> Iterator[Outcome]:
    """Checks that a policy enables no outdated protocols and ciphers, directly or through a predefined policy of
    AWS."""
    for key in ("policyAttributes", "attributes"):
        for path, item in walk(resource.props, f"{key}[*]"):
            for entry in item if isinstance(item, list) else [item]:
                if isinstance(entry, dict):
                    yield _judge_attribute(entry.get("name"), entry.get("value"), path)
