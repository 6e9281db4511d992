"""Strategies that spell a place in texts: keys, forms, encodings and depths that nobody wrote down."""

import base64
import gzip
import json
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st

from falaj.facts.region_names import AZURE_REGIONS
from falaj.facts.regions import uae_regions

from .cases import good_cases
from .harness import Given, Pack, blocking
from .test_location_names import AWS_REGIONS

PACK = Pack()
ABROAD = sorted({*AWS_REGIONS, *AZURE_REGIONS} - uae_regions())
HOME = sorted({*uae_regions()} - {"dc1"})
RESOURCES = [case.resource for case in good_cases() if case.resource.type.startswith(("aws:", "azure-", "kubernetes:"))]
RULES = {"aws": {"FJ-RES-103", "FJ-RES-104"}, "azure-native": {"FJ-RES-202"}, "kubernetes": {"FJ-RES-302"}}

_WORDS = ("aws", "s3", "my", "target", "backup", "store", "sqs", "queue")
keys = st.builds(
    lambda word, key, form: form(word, key),
    st.sampled_from(_WORDS),
    st.sampled_from(("region", "Region", "location", "zone")),
    st.sampled_from(
        [
            lambda word, key: f"{word}_{key}".upper(),
            lambda word, key: f"{word}.{key}".lower(),
            lambda word, key: f"{word}-{key}".lower(),
            lambda word, key: f"{word}{key.capitalize()}",
        ]
    ),
)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


ASSIGNMENTS: tuple[Callable[[str, str], Any], ...] = (
    lambda key, region: {key: region},
    lambda key, region: {key: [region]},
    lambda key, region: [{"name": key, "value": region}],
    lambda key, region: {"sites": [{"id": 1, key: region}]},
    lambda key, region: f"{key}={region}\nmode=fast\n",
    lambda key, region: f"# settings\n{key}: {region}\nmode: fast\n",
    lambda key, region: f"#!/bin/sh\nexport {key}={region}\nrun --fast\n",
    lambda key, region: f"run --{key} {region} --fast",
    lambda key, region: f"<store><{key}>{region}</{key}></store>",
    lambda key, region: f'[store]\n{key} = "{region}"\n',
)
"""Forms in which a key gets a value."""
WRAPPERS: tuple[Callable[[Any], Any], ...] = (
    json.dumps,
    lambda value: json.dumps({"settings": value}, indent=2),
    lambda value: yaml.safe_dump({"settings": value, "mode": "fast"}),
    lambda value: yaml.safe_dump([{"name": "SETTINGS", "value": value}]),
    lambda value: {"data": {"settings.yaml": value}},
    lambda value: [value],
    lambda value: _encoded(value if isinstance(value, str) else json.dumps(value)),
    lambda value: base64.b64encode(gzip.compress(json.dumps(value).encode())).decode(),
)
"""Texts and values around it."""


@st.composite
def spellings(draw: st.DrawFn, regions: list[str]) -> tuple[Given, Given]:
    """A compliant resource of any type, and the same with a text that names one of the regions."""
    resource = draw(st.sampled_from(RESOURCES))
    region = draw(st.sampled_from(regions))
    value = draw(st.sampled_from(ASSIGNMENTS))(draw(keys), draw(st.sampled_from((region, region.upper()))))
    for wrap in draw(st.lists(st.sampled_from(WRAPPERS), max_size=4)):
        value = wrap(value)
    name = draw(st.sampled_from(("settings", "config", "definition", "values")))
    return resource, Given(resource.type, {**resource.props, name: value})


def check_refused(case: tuple[Given, Given]) -> None:
    """Asserts that the resource with the text is refused by a rule of its cloud."""
    resource, changed = case
    assert blocking(PACK.evaluate_resource(changed)) & RULES[resource.type.split(":")[0]]


def check_silent(case: tuple[Given, Given]) -> None:
    """Asserts that the text adds no refusal."""
    resource, changed = case
    assert blocking(PACK.evaluate_resource(changed)) <= blocking(PACK.evaluate_resource(resource))
