"""Mutating webhooks in a tenant's namespace that change objects of the whole cluster before they are stored."""

from collections.abc import Iterator

from ..engine.reading import Plain
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import asks_a_tenant, tenant_of


def webhook_deed(props: dict[str, Plain]) -> str:
    """Returns what a configuration of mutating webhooks lets a tenant's pod do; empty if nothing."""
    return next(_deeds(ObjectPart("", props)), "")


def _deeds(configuration: ObjectPart) -> Iterator[str]:
    for webhook in configuration.children("webhooks"):
        if asks_a_tenant(webhook):
            yield (
                f"asks a pod of namespace {tenant_of(webhook)}, which is not the platform's, how to change objects of "
                "the cluster before they are stored"
            )
