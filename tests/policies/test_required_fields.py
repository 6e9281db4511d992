"""Good idioms have what the kinds of their custom resources require, for the kinds that idioms use most.

`required_fields.csv` has the fields that a spec must have by the CRDs in datreeio/CRDs-catalog 7b1e26ef, read on
2026-11-30. Attacks are not held against it: each states what its rule reads, and most of them leave out the rest.
"""

import csv
from collections.abc import Mapping

import pytest

from tests.distribution import ROOT

from .test_idioms import IDIOMS

with (ROOT / "tests" / "policies" / "required_fields.csv").open(encoding="utf-8", newline="") as file:
    REQUIRED = {f"kubernetes:{row['type']}": row["fields"].split() for row in csv.DictReader(file)}
SPECS = [(idiom.name, given.type, given.props.get("spec")) for idiom in IDIOMS for given in idiom.plan]


@pytest.mark.parametrize("kind", REQUIRED)
def test_idioms_have_what_their_kinds_require(kind: str) -> None:
    specs = [(name, spec) for name, found, spec in SPECS if found == kind and isinstance(spec, Mapping)]
    assert [name for name, spec in specs if not set(REQUIRED[kind]) <= spec.keys()] == []


def test_each_kind_is_one_of_an_idiom() -> None:
    assert {found for _, found, _ in SPECS} >= REQUIRED.keys()
