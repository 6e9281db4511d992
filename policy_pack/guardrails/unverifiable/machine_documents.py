"""Documents of AWS Systems Manager: those that run scripts on machines or deploy resources."""

import re
from collections.abc import Iterator, Mapping

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Predicate, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined

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
_OTHER_TARGET = re.compile(r"arn:aws[\w-]*:(?!ssm:)[\w-]+:.*", re.DOTALL)
_GENERIC_DOCUMENT = re.compile(
    r"AWS-(?:Run(?!PatchBaseline|CfnLint|InspectorChecks)|Apply(?!PatchBaseline)|InstallApplication"
    r"|Create(?:Managed|CloudFormation|Stack)|UpdateCloudFormation|ExecuteScript)\w*",
    re.IGNORECASE,
)
"""Documents of AWS that run any script or deploy a template (Systems Manager document reference, 2026-11)."""
_AWS_DOCUMENT = re.compile(
    r"(?:arn:aws[\w-]*:ssm:[\w-]*::(?:document|automation-definition)/)?(?P<name>AWS\w*-[\w-]+|Amazon[\w-]+)"
)
_HARMLESS_DOCUMENTS = frozenset({"Session", "Policy", "Package", "ChangeCalendar", "ApplicationConfiguration",
                                 "ApplicationConfigurationSchema", "DeploymentStrategy"})  # fmt: skip
"""Types of documents that run nothing by themselves."""


def judge_document(path: str, value: Plain) -> Outcome:
    """Judges the document of Systems Manager, or the other target, at a path."""
    if value is UNKNOWN:
        return undetermined(f"{path} is not known before deployment", path)
    match = _AWS_DOCUMENT.fullmatch(str(value))
    if _OTHER_TARGET.fullmatch(str(value)) or (match is not None and not _GENERIC_DOCUMENT.fullmatch(match["name"])):
        return passed()
    return failed(f"{path} {value} is a document that runs scripts or deploys resources", path)


def _document_type(resource: Resource) -> Iterator[Outcome]:
    kind = resource.get("documentType")
    if kind is UNKNOWN:
        yield undetermined("documentType is not known before deployment", "documentType")
    elif isinstance(kind, str) and kind not in _HARMLESS_DOCUMENTS:
        yield failed(f"documentType {kind} runs scripts or deploys resources", "documentType")


def _documents(resource: Resource) -> Iterator[Outcome]:
    for path, value in walk(resource.props, _DOCUMENTS[resource.type]):
        if value is not MISSING and not (value is UNKNOWN and resource.type in _EVENT_TARGETS):
            yield judge_document(path, value)


DOCUMENT_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(_DOCUMENTS, _documents),
    **dict.fromkeys(aws("ssm/Document"), _document_type),
}
"""Type -> what judges its documents."""
