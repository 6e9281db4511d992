"""Each part of a stack that costs money is used by something: another resource, or a user through an output."""

import json
from collections.abc import Iterator, Sequence
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from falaj.components.build import platform, tenant_stack
from falaj.components.settings.load import platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY, TENANT_KEY
from falaj.finops.charts import RELEASE
from falaj.finops.claims import CLAIM
from falaj.finops.estimate import METERS
from tests.exhaustive.paid_parts import (
    ANY,
    ATTACHMENTS,
    ENDS,
    FREE_BUT_READ,
    ON_REQUEST,
    OUTPUT,
    READ_OUTPUTS,
    SHARED,
    STORAGE_CLASS,
    USED_BY,
)
from tests.exhaustive.platform_outputs import ANSWER, exported
from tests.exhaustive.test_system_pods import FILES
from tests.unit.components.computed import computed, id_of
from tests.unit.components.mocks import ANSWERS, Recording, RegisteredResource, build
from tests.unit.settings.stacks import ROOT

REPOSITORY = "aws:ecr/repository:Repository"

Built = tuple[Recording, str]
Other = tuple[RegisteredResource, str]
"""A resource that may use a part, and its inputs as one text."""


@cache
def _built(file: Path) -> Built:
    """Returns the resources of a stack, and the outputs that users read as one text."""
    settings = platform_settings(yaml.safe_load(file.read_text(encoding="utf-8"))["config"][KEY])
    outputs: list[Any] = []

    def program() -> None:
        exported = [
            [value for key, value in site.items() if key in READ_OUTPUTS] for site in platform.build(settings).values()
        ]
        pulumi.Output.all(exported).apply(outputs.extend)

    with chdir(file.parent):
        recording = build(program)
    return recording, json.dumps(outputs, default=str)


@cache
def _of_tenants(platform_stack: str) -> list[RegisteredResource]:
    """Returns the resources of the shipped stacks of tenants that are on a platform's stack."""
    result: list[RegisteredResource] = []
    for file in sorted(ROOT.glob("examples/*/Pulumi.?*.yaml")):
        tenant = yaml.safe_load(file.read_text(encoding="utf-8"))["config"].get(TENANT_KEY)
        if tenant and tenant["platform"].endswith(f"/{platform_stack}"):
            settings = tenant_stack_settings(tenant)
            with exported():
                result += build(lambda settings=settings: tenant_stack.build(settings), ANSWERS | ANSWER).custom()
    return result


def _is_checked(resource: RegisteredResource) -> bool:
    if resource.typ == STORAGE_CLASS:
        return resource.inputs["metadata"]["name"] == SHARED
    return resource.typ in (*METERS, CLAIM, RELEASE) or resource.typ in FREE_BUT_READ


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


NAMES = ("name", "bucket", "shareName", "accountName", "registryName", "ecrRepositoryPrefix", "targetRepository")


def _marks(resource: RegisteredResource) -> set[str]:
    """Returns the texts by which others refer to a resource."""
    if resource.typ.startswith("kubernetes:"):
        return {resource.inputs["metadata"]["name"]}
    stated = {resource.inputs[key] for key in NAMES if isinstance(resource.inputs.get(key), str)}
    found = {id_of(resource.typ, resource.name), *_texts(computed(resource.typ, resource.name)), *stated}
    # Images are pushed to the address of the registry and the name of the repository.
    hosts = {text.split("/")[0] for text in found if resource.typ == REPOSITORY and ".dkr.ecr." in text}
    return {mark.removesuffix("/*") for mark in found if len(mark) > 3} | hosts


def _refers(text: str, resource: RegisteredResource) -> bool:
    return any(mark in text for mark in _marks(resource))


def _is_used(resource: RegisteredResource, others: Sequence[Other], outputs: str) -> bool:
    users = USED_BY[resource.typ]
    if OUTPUT in users and _refers(outputs, resource):
        return True
    return any(
        _refers(inputs, resource)
        for other, inputs in others
        if other.urn != resource.urn and (other.typ in users or (ANY in users and other.typ not in ATTACHMENTS))
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_costs_money_is_used(file: Path) -> None:
    recording, outputs = _built(file)
    resources = [*recording.custom(), *_of_tenants(file.stem.removeprefix("Pulumi."))]
    others = [(resource, json.dumps(resource.inputs, default=str)) for resource in resources]
    unused = [
        f"{resource.typ} {resource.name}"
        for resource in recording.custom()
        if _is_checked(resource) and resource.typ in USED_BY and not _is_used(resource, others, outputs)
    ]
    assert unused == []


def test_each_type_that_costs_money_says_what_uses_it() -> None:
    checked = {resource.typ for file in FILES for resource in _built(file)[0].custom() if _is_checked(resource)}
    assert checked <= USED_BY.keys() | ENDS.keys()
    assert not USED_BY.keys() & ENDS.keys()
    assert USED_BY.keys() | ENDS.keys() <= checked | set(ON_REQUEST)
