"""Documents by which AWS Organizations and Azure Policy enforce what the policy pack enforces: SCPs, RCPs, assignments.

They are generated from the pack's settings, and refuse nothing that the pack allows. A statement is left out if its
guardrail is not mandatory by default.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.facts import strict_json
from falaj.facts.clouds import Cloud
from falaj.facts.organisation_policies import (
    ASSIGNED,
    AWS_PREFIXES,
    DENIED,
    GLOBAL_ACTIONS,
    SHARED_SERVICES,
    TAGGED,
    TAGGED_EC2,
    TLS_SERVICES,
    AzureAssignment,
)
from falaj.facts.regions import uae_regions
from falaj.facts.services import GLOBAL_AWS
from falaj.facts.tags import MANDATORY_KEYS

MAX_BYTES = 5120
"""Maximum size of a control policy without whitespace (AWS Organizations, "Quotas and service limits", stored copies
read 2026-11-27): that of resource control policies, and of service control policies in older copies; newer ones allow
10,240 characters."""
NAMES = ("aws-scp-*.json", "aws-rcp*.json", "azure-assignments*.json")
"""Patterns of the documents' file names."""
_DEFINITIONS = "/providers/Microsoft.Authorization/policyDefinitions"
_TEMPLATE = "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#"

Statement = dict[str, Any]


@dataclass(frozen=True)
class PackSettings:
    """What the documents need of a pack: its mandatory rules, and its lists of global services and trusted owners.

    `global_services` are prefixes of type tokens, `trusted` are AWS accounts and organisations, and other owners that
    the documents ignore.
    """

    mandatory: frozenset[str]
    global_services: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()

    @property
    def organisations(self) -> list[str]:
        """The ids of trusted organisations."""
        return sorted(owner for owner in self.trusted if owner.startswith("o-") and "." not in owner)

    @property
    def accounts(self) -> list[str]:
        """The numbers of trusted accounts."""
        return sorted(owner for owner in self.trusted if owner.isdigit())


def files(settings: PackSettings) -> dict[str, str]:
    """Returns the text of every document by file name; no file for a document without a statement."""
    documents: dict[str, list[Statement]] = {
        "aws-scp-residency.json": [*_regions(settings), *_denied(settings, "residency")],
        "aws-scp-encryption.json": _denied(settings, "encryption"),
        "aws-scp-exposure.json": _denied(settings, "exposure"),
        "aws-scp-tags.json": list(_tags(settings)),
        "aws-rcp.json": list(_resource_controls(settings)),
    }
    texts = {name: _text({"Version": "2012-10-17", "Statement": rows}) for name, rows in documents.items() if rows}
    assignments = list(_assignments(settings))
    if assignments:
        texts["azure-assignments.json"] = _text(_template(assignments))
    return texts


def left_out(settings: PackSettings) -> list[str]:
    """Returns sentences on what the documents do not enforce although the clouds could."""
    rules = {row.rule for row in (*DENIED, *ASSIGNED)} | {"FJ-RES-101", "FJ-TAG-001", "FJ-ENC-406", "FJ-RES-111"}
    found = [f"{rule} is not mandatory by default" for rule in sorted(rules - settings.mandatory)]
    if not settings.organisations:
        found.append("no organisation is listed under identity.trusted, so no document keeps others out")
    return found


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Returns one sentence for each document that is missing, is not expected, or says something else."""
    result = [f"{name}: missing" for name in expected if name not in found]
    result += [f"{name}: the settings of the pack ask for no such document" for name in found if name not in expected]
    for name in sorted(expected.keys() & found.keys()):
        result += [f"{name}: {sentence}" for sentence in _differences(expected[name], found[name])]
    return sorted(result)


def _differences(expected: str, found: str) -> Iterator[str]:
    try:
        old, new = (_parts(strict_json.parse(text)) for text in (found, expected))
    except (ValueError, TypeError, KeyError, AttributeError):
        yield "is not a document of this kind"
        return
    yield from (f"{part} is missing" for part in new if part not in old)
    yield from (f"{part} is not in the settings of the pack" for part in old if part not in new)
    yield from (f"{part} differs" for part in new if part in old and new[part] != old[part])


def _parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the statements or assignments of a document by name, in a form in which order does not matter."""
    rows = document["Statement"] if "Statement" in document else document["resources"]
    return {str(row.get("Sid") or row["name"]): _unordered(row) for row in rows}


