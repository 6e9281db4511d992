"""TLS of classic load balancers: a policy of theirs is a list of protocols and ciphers that are on."""

import re
from collections.abc import Iterator

from ...engine.conditions import is_true
from ...engine.reading import Plain, Resource, walk
from ...engine.rows import aws
from ...engine.verdicts import Outcome, Verdict, failed, passed
from ...readers.tls import LOAD_BALANCER

CLASSIC_POLICIES = aws("elb/LoadBalancerPolicy", "elb/SslNegotiationPolicy")
_OLD = re.compile(
    r"Protocol-(?:SSLv[23]|TLSv1(?:\.1)?)|.*(?:RC4|ARCFOUR|DES|MD5|NULL|EXP|ADH|IDEA|SEED|KRB5).*", re.IGNORECASE
)
"""Protocols before TLS 1.2, and ciphers that were broken (RFC 7525, 4.1, and RFC 8996)."""
_REFERENCE = "Reference-Security-Policy"


def _attribute(name: Plain, value: Plain, path: str) -> Outcome:
    if name == _REFERENCE:
        is_old = LOAD_BALANCER.judge(value) is Verdict.FAIL
        return failed(f"{path} {LOAD_BALANCER.requirement}", path) if is_old else passed()
    if isinstance(name, str) and _OLD.fullmatch(name) and is_true(value):
        return failed(f"{path} turns on {name}", path)
    return passed()


def negotiation(resource: Resource) -> Iterator[Outcome]:
    """Old protocols and ciphers that a policy turns on, one by one or through a policy of AWS's own."""
    for key in ("policyAttributes", "attributes"):
        for path, item in walk(resource.props, f"{key}[*]"):
            for entry in item if isinstance(item, list) else [item]:
                if isinstance(entry, dict):
                    yield _attribute(entry.get("name"), entry.get("value"), path)
