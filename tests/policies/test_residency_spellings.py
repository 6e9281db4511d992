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
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


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
def test_a_foreign_region_is_refused_in_any_spelling(region: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": region})


def test_a_uae_region_passes_in_any_spelling() -> None:
    for region in ("me-central-1", "ME-Central-1", secret("me-central-1"), None):
        assert not refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")


def test_a_provider_must_have_a_known_region() -> None:
    """A provider that a component passes has inputs; the default provider has none."""
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {})
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": UNKNOWN})


@pytest.mark.parametrize(
    "location", ["West Europe", "WESTEUROPE", " west  europe", "west\N{NO-BREAK SPACE}europe", "global", ""]
)
def test_a_foreign_azure_location_is_refused_in_any_spelling(location: str) -> None:
    assert refused(ACCOUNT, {"location": location}, "FJ-RES-201")


@pytest.mark.parametrize("location", ["uaenorth", "UAE North", " uae central ", "UAECENTRAL"])
def test_a_uae_azure_location_passes_in_any_spelling(location: str) -> None:
    assert not refused(ACCOUNT, {"location": location}, "FJ-RES-201")
