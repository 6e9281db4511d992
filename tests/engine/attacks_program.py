"""The plans of the file that `FALAJ_ATTACKS` names, as resources of one stack.

The logical name of a resource is the number of its plan and its name in the plan, so that a finding tells the attack.
"""

import json
import os
from pathlib import Path
from typing import Any

import pulumi

DEFAULTS = {"aws": {"region": "me-central-1"}}
Given = dict[str, Any]
Providers = dict[str, pulumi.ProviderResource]


class Planned(pulumi.CustomResource):
    """A resource of any type."""


def provider_of(given: Given, number: int, providers: Providers) -> pulumi.ProviderResource:
    """Returns the provider of a resource; equal providers are registered once, and their findings tell no attack."""
    package = given["type"].split(":")[0]
    inputs = DEFAULTS.get(package, {}) if given["provider"] is None else given["provider"]
    key = json.dumps([package, inputs], sort_keys=True)
    if key not in providers:
        name = f"shared-{number}-{given['provider_name']}"
        providers[key] = pulumi.ProviderResource(package, name, dict(inputs), None)
    return providers[key]


def head_of(token: str) -> Given:
    """Returns the version and the kind of a Kubernetes object, which an SDK sets; nothing for other types."""
    group, _, kind = token.removeprefix("kubernetes:").rpartition(":")
    is_object = token.startswith("kubernetes:") and not group.startswith("helm.sh/")
    return {"apiVersion": group.removeprefix("core/"), "kind": kind.removesuffix("Patch")} if is_object else {}


def resource_of(given: Given, number: int, made: dict[str, pulumi.Resource], providers: Providers) -> pulumi.Resource:
    """Registers a resource; its properties depend on the resources that its links name."""
    name = f"{number}-{given['name']}"
    if given["type"].startswith("pulumi:providers:"):
        return pulumi.ProviderResource(given["type"].rsplit(":", 1)[-1], name, given["props"], None)
    properties = head_of(given["type"]) | given["props"]
    for key, names in given["links"].items():
        urns = [made[other].urn for other in names if other in made]
        properties[key] = pulumi.Output.all(*urns).apply(lambda _, value=properties.get(key): value)
    options = pulumi.ResourceOptions(
        provider=provider_of(given, number, providers),
        protect=given["protect"],
        parent=made.get(given["parent"]),
        ignore_changes=list(given["ignore_changes"]),
    )
    return Planned(given["type"], name, properties, options)


def needs(given: Given) -> set[str]:
    """Returns the names of the resources of its plan that a resource refers to."""
    return {given["parent"], *(name for names in given["links"].values() for name in names)}


def register(number: int, plan: list[Given], providers: Providers) -> None:
    """Registers the resources of a plan, each after those that it refers to."""
    made: dict[str, pulumi.Resource] = {}
    waiting = [given for given in plan if given["type"] != "pulumi:pulumi:Stack"]
    while waiting:
        names = {given["name"] for given in waiting}
        ready = [given for given in waiting if not names & needs(given)] or waiting
        made |= {given["name"]: resource_of(given, number, made, providers) for given in ready}
        waiting = [given for given in waiting if given not in ready]


shared: Providers = {}
for index, attack in enumerate(json.loads(Path(os.environ["FALAJ_ATTACKS"]).read_text())):
    register(index, attack, shared)
