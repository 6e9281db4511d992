"""What is reported, and what is not, beside good programs on AWS: findings that block nothing."""

import pytest

from .blind import aws
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
METHOD = {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST"}


def rest(kind: str) -> Given:
    return aws("apigateway/Integration", {**METHOD, "type": kind, "uri": UNKNOWN})


def http(kind: str) -> Given:
    return aws("apigatewayv2/Integration", {"apiId": UNKNOWN, "integrationType": kind, "integrationUri": UNKNOWN})


@pytest.mark.parametrize("integration", [rest("AWS_PROXY"), rest("AWS"), http("AWS_PROXY")])
def test_the_address_of_a_function_is_an_arn(integration: Given) -> None:
    assert "FJ-ENC-408" not in rules(PACK.evaluate_resource(integration))


@pytest.mark.parametrize("integration", [rest("HTTP_PROXY"), rest("HTTP"), http("HTTP_PROXY"), rest(UNKNOWN)])
def test_the_address_of_a_server_may_be_plain(integration: Given) -> None:
    assert "FJ-ENC-408" in rules(PACK.evaluate_resource(integration))