def _unordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _unordered(item) for key, item in value.items()}
    return sorted(map(json.dumps, value)) if isinstance(value, list) else value


def _regions(settings: PackSettings) -> Iterator[Statement]:
    if "FJ-RES-101" not in settings.mandatory:
        return
    listed = (token.split(":")[1].split("/")[0] for token in settings.global_services if token.startswith("aws:"))
    services = sorted(AWS_PREFIXES.get(module, module) for module in {*GLOBAL_AWS, *listed})
    yield {
        "Sid": "OnlyInTheUae",
        "Effect": "Deny",
        "NotAction": sorted({*(f"{service}:*" for service in services), *GLOBAL_ACTIONS}),
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:RequestedRegion": sorted(uae_regions(Cloud.AWS))}},
    }


def _denied(settings: PackSettings, policy: str) -> list[Statement]:
    return [
        _deny(row.name, row.actions, row.condition, row.resources)
        for row in DENIED
        if row.policy == policy and row.rule in settings.mandatory
    ]


def _deny(name: str, actions: tuple[str, ...], condition: Mapping[str, Any], resources: tuple[str, ...]) -> Statement:
    statement: Statement = {"Sid": name, "Effect": "Deny", "Action": list(actions), "Resource": _one_or_all(resources)}
    return statement | ({"Condition": condition} if condition else {})


def _one_or_all(resources: tuple[str, ...]) -> str | list[str]:
    return resources[0] if len(resources) == 1 else list(resources)


def _tags(settings: PackSettings) -> Iterator[Statement]:
    """Yields two statements a tag: keys of one condition must all be missing for it to deny."""
    if "FJ-TAG-001" not in settings.mandatory:
        return
    for key in MANDATORY_KEYS:
        name = "".join(word.capitalize() for word in key.split("-"))
        lacks = {"Null": {f"aws:RequestTag/{key}": "true"}}
        yield _deny(f"Machines{name}", TAGGED_EC2[0], lacks, TAGGED_EC2[1])
        yield _deny(f"Services{name}", TAGGED, lacks, ("*",))


def _resource_controls(settings: PackSettings) -> Iterator[Statement]:
    if "FJ-ENC-406" in settings.mandatory:
        insecure = {"Bool": {"aws:SecureTransport": "false"}}
        yield {"Principal": "*"} | _deny("OnlyWithTls", TLS_SERVICES, insecure, ("*",))
    if "FJ-RES-111" in settings.mandatory and settings.organisations:
        strangers: dict[str, Any] = {"aws:PrincipalOrgID": settings.organisations}
        if settings.accounts:
            strangers["aws:PrincipalAccount"] = settings.accounts
        condition = {"StringNotEqualsIfExists": strangers, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
        yield {"Principal": "*"} | _deny("OnlyOurOrganisation", SHARED_SERVICES, condition, ("*",))


def _assignments(settings: PackSettings) -> Iterator[Statement]:
    for row in ASSIGNED:
        if row.rule in settings.mandatory:
            for key in MANDATORY_KEYS if row.tag else ("",):
                yield _assignment(row, key)


def _assignment(row: AzureAssignment, key: str) -> Statement:
    parameters = dict(row.parameters) | ({row.tag: key} if row.tag else {})
    return {
        "type": "Microsoft.Authorization/policyAssignments",
        "apiVersion": "2024-04-01",
        "name": "-".join(filter(None, ("falaj", row.name, key))),
        "properties": {
            "displayName": f"{row.rule}: {row.display_name}{f' ({key})' if key else ''}",
            "policyDefinitionId": f"{_DEFINITIONS}/{row.definition}",
            "parameters": {name: {"value": value} for name, value in parameters.items()},
        },
    }


def _template(resources: list[Statement]) -> dict[str, Any]:
    return {"$schema": _TEMPLATE, "contentVersion": "1.0.0.0", "resources": resources}


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
