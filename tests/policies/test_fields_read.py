"""Every property of the types of AWS and Azure that the pack accepts was read by somebody who asked what an attacker
would do with it.

`fields_read_aws.csv` and `fields_read_azure-native.csv` have the modules of the SDKs with the names of the properties
of these types, at any depth, as read on 2026-11-29 (pulumi-aws 7.51.1, pulumi-azure-native 3.29.0);
`attacks.fields_*` has what came of it. A new SDK with a new name in a module, and a type that is newly accepted, fail
here until somebody has read what its values do: write an attack for what it opens, a row or a check for the attack,
and its name into the list (`python -m tests.policies.fields_read` writes all of today's).
"""

import csv

import pytest

from .fields_read import SDKS, declared_names, list_of


@pytest.mark.parametrize("package", SDKS)
def test_every_name_was_read(package: str) -> None:
    with list_of(package).open(encoding="utf-8", newline="") as file:
        read = {row["module"]: set(row["names"].split()) for row in csv.DictReader(file)}
    declared = declared_names(package)
    unread = {module: sorted(names - read.get(module, set())) for module, names in declared.items()}
    assert {module: names for module, names in unread.items() if names} == {}
    assert sorted(read.keys() - declared.keys()) == []
    assert list(read) == sorted(read)
