"""Names of places: regions of all clouds, their zones, hosts and ARNs, in single texts."""

import json
from importlib import resources

import pytest
from guardrails.readers.location_names import AWS_UAE, Form, locations_in
from hypothesis import given
from hypothesis import strategies as st

from falaj.facts.domains import top_level_domains
from falaj.facts.region_names import AWS_REGION, AZURE_REGIONS
from falaj.facts.regions import uae_regions

BOTOCORE = json.loads((resources.files("botocore") / "data" / "endpoints.json").read_text())
AWS_REGIONS = sorted({region for partition in BOTOCORE["partitions"] for region in partition["regions"]})


def names(text: str, key: str = "") -> list[tuple[str, str]]:
    return [(form.name, name) for form, name in locations_in(text, key)]


@pytest.mark.parametrize("region", AWS_REGIONS)
def test_every_region_of_botocore_is_recognised(region: str) -> None:
    """AWS's own list is the truth."""
    assert AWS_REGION.fullmatch(region)
    expected = [] if region in AWS_UAE else [("NAME", region)]
    for text in (region, region.upper(), f"{region}a", f" {region}\n"):
        assert names(text) == expected
    assert names(f"https://sqs.{region}.amazonaws.com/1/q") == [("HOST", region) for _ in expected]
    assert names(f"arn:aws:sqs:{region}:123456789012:q") == [("ARN", region) for _ in expected]


def test_regions_of_the_uae_are_regions_of_azure() -> None:
    assert {name for name in uae_regions() if name.startswith("uae")} < AZURE_REGIONS
    assert len(AZURE_REGIONS) > 120


def test_top_level_domains_are_those_of_iana() -> None:
    """Hypothesis carries IANA's list; the one here may be older, and a domain that ends is rare."""
    text = (resources.files("hypothesis") / "vendor" / "tlds-alpha-by-domain.txt").read_text()
    iana = {line.lower() for line in text.split() if not line.startswith("#")}
    assert len(top_level_domains() - iana) < 20
    assert len(top_level_domains()) > 1400


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("us-west-2-lax-1a", "", [("NAME", "us-west-2-lax-1a")]),
        ("us-east-1-wl1-bos-wlz-1", "", [("NAME", "us-east-1-wl1-bos-wlz-1")]),
        ("me-central-1-dxb-1a", "", [("NAME", "me-central-1-dxb-1a")]),
        ("me-central-1a", "", []),
        ("euw1-az1", "", [("NAME", "euw1-az1")]),
        ("use1-bos1-az1", "", [("NAME", "use1-bos1-az1")]),
        ("euw2-wl1-lon-wlz1", "", [("NAME", "euw2-wl1-lon-wlz1")]),
        ("mec1-az1", "", []),
        ("westeurope-2", "", [("NAME", "westeurope")]),
        ("uaenorth-2", "", []),
        ("West Europe", "location", [("NAME", "west europe")]),
        ("West Europe", "team", []),
        ("eu-frankfurt-1", "region", [("NAME", "eu-frankfurt-1")]),
        ("eu-frankfurt-1", "cluster", []),
        ("europe-west4-a", "zone", [("NAME", "europe-west4-a")]),
        ("us-south1-ai1b", "zone", [("NAME", "us-south1-ai1b")]),
        ("me-central-1, eu-west-1", "regions", [("NAME", "eu-west-1")]),
        ("minio", "region", []),
        ("Asia/Dubai", "timezone", []),
        ("x-westeurope-01.azurewebsites.net", "", [("HOST", "westeurope")]),
        ("westeurope.example.ae", "", []),
        ("s3.eu-west-1.example.ae", "", [("HOST", "eu-west-1")]),
        ("com.amazonaws.eu-west-1.s3", "", [("HOST", "eu-west-1")]),
        ("backup-of-eu-west-1", "", []),
        ("We left eu-west-1. Then we went home", "", []),
        ("We left 'eu-west-1'", "", [("NAME", "eu-west-1")]),
        ("deploy --region eu-west-1", "", [("NAME", "eu-west-1")]),
        ("deploy --location westeurope", "", [("NAME", "westeurope")]),
        ("A=eu-west-1 run", "", [("NAME", "eu-west-1")]),
        ('{\\"region\\": \\"eu-west-1\\"', "", [("NAME", "eu-west-1")]),
        ("arn:aws:iam::123456789012:role/eu-west-1-admin", "", []),
        ("arn:aws:s3:::logs-eu-west-1", "", []),
        ("eu-west-1000", "", []),
        ("https://s3.eu-central-003.backblazeb2.com", "", [("HOST", "eu-central-003")]),
        ("s3://volumes@eu-west-1/", "", [("NAME", "eu-west-1")]),
        ("x.1111.westeurope.azure.privatelinkservice", "", [("HOST", "westeurope")]),
        ("x.abc.euw1.cache.amazonaws.com", "", [("HOST", "euw1")]),
        ("x.abc.mec1.cache.amazonaws.com", "", []),
        ('location = "West Europe"', "", [("NAME", "westeurope")]),
        ("az group create -l westeurope -n x", "", [("NAME", "westeurope")]),
        ("az group create -l uaenorth -n westeurope", "", []),
        ("eu-west-10", "", [("NAME", "eu-west-10")]),
    ],
)
def test_a_place_counts_where_it_configures_something(text: str, key: str, expected: list[tuple[str, str]]) -> None:
    assert names(text, key) == expected


@given(st.sampled_from(AWS_REGIONS), st.text(st.sampled_from(" \n\t.,:=/-_'\"{}[]a1"), max_size=80), st.integers(0, 80))
def test_an_assignment_is_found_in_any_text(region: str, text: str, position: int) -> None:
    """An assigned region is found, whatever stands around it; of the UAE, none is ever reported."""
    changed = f"{text[:position]}\nAWS_REGION={region}\n{text[position:]}"
    found = [location.name for location in locations_in(changed, "") if location.form is Form.NAME]
    assert found == ([] if region in AWS_UAE else [region])
