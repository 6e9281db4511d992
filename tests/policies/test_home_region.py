"""A region in the country may not be switched off for an account (FJ-ESC-115); one abroad may."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import aws
from .harness import UNKNOWN, Pack, blocking, rules

RULE = "FJ-ESC-115"
PACK = Pack()
HERE = "me-central-1"


@pytest.mark.parametrize(
    ("props", "is_refused"),
    [
        ({"regionName": HERE, "enabled": False}, True),
        ({"regionName": f" {HERE.upper()}", "enabled": "false"}, True),
        ({"regionName": HERE, "enabled": True}, False),
        ({"regionName": HERE}, False),
        ({"regionName": HERE, "enabled": UNKNOWN}, False),
        ({"regionName": "eu-central-2", "enabled": False}, False),
        ({"regionName": [HERE], "enabled": {}}, False),
        ({"enabled": False}, False),
    ],
    ids=str,
)
def test_the_region_of_the_country_stays_on(props: dict[str, object], is_refused: bool) -> None:
    assert (RULE in blocking(PACK.evaluate_resource(aws("account/Region", props)))) == is_refused


def test_an_unknown_region_that_is_switched_off_is_reported() -> None:
    found = PACK.evaluate_resource(aws("account/Region", {"regionName": UNKNOWN, "enabled": False}))
    assert RULE in rules(found)
    assert RULE not in blocking(found)


def test_the_settings_may_list_the_switch() -> None:
    allowed = {"aws:account/region:Region:enabled": "the account moves"}
    settings = {"default": {"all": "mandatory"}, "escape": {"allowed_switches": allowed}}
    pack = Pack(Enforcement.model_validate(settings))
    assert RULE not in blocking(pack.evaluate_resource(aws("account/Region", {"regionName": HERE, "enabled": False})))
