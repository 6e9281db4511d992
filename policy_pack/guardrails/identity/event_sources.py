"""Event sources that take events from whoever calls them: an event starts what its sensors start.

A webhook of Argo Events asks for a token if `authSecret` is set, and for none otherwise (argoproj/argo-events 1dc182bc,
pkg/eventsources/common/webhook/webhook.go, read 2026-11-28). Sources that are called by a service check what the
service signs, if they have the secret (EventSource types, read 2026-11-28). Whether a gateway leads to the source does
not matter: each pod of the cluster reaches it. Sources to which their service can send neither, such as Stripe and
Bitbucket Cloud, are not evaluated.
"""

from collections.abc import Iterator, Mapping

from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, equals_bool, objects

_SECRETS: Mapping[str, str] = {
    "webhook": "authSecret",
    "github": "webhookSecret",
    "gitlab": "secretToken",
    "bitbucketserver": "webhookSecret",
    "slack": "signingSecret",
    "sns": "validateSignature",
}
"""Kind of source -> the field by which it checks who calls."""


def check_event_sources(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each source that listens for calls. A patch may leave out what is set elsewhere."""
    for item in objects(resource, "EventSource"):
        for kind, field in _SECRETS.items():
            sources = item.child("spec").child(kind)
            for source in () if item.is_patch else map(sources.child, sources.data):
                is_checked = any(map(_is_set, (source.get(field), source.child("webhook").get("authSecret"))))
                path = source.path_to(field)
                text = f"{path} is not set, so that whoever calls starts what the events start"
                yield passed() if is_checked or not _listens(kind, source) else failed(text, path)


def _is_set(value: object) -> bool:
    return value is not MISSING and value != {} and not equals_bool(value, False)  # type: ignore[arg-type]


def _listens(kind: str, source: ObjectPart) -> bool:
    return bool(source.data) and (kind == "webhook" or bool(source.child("webhook").data))
