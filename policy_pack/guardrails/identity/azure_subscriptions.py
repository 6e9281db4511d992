"""Other subscriptions of Azure that a resource names are listed.

Who owns the subscription of a resource decides who reads, changes and deletes it, and where its data goes. The rule
reads every property and text. It applies as soon as a subscription is known to be one's own: the provider states it
(`subscriptionId`), or the settings list one under `identity.trusted`. As soon as one is listed, providers deploy to
listed subscriptions only.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed
from ..readers.texts import read_texts

_PROVIDER = "pulumi:providers:azure-native"
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IN_ID = lazy_regex(rf"/subscriptions/({_ID})(?![0-9a-f-])", re.IGNORECASE)
_ALONE = lazy_regex(_ID, re.IGNORECASE)
_KEY = lazy_regex(r"(?:.*[^a-z])?subscription_?ids?|.*SubscriptionIds?", re.IGNORECASE)
"""Keys whose value is a subscription by itself, such as subscriptionId and AZURE_SUBSCRIPTION_ID."""

_OFFERED = lazy_regex(r"service\.beta\.kubernetes\.io/azure-pls-(?:visibility|auto-approval)")
"""Annotations with the subscriptions that see the private link of a service, or connect to it (kubernetes-sigs/
cloud-provider-azure 7b31c76c pkg/consts/consts.go, read 2026-11-29)."""


def _named(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the subscriptions that a resource names, as (path, id in lower case)."""
    for leaf in read_texts(resource).leaves:
        if not isinstance(leaf.value, str):
            continue
        for name in _IN_ID.findall(leaf.value):
            yield leaf.path, name.lower()
        if _KEY.fullmatch(leaf.key) and _ALONE.fullmatch(leaf.value.strip()):
            yield leaf.path, leaf.value.strip().lower()
        if _OFFERED.fullmatch(leaf.key):
            yield from ((leaf.path, name.lower()) for name in _ALONE.findall(leaf.value))


def _ids(items: Collection[str]) -> frozenset[str]:
    return frozenset(name.lower() for item in items for name in _IN_ID.findall(item))


def _check_subscriptions(trusted: Collection[str], confirmed: Collection[str]) -> Predicate:
    listed, others = _ids(trusted), _ids(confirmed)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        is_provider = resource.type == _PROVIDER
        stated = "" if resource.provider is None else str(resource.provider.get("subscriptionId")).lower()
        known = listed if is_provider or not _ALONE.fullmatch(stated) else listed | {stated}
        for path, name in dict.fromkeys(_named(resource)) if known else ():
            if name not in known | others or (is_provider and name not in listed):
                verb = "deploys to" if is_provider else "names"
                yield failed(f"{path} {verb} subscription {name}, which is neither the provider's nor listed", path)

    return predicate


def subscription_guardrail(trusted: Collection[str], confirmed: Collection[str]) -> Guardrail:
    """Returns the guardrail. `trusted` are the subscriptions that the settings list, as `/subscriptions/ID`;
    `confirmed` are resources outside the plan that are confirmed, so that their subscriptions may be named."""
    return identity_rule(
        213,
        Severity.CRITICAL,
        "Other subscriptions of Azure that a resource names are listed",
        "who owns a subscription decides who reads, changes and deletes what is in it",
        "Name a resource of the stack's own subscription, or list /subscriptions/ID with its owner under "
        "identity.trusted in enforcement.yaml",
        predicate=_check_subscriptions(trusted, confirmed),
        types=("azure-native:", "aws:", "kubernetes:", _PROVIDER),
    )
