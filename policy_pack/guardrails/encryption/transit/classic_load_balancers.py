"""TLS of Classic Load Balancers. A policy lists the protocols and ciphers that are enabled."""

import re
from collections.abc import Iterator

from ...engine.conditions import is_true
from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.plan import Plan
from ...engine.reading import UNKNOWN, Plain, Resource, one_or_many, walk
from ...engine.rows import Guardrail, Severity, aws
from ...engine.verdicts import Outcome, Verdict, failed, passed
from ...readers.related_resources import related_to
from ...readers.tls import LOAD_BALANCER
from .reasons import PLAINTEXT

CLASSIC_POLICIES = aws("elb/LoadBalancerPolicy", "elb/SslNegotiationPolicy")
_OUTDATED = lazy_regex(
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
            for entry in one_or_many(item):
                if isinstance(entry, dict):
                    yield _judge_attribute(entry.get("name"), entry.get("value"), path)


_LOAD_BALANCER = aws("elb/LoadBalancer")
_ATTACHMENTS = {
    **dict.fromkeys(aws("elb/ListenerPolicy"), ("loadBalancerName", "loadBalancerPort")),
    **dict.fromkeys(aws("elb/SslNegotiationPolicy"), ("loadBalancer", "lbPort")),
}
"""Type that gives a listener a security policy -> its properties with the load balancer and the port."""


def _has_policy(load_balancer: Resource, port: Plain, plan: Plan) -> bool:
    return any(
        UNKNOWN in (port, item.get(port_key)) or item.get(port_key) == port
        for token, (link, port_key) in _ATTACHMENTS.items()
        for item in related_to(load_balancer, plan, (token,), link, ("name",))
    )


def _check_listeners(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a resource of the stack sets the security policy of each listener with TLS. Without one, AWS uses
    ELBSecurityPolicy-2016-08, which accepts TLS 1.0 (Classic Load Balancers User Guide, 2026-11)."""
    for path, listener in walk(resource.props, "listeners[*]"):
        for index, item in enumerate(one_or_many(listener)):
            if not isinstance(item, dict) or str(item.get("lbProtocol")).lower() not in ("https", "ssl"):
                continue
            at = f"{path}[{index}]"
            text = f"{at} has no security policy, and the default ELBSecurityPolicy-2016-08 accepts TLS 1.0"
            yield passed() if _has_policy(resource, item.get("lbPort"), plan) else failed(text, at)


CLASSIC_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(409, Severity.MEDIUM, "Listeners of Classic Load Balancers with TLS have a security policy",
                 PLAINTEXT,
                 "Add an aws.elb.SslNegotiationPolicy with the attribute Protocol-TLSv1.2 for the listener, or use "
                 "aws.lb.LoadBalancer with ssl_policy ELBSecurityPolicy-TLS13-1-2-2021-06",
                 plan_predicate=_check_listeners, types=_LOAD_BALANCER),
)  # fmt: skip
