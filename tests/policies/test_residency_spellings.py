"""Regions and locations in every spelling."""

from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, blocking, named, secret

PACK = Pack()


KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


VOLUME = "aws:ebs/volume:Volume"


ACCOUNT = "azure-native:storage:StorageAccount"


ENCRYPTED: dict[str, Any] = {"encrypted": True, "kmsKeyId": KEY}


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    found = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in found
    return rule in found


@pytest.mark.parametrize(
    "region",
    [
        "eu-west-1",
        " EU-West-1 ",
        "me\N{NON-BREAKING HYPHEN}central\N{NON-BREAKING HYPHEN}1",
        "\N{FULLWIDTH LATIN SMALL LETTER M}e-central-1",
        "me-central-1\N{ZERO WIDTH SPACE}",
        "me-central-1,eu-west-1",
        "${AWS::Region}",
        "",
        ["eu-west-1"],
        {"name": "eu-west-1"},
        True,
        secret("eu-west-1"),
        secret(secret("eu-west-1")),
    ],
    ids=named,
)
def test_a_region_abroad_in_any_spelling(region: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": region})


def test_a_region_at_home_in_any_spelling() -> None:
    for region in ("me-central-1", "ME-Central-1", secret("me-central-1"), None):
        assert not refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")


def test_a_provider_may_not_leave_its_place_open() -> None:
    """A provider that a component passes on comes with its inputs; the default one of a machine does not."""
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {})
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": UNKNOWN})


@pytest.mark.parametrize(
    "place", ["West Europe", "WESTEUROPE", " west  europe", "west\N{NO-BREAK SPACE}europe", "global", ""]
)
def test_an_azure_location_abroad_in_any_spelling(place: str) -> None:
    assert refused(ACCOUNT, {"location": place}, "FJ-RES-201")


@pytest.mark.parametrize("place", ["uaenorth", "UAE North", " uae central ", "UAECENTRAL"])
def test_an_azure_location_at_home_in_any_spelling(place: str) -> None:
    assert not refused(ACCOUNT, {"location": place}, "FJ-RES-201")
