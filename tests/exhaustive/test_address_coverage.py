"""Every property of the SDKs that is an address is evaluated, or is listed with the reason why no data is sent there.

So no SDK upgrade adds a way out silently.
"""

import csv
import re
from collections import defaultdict
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from guardrails.residency.buckets import EXPORTS
from guardrails.residency.copies import COPIES, LOGS
from guardrails.residency.movers_aws import AWS_MOVERS
from guardrails.residency.movers_azure import AZURE_MOVERS

from tests.policies.sdk import texts
from tests.policies.sdk_paths import text_paths

ADDRESS = re.compile(r"(?:url|uri|host|endpoint|servername|connectionstring)s?$", re.IGNORECASE)
REASONS = Path(__file__).parents[1] / "policies" / "addresses_without_data.csv"
_MARK = re.compile(r"\[[*+]\]|\?")


@cache
def evaluated() -> dict[str, set[str]]:
    """Returns type -> paths that the rules of movers, copies and logs read, without marks."""
    paths: dict[str, set[str]] = defaultdict(set)
    for mover in (*AWS_MOVERS, *AZURE_MOVERS):
        for token in mover.tokens:
            paths[token].add(_MARK.sub("", mover.path))
    for table in (EXPORTS, COPIES, LOGS):
        for token, several in table.items():
            paths[token] |= {_MARK.sub("", path) for path in several}
    return paths


def is_evaluated(token: str, path: str) -> bool:
    for known in evaluated().get(token, ()):
        start, below, key = known.partition(".**")
        if path == known or (below and path.startswith(f"{start}.") and path.endswith(key)):
            return True
    return False


@cache
def without_data() -> dict[str, set[str]]:
    """Returns type -> paths, or patterns of paths, of addresses to which no data is sent."""
    listed: dict[str, set[str]] = defaultdict(set)
    with REASONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["reason"]
            for token in row["types"].split():
                listed[token].add(row["path"])
    return listed


@pytest.mark.parametrize("package", ["pulumi_aws", "pulumi_azure_native"])
def test_every_address_is_evaluated_or_has_a_reason(package: str) -> None:
    found = {(token, path) for token, _ in texts(package) for path in text_paths(token, ADDRESS)}
    missing = {
        (token, path)
        for token, path in found
        if not is_evaluated(token, path) and not any(fnmatchcase(path, item) for item in without_data()[token])
    }
    assert missing == set()
    prefix = "aws:" if package == "pulumi_aws" else "azure-native:"
    listed = {(token, item) for token, items in without_data().items() if token.startswith(prefix) for item in items}
    paths: dict[str, list[str]] = defaultdict(list)
    for token, path in found:
        paths[token].append(path)
    gone = {(token, item) for token, item in listed if not any(fnmatchcase(path, item) for path in paths[token])}
    assert gone == set()
    assert {(token, item) for token, item in listed if is_evaluated(token, item)} == set()
