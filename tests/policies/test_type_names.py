"""Types in the tables of guardrails are those that plans name: a misspelled one would never be evaluated."""

import re

from guardrails.engine.tokens import _REPLACED_TYPES, normalise
from guardrails.registry import ALL

from falaj.sandbox.clouds.sdk_schema import sdk


def _module(token: str) -> str:
    return re.split("[:/]", token)[1]


FORMER = {
    "aws:rds/securityGroup:SecurityGroup",
    "aws:redshift/securityGroup:SecurityGroup",
    "azure-native:network:DefaultSecurityRule",
    "azure-native:synapse:Pipeline",
}
"""Types that the installed SDKs no longer have: plans of programs with older ones do."""
PACKAGES = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native"}
MODULES = {cloud: {_module(token) for token in sdk(package).tokens} for cloud, package in PACKAGES.items()}
OBJECT = re.compile(r"kubernetes:(?:[a-z0-9.-]+/(?:v1:(?:[A-Z]\w+)?)?)?")
"""All objects, a group, a version, or a kind: versions are normalised to `v1`, and the group of the core is `core`."""
OTHERS = {"pulumi:pulumi:Stack", *(f"pulumi:providers:{name}" for name in (*PACKAGES, "kubernetes"))}


def _is_known(name: str) -> bool:
    """Whether it is a type, or a prefix of types."""
    cloud, _, rest = name.partition(":")
    if cloud not in PACKAGES:
        return name in OTHERS or bool(OBJECT.fullmatch(name))
    if name.endswith((":", "/")):
        return not rest or rest[:-1] in MODULES[cloud]
    return name in sdk(PACKAGES[cloud]).tokens or name in FORMER


def test_the_types_of_guardrails_exist() -> None:
    assert {(rule.id, name) for rule in ALL for name in rule.types if not _is_known(name)} == set()


def test_the_types_of_guardrails_are_those_to_which_older_spellings_are_normalised() -> None:
    names = {name for rule in ALL for name in rule.types if not name.endswith((":", "/"))}
    assert {name for name in names if normalise(name) != name} == set()


def test_replaced_types_are_former_spellings_of_types_that_exist() -> None:
    modules = MODULES["azure-native"] | {"cache", "documentdb"}
    for former, current in _REPLACED_TYPES.items():
        assert former not in sdk(PACKAGES["azure-native"]).tokens, former
        assert _module(former) in modules, former
        assert normalise(former) == current
        assert _is_known(current), current
