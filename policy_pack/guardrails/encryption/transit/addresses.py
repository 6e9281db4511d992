"""Addresses that a service calls, or to which it delivers, must use HTTPS.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it).
"""

import re

from ...engine.conditions import NOT_TRUE, SET, Condition, none_of, one_of
from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.rows import Check, Guardrail, Severity, aws, azure
from ...engine.verdicts import Verdict
from .reasons import PLAINTEXT

_PLAIN_SCHEME = lazy_regex(
    r"(?:http|ws|tcp|mqtt|amqp|nats|redis|ldap|ftp|stomp)://(?!(?:[^@/]*@)?(?:localhost|127\.|\[::1\]))", re.IGNORECASE
)
NOT_PLAINTEXT = Condition(
    "must not begin with http:// or ws://",
    lambda value: not str(value).strip().lower().startswith(("http://", "ws://")),
    missing=Verdict.PASS,
)

ENCRYPTED_SCHEME = Condition(
    "must not have a scheme without TLS, such as http://, tcp:// or amqp://",
    lambda value: not _PLAIN_SCHEME.match(str(value).strip()),
    missing=Verdict.PASS,
)
"""Addresses of brokers, stores and APIs that a building block of Dapr calls, but for those of its own pod
(dapr/docs 0748da59, components of MQTT, RabbitMQ and JetStream, and `url` of supported-bindings/http.md; read
2026-11-29)."""

AWS_ROWS = (
    Check(aws("sns/TopicSubscription"), "protocol", none_of("http")),
    # The URI of a service or a function is an ARN (botocore 0e6e2404, apigateway, PutIntegration, and apigatewayv2,
    # CreateIntegration, read 2026-12-01).
    Check(aws("apigateway/Integration"), "uri", NOT_PLAINTEXT, when=("type", none_of("AWS", "AWS_PROXY"))),
    Check(
        aws("apigatewayv2/Integration"),
        "integrationUri",
        NOT_PLAINTEXT,
        when=("integrationType", none_of("AWS", "AWS_PROXY")),
    ),
    # With a VPC link the URI is a listener's ARN, and tlsConfig decides whether TLS is used.
    Check(
        aws("apigatewayv2/Integration"),
        "tlsConfig.serverNameToVerify",
        SET,
        when=("connectionType", one_of("VPC_LINK")),
    ),
    Check(aws("apigateway/Integration"), "tlsConfig?.insecureSkipVerification", NOT_TRUE),
    Check(aws("cloudwatch/EventApiDestination"), "invocationEndpoint", NOT_PLAINTEXT),
    Check(aws("appsync/DataSource"), "httpConfig?.endpoint", NOT_PLAINTEXT),
)

AZURE_ROWS = (
    Check(azure("app:DaprComponent", "app:ConnectedEnvironmentsDaprComponent"), "metadata[*].value", ENCRYPTED_SCHEME),
    Check(azure("apimanagement:Backend", "apimanagement:WorkspaceBackend"), "url", NOT_PLAINTEXT),
    Check(azure("apimanagement:Api", "apimanagement:WorkspaceApi"), "serviceUrl", NOT_PLAINTEXT),
    Check(azure("apimanagement:Api", "apimanagement:WorkspaceApi"), "protocols", none_of("http", "ws")),
    Check(azure("containerregistry:Webhook"), "serviceUri", NOT_PLAINTEXT),
    Check(azure("monitor:ActionGroup", "monitor:TenantActionGroup"), "webhookReceivers[*].serviceUri", NOT_PLAINTEXT),
    Check(azure("monitor:AutoscaleSetting"), "notifications[*].webhooks[*].serviceUri", NOT_PLAINTEXT),
)

_REMEDY = "Use an address that begins with https://"


ADDRESS_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(408, Severity.HIGH, "AWS services call and deliver to HTTPS addresses only",
                 PLAINTEXT, _REMEDY,
                 checks=AWS_ROWS),
    transit_rule(415, Severity.HIGH, "Azure services call and deliver to HTTPS addresses only",
                 PLAINTEXT, _REMEDY,
                 checks=AZURE_ROWS),
)  # fmt: skip
