"""Sign-in and rights of Kafka by settings of its own (Strimzi's `type: custom`) that say which check is made.

Since version 1.0.0 of Strimzi, tokens and Keycloak are configured as `custom`, with programs that are in its images
(strimzi/strimzi-kafka-operator 8541da1e, CHANGELOG and packaging/examples/security/keycloak-authorization, read
2026-11-29), and so is Open Policy Agent, which `type: opa` stood for. `data/object_values.csv` lists the programs that
are reviewed; here one must be given, because without it
Kafka makes no check, and believes tokens of OAUTHBEARER that nobody signed (apache/kafka 1eb76443,
docs/security.html, read 2026-11-29).
"""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_GROUP = "kubernetes:kafka.strimzi.io/"
_CUSTOM = "custom"
_NOT_GIVEN = (MISSING, "")
_CHECKED_BY_KAFKA = frozenset({"SCRAM-SHA-256", "SCRAM-SHA-512", "GSSAPI"})
"""Mechanisms whose callers Kafka checks itself (apache/kafka 1eb76443, docs/security.html, read 2026-11-29)."""


def _is_checked(sign_in: ObjectPart) -> bool:
    """Returns whether the settings of a listener give a program for each mechanism, or ask for certificates."""
    config = sign_in.child("listenerConfig")
    mechanisms = config.get("sasl.enabled.mechanisms")
    if UNKNOWN in (sign_in.get("listenerConfig"), mechanisms, config.get("ssl.client.auth")):
        return True
    if sign_in.get("sasl") in (True, "true", UNKNOWN):
        texts = mechanisms.split(",") if isinstance(mechanisms, str) else [""]
        names = {text.strip().upper() for text in texts} - _CHECKED_BY_KAFKA
        handlers = (config.get(f"{name.lower()}.sasl.server.callback.handler.class") for name in names)
        return all(handler not in _NOT_GIVEN for handler in handlers)
    return config.get("ssl.client.auth") == "required"


def unchecked_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each listener of Kafka, and for its rights, that are `custom` without a check."""
    brokers = objects(resource, "Kafka") if resource.type.startswith(_GROUP) else ()
    for broker in brokers:
        kafka = broker.child("spec").child("kafka")
        for listener in kafka.children("listeners"):
            sign_in = listener.child("authentication")
            if sign_in.get("type") == _CUSTOM and not sign_in.is_patch and not _is_checked(sign_in):
                path = sign_in.path_to("listenerConfig")
                yield failed(f"{path} must give a callback handler for each mechanism of SASL, or ssl.client.auth: "
                             "required: otherwise nobody decides who is let in", path)  # fmt: skip
        rights = kafka.child("authorization")
        if rights.get("type") == _CUSTOM and not rights.is_patch and rights.get("authorizerClass") in _NOT_GIVEN:
            path = rights.path_to("authorizerClass")
            yield failed(f"{path} must be set: otherwise nobody decides who may do what", path)
