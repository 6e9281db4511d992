"""Endpoints of SageMaker: each is charged once, by the variants of its configuration, which costs nothing itself."""

from typing import Any

import pytest

from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
CONFIGURATION, ENDPOINT = "aws:sagemaker/endpointConfiguration:EndpointConfiguration", "aws:sagemaker/endpoint:Endpoint"
MACHINES = {"instanceType": "ml.m6g.large", "initialInstanceCount": 2}
SERVERLESS = {"serverlessConfig": {"maxConcurrency": 5, "memorySizeInMb": 2048}}
WARM = {"serverlessConfig": {"maxConcurrency": 5, "provisionedConcurrency": 200}}


def configuration(name: str, *variants: Any, **more: Any) -> tuple[Any, ...]:
    """Returns a configuration of an endpoint."""
    return (CONFIGURATION, name, {"name": name, "productionVariants": list(variants), **more}, PROVIDER)


def endpoint(name: str, of: Any, *linked: str) -> tuple[Any, ...]:
    """Returns an endpoint, with the configurations from which the name of its own comes."""
    links = {"dependencies": {"endpointConfigName": [urn(CONFIGURATION, each) for each in linked]}}
    return (ENDPOINT, name, {"endpointConfigName": of}, PROVIDER | links)


def charged(*rows: Any) -> list[tuple[str, Basis]]:
    """Returns the names of resources that are charged, and for what."""
    return [(line.name, line.charge.basis) for line in priced(plan(AWS, *rows)).lines]


@pytest.mark.parametrize(
    ("variants", "more", "basis"),
    [
        ([MACHINES], {}, Basis.BASELINE),
        ([SERVERLESS], {}, Basis.USAGE),
        ([SERVERLESS, SERVERLESS], {}, Basis.USAGE),
        ([SERVERLESS, MACHINES], {}, Basis.BASELINE),
        ([WARM], {}, Basis.BASELINE),
        ([SERVERLESS], {"shadowProductionVariants": [MACHINES]}, Basis.BASELINE),
        ([SERVERLESS], {"shadowProductionVariants": UNKNOWN}, Basis.BASELINE),
        ([], {}, Basis.BASELINE),
        ([UNKNOWN], {}, Basis.BASELINE),
        ([SERVERLESS], {"productionVariants": UNKNOWN}, Basis.BASELINE),
    ],
)
def test_an_endpoint_is_charged_once_by_its_variants(variants: list[Any], more: dict[str, Any], basis: Basis) -> None:
    given = configuration("c", *variants, **more)
    for row in (endpoint("e", "c"), endpoint("e", UNKNOWN, "c")):
        assert charged(given, row) == [("e", basis)]


def test_a_configuration_without_an_endpoint_costs_nothing() -> None:
    assert charged(configuration("c", MACHINES)) == []


def test_endpoints_of_one_configuration_are_charged_each() -> None:
    rows = (configuration("c", MACHINES), endpoint("one", "c"), endpoint("two", UNKNOWN, "c"))
    assert charged(*rows) == [("one", Basis.BASELINE), ("two", Basis.BASELINE)]


def test_an_endpoint_of_a_configuration_elsewhere_is_charged() -> None:
    for of in ("elsewhere", UNKNOWN):
        assert charged(configuration("c", SERVERLESS), endpoint("e", of)) == [("e", Basis.BASELINE)]


def test_an_endpoint_that_may_have_machines_is_charged_for_them() -> None:
    rows = (configuration("idle", SERVERLESS), configuration("busy", MACHINES))
    assert charged(*rows, endpoint("e", UNKNOWN, "idle", "busy")) == [("e", Basis.BASELINE)]
