"""Documents of AWS Systems Manager: those of AWS that are not listed as harmless, and those of others, which run what
their steps say.

AWS Systems Manager Automation Runbook Reference (lists of IAM and Amazon EBS; AWS-ConfigureS3BucketVersioning,
AWSConfigRemediation-ConfigureS3PublicAccessBlock, AWSConfigRemediation-DeleteRDSCluster), read 2026-11-30.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, one_or_many, walk
from ..engine.rows import Predicate, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.api_actions import DOCUMENT, is_listed
from .api_calls import opens, told_targets

_EVENT_TARGETS = aws("cloudwatch/EventTarget")
"""Targets are of many kinds. One that is not known yet is evaluated when it is."""
_DOCUMENTS: Mapping[str, str] = {
    **dict.fromkeys(aws("ssm/Association"), "name"),
    **dict.fromkeys(_EVENT_TARGETS, "arn"),
    **dict.fromkeys(aws("ssmincidents/ResponsePlan"), "action?.ssmAutomations[*].documentName"),
    **dict.fromkeys(aws("ssm/MaintenanceWindowTask"), "taskArn"),
    **dict.fromkeys(aws("cfg/RemediationConfiguration"), "targetId"),
}
"""Type -> path of the Systems Manager document, or of the ARN of another target, that it runs."""
_OTHER_TARGET = lazy_regex(r"arn:aws[\w-]*:(?!ssm:)[\w-]+:.*", re.DOTALL)
_AWS_DOCUMENT = lazy_regex(
    r"(?:arn:aws[\w-]*:ssm:[\w-]*::(?:document|automation-definition)/)?(?P<name>AWS\w*-[\w-]+|Amazon[\w-]+)"
    r"(?::[\w$.-]{1,40})?"
)
"""A document of AWS, with its version: all are of AWS."""
_ATTACHES = lazy_regex(r"AWS-AttachIAMToInstance", re.IGNORECASE)
_INSTALLS = lazy_regex(r"AWS-ConfigureAWSPackage", re.IGNORECASE)
_PACKAGE = lazy_regex(r"(?:^|\.)(?:parameters|input)\.name(?:\[\d{1,4}\])?$|\]\.(?:static)?values?(?:\[\d{1,4}\])?$",
                      re.IGNORECASE)  # fmt: skip
_OF_AWS = lazy_regex(r"\s*(?:arn:aws[\w-]*:ssm:[\w-]*::document/)?(?:aws|amazon|amzn)", re.IGNORECASE)
"""Beginnings of names that documents of others cannot have (botocore 1.44.8, ssm CreateDocument, Name)."""
_FOR_MACHINES = lazy_regex(r"ssm|systems-?manager|managed|session|patch|agent|inventory|baseline|default|core",
                           re.IGNORECASE)  # fmt: skip
"""Words in the name of a role that every machine may have: it is managed by it and nothing else; decided here."""
_SUSPENDED = frozenset({("versioningstate", "suspended"), ("enforceimdsv2", "optional"),
                        ("granteeuri", "http://acs.amazonaws.com/groups/global/allusers"),
                        ("granteeuri", "http://acs.amazonaws.com/groups/global/authenticatedusers")})  # fmt: skip
"""Parameters of documents, with values by which they take a protection away."""
_MANAGES_PACKAGES = lazy_regex(r"AWS-ConfigureAWSPackage|AmazonGuardDuty-Configure\w+", re.IGNORECASE)
_NO_SENSOR = lazy_regex(
    r"(?:aws|amazon)?(?:codedeployagent|ec2launch\w{0,9}|efsutils|enanetworkdriver|nvme\w{0,9}|pvdriver|\w{0,20}drivers?"
    r"|vsscomponents)",
    re.IGNORECASE,
)
"""Packages that may be removed: drivers and tools (awsdocs/aws-systems-manager-user-guide dd495cc
doc_source/documents-command-ssm-plugin-reference.md, aws:configurePackage, packages of AWS, and AWSEC2Launch-Agent in
public programs, AmazonEFSUtils in copies of the Amazon EFS User Guide, read 2026-12-01). Whatever else there is may be
what watches the machine, such as AmazonGuardDuty-RuntimeMonitoringSsmPlugin (Amazon GuardDuty User Guide, "Uninstalling
security agent for ECS-EC2 Bottlerocket resources", read 2026-12-01)."""
_VALUES = ("staticValue", "staticValues", "value", "values")
_HARMLESS_DOCUMENTS = frozenset({"Session", "Policy", "Package", "ChangeCalendar", "ApplicationConfiguration",
                                 "ApplicationConfigurationSchema", "DeploymentStrategy"})  # fmt: skip
"""Types of documents that run nothing by themselves."""


def judge_document(path: str, value: Plain) -> Outcome:
    """Judges the document of Systems Manager, or the other target, at a path."""
    if value is UNKNOWN:
        return undetermined(f"{path} is not known before deployment", path)
    if _OTHER_TARGET.fullmatch(str(value)):
        return passed()
    match = _AWS_DOCUMENT.fullmatch(str(value))
    if match is None:
        return failed(f"{path} {value} is a document that runs scripts or deploys resources", path)
    if is_listed(DOCUMENT, match["name"]):
        return passed()
    return failed(f"{path} {value} is not among the documents that neither run scripts, give rights nor delete data "
                  "(guardrails/data/listed_calls.csv)", path)  # fmt: skip


_DEEPEST = 20


def _parameters(value: Plain, path: str = "", depth: int = 0) -> Iterator[tuple[str, str, Plain]]:
    """Yields the parameters of a document, by path, name and value: as a list of names and values, or as a map."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str):
            for key in _VALUES:
                for item in one_or_many(value.get(key, MISSING)):
                    yield f"{path}.{key}", name, item
        for key, item in value.items():
            place = f"{path}.{key}".lstrip(".")
            if isinstance(item, str | bool):
                yield place, key, item
            yield from _parameters(from_json(item), place, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            last = path.rpartition(".")[2]
            yield from ((f"{path}[{index}]", last, item),) if isinstance(item, str) else ()
            yield from _parameters(item, f"{path}[{index}]", depth + 1)


def _weakening(resource: Resource, names: list[str]) -> Iterator[Outcome]:
    """Yields a failure for each parameter of a document of AWS that takes a protection away or gives a role."""
    attaches = any(_ATTACHES.search(name) for name in names)
    installs = any(_INSTALLS.search(name) for name in names)
    for path, name, value in _parameters(dict(resource.props)):
        pair = (name.lower(), str(value).strip().lower())
        if pair in _SUSPENDED or opens(*pair):
            yield failed(f"{path} {name} takes a protection from what the document finds", path)
        is_package = installs and pair[0] == "name" and isinstance(value, str) and _PACKAGE.search(path) is not None
        if is_package and not _OF_AWS.match(str(value)):
            yield failed(f"{path} installs {value}, whose scripts run on machines, and which is not of AWS", path)
        is_role = attaches and pair[0] == "rolename" and isinstance(value, str)
        if is_role and not _FOR_MACHINES.search(str(value)):
            yield failed(f"{path} gives the role {value} to machines, with whatever it may do", path)


def _removals(resource: Resource, names: list[str]) -> Iterator[Outcome]:
    """Yields a failure if a document takes a package off the machines that may be what watches them."""
    if not any(_MANAGES_PACKAGES.search(name) for name in names):
        return
    pairs = [(path, name.lower(), str(value).strip()) for path, name, value in _parameters(dict(resource.props))]
    packages = [value for path, name, value in pairs if name == "name" and _PACKAGE.search(path)]
    removals = [path for path, name, value in pairs if name == "action" and value.lower() == "uninstall"]
    is_harmless = bool(packages) and all(_NO_SENSOR.fullmatch(value) for value in packages)
    if removals and not is_harmless:
        yield failed(f"{removals[0]} removes what may watch the machines: {', '.join(packages)[:60]}", removals[0])


def _document_type(resource: Resource) -> Iterator[Outcome]:
    kind = resource.get("documentType")
    if kind is UNKNOWN:
        yield undetermined("documentType is not known before deployment", "documentType")
    elif isinstance(kind, str) and kind not in _HARMLESS_DOCUMENTS:
        yield failed(f"documentType {kind} runs scripts or deploys resources", "documentType")


def _documents(resource: Resource) -> Iterator[Outcome]:
    found = [(path, value) for path, value in walk(resource.props, _DOCUMENTS[resource.type])
             if value is not MISSING and not (value is UNKNOWN and resource.type in _EVENT_TARGETS)]  # fmt: skip
    yield from (judge_document(path, value) for path, value in found)
    names = [value for _, value in found if isinstance(value, str) and not _OTHER_TARGET.fullmatch(value)]
    if names:
        yield from _weakening(resource, names)
        yield from _removals(resource, names)
    if resource.type in _EVENT_TARGETS:
        yield from told_targets(resource)


DOCUMENT_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(_DOCUMENTS, _documents),
    **dict.fromkeys(aws("ssm/Document"), _document_type),
}
"""Type -> what judges its documents."""
