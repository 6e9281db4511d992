"""Rules of HTTP listeners: they go before the listener's default action, so that they could serve what it redirects.

Elastic Load Balancing, "Listener rules for your Application Load Balancer" (read 2026-11-27).
"""

from collections.abc import Iterator

from ...engine.plan import Plan
from ...engine.reading import MISSING, Resource, walk
from ...engine.rows import aws
from ...engine.verdicts import Outcome, failed, passed
from ...readers.related_resources import refers_to

LISTENER_RULES = aws("lb/ListenerRule", "alb/ListenerRule")
_LISTENERS = aws("lb/Listener", "alb/Listener")
_HARMLESS = ("redirect", "fixed-response")


def check_listener_rule(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a rule of a listener without TLS redirects to HTTPS or refuses requests."""
    if resource.type not in LISTENER_RULES or not any(map(_is_plain, _listeners_of(resource, plan))):
        return
    for path, action in walk(resource.props, "actions"):
        for index, item in enumerate(action if isinstance(action, list) else [action]):
            kind = item.get("type") if isinstance(item, dict) else MISSING
            targets = [value for _, value in walk(item, "redirect?.protocol")]
            redirects = kind in _HARMLESS and "HTTP" not in targets
            sentence = f"{path}[{index}] serves plain HTTP; only a redirect to HTTPS is allowed"
            yield passed() if redirects else failed(sentence, f"{path}[{index}]")


def _listeners_of(resource: Resource, plan: Plan) -> Iterator[Resource]:
    return (item for item in plan.of_type(*_LISTENERS) if refers_to(resource, item, "listenerArn", ("arn",)))


def _is_plain(listener: Resource) -> bool:
    protocol = listener.get("protocol")
    return str(protocol).upper() == "HTTP" or (protocol is MISSING and listener.get("port") is not MISSING)
