"""Drives the policy pack as the engine does: its own servicer, in process, with the engine's unknowns and secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from google.protobuf import json_format, struct_pb2
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.evaluate import Evaluator
from guardrails.engine.exemptions import Exemption
from guardrails.pack import PackRun, make_policies
from guardrails.registry import all_guardrails
from guardrails.servicer import Servicer
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer
from pulumi_policy.proxy import UNKNOWN_OBJECT_VALUE, UNKNOWN_STRING_VALUE

from tests.checked_calls import are_checked

UNKNOWN = UNKNOWN_STRING_VALUE
UNKNOWN_OBJECT = UNKNOWN_OBJECT_VALUE
TODAY = date(2026, 11, 24)
STRICT = Enforcement.model_validate({"default": {"all": "mandatory"}})


def secret(value: object) -> dict[str, object]:
    """Returns a secret in the engine's encoding."""
    return {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": value}


def named(value: object) -> str:
    """Returns a test id that is the same in every process: the iteration order of sets differs between processes."""
    return ",".join(sorted(map(str, value))) or "none" if isinstance(value, set) else str(value)


@dataclass(frozen=True)
class Given:
    """A resource of a plan; `links` maps each property to the names of the resources that it depends on, `parent` is
    the name of its parent, and `ignore_changes` lists the properties of the resource option of that name."""

    type: str
    props: Mapping[str, object]
    name: str = "it"
    provider: Mapping[str, object] | None = None
    provider_name: str = "site"
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stack: str = "prod-uae"
    protect: bool = False
    parent: str = ""
    ignore_changes: tuple[str, ...] = ()

    @property
    def urn(self) -> str:
        """URN in the engine's format."""
        return f"urn:pulumi:{self.stack}::falaj::{self.type}::{self.name}"


@dataclass(frozen=True)
class Report:
    """A finding that the pack reported: rule ID, level, policy and full message."""

    rule: str
    mandatory: bool
    policy: str
    text: str


def _struct(props: Mapping[str, object]) -> struct_pb2.Struct:
    return json_format.ParseDict(dict(props), struct_pb2.Struct())


def _provider_type(token: str) -> str:
    return f"pulumi:providers:{token.split(':')[0]}"


def _default_provider(token: str) -> dict[str, object]:
    return {"region": "me-central-1"} if token.startswith("aws:") else {}


@dataclass(frozen=True)
class _Settings:
    """Settings of the pack, and their text, by which they are compared."""

    text: str
    enforcement: Enforcement = field(compare=False)


@lru_cache(32)
def _evaluator(settings: _Settings, calls_are_checked: bool) -> Evaluator:
    """Returns the guardrails of the settings, which keep nothing of what they evaluate: thousands of tests ask for the
    same. Tests whose calls are checked have their own, so that the making of these is checked too."""
    return Evaluator(all_guardrails(settings.enforcement))


class Pack:
    """A running policy pack."""

    def __init__(
        self,
        enforcement: Enforcement = STRICT,
        exemptions: tuple[Exemption, ...] = (),
        today: date = TODAY,
        language: str = "",
    ) -> None:
        evaluator = _evaluator(_Settings(enforcement.model_dump_json(), enforcement), are_checked())
        self.run = PackRun(enforcement, exemptions, clock=lambda: today, language=language, evaluator=evaluator)
        self.servicer: _PolicyAnalyzerServicer = Servicer(
            "falaj", "0.0.1", make_policies(self.run), EnforcementLevel.MANDATORY
        )

    def evaluate_resource(self, resource: Given) -> list[Report]:
        """Returns the findings that the resource policies report for one resource."""
        provider = _default_provider(resource.type) if resource.provider is None else resource.provider
        kind = _provider_type(resource.type)
        request = proto.AnalyzeRequest(
            type=resource.type,
            properties=_struct(resource.props),
            urn=resource.urn,
            name=resource.name,
            options=proto.AnalyzerResourceOptions(protect=resource.protect, ignoreChanges=resource.ignore_changes),
            provider=proto.AnalyzerProviderResource(
                type=kind,
                properties=_struct(provider),
                urn=f"urn:pulumi:{resource.stack}::falaj::{kind}::{resource.provider_name}",
                name=resource.provider_name,
            ),
        )
        return [_report(item) for item in self.servicer.Analyze(request, None).diagnostics]

    def remediated(self, resource: Given) -> dict[str, object] | None:
        """Returns the inputs after the pack's remediations, or None if nothing changed."""
        kind = _provider_type(resource.type)
        provider = proto.AnalyzerProviderResource(type=kind, name="site", properties=_struct(resource.provider or {}))
        request = proto.AnalyzeRequest(
            type=resource.type,
            properties=_struct(resource.props),
            urn=resource.urn,
            name=resource.name,
            provider=provider,
        )
        changes = self.servicer.Remediate(request, None).remediations
        assert not any(item.diagnostic for item in changes)
        return json_format.MessageToDict(changes[-1].properties) if changes else None

    def evaluate_plan(self, *plan: Given, read: tuple[Given, ...] = ()) -> list[Report]:
        """Returns the findings that the resource policies report for each resource of a plan, then those that the stack
        policies report for the plan: each resource is analyzed once, as by the engine."""
        reports = [report for resource in plan for report in self.evaluate_resource(resource)]
        return reports + self._analyze_stack(plan + read)

    def evaluate_stack(self, *plan: Given, read: tuple[Given, ...] = ()) -> list[Report]:
        """Returns the findings that the stack policies report for a plan, after each resource was analyzed.

        `read` lists resources that the program only looks up: the engine does not pass them to resource policies.
        """
        for resource in plan:
            self.evaluate_resource(resource)
        return self._analyze_stack(plan + read)

    def _analyze_stack(self, plan: tuple[Given, ...]) -> list[Report]:
        urns = {resource.name: resource.urn for resource in plan}
        request = proto.AnalyzeStackRequest()
        for resource in plan:
            item = proto.AnalyzerResource(
                type=resource.type, properties=_struct(resource.props), urn=resource.urn, name=resource.name
            )
            item.parent = urns.get(resource.parent, "")
            for key, names in resource.links.items():
                item.propertyDependencies[key].urns.extend(urns[name] for name in names)
            request.resources.append(item)
        return [_report(item) for item in self.servicer.AnalyzeStack(request, None).diagnostics]


def _report(item: proto.AnalyzeDiagnostic) -> Report:
    text = item.message.partition("\n")[2]
    return Report(
        text[1 : text.index("]")] if text.startswith("[") else text or item.message,
        item.enforcementLevel == proto.MANDATORY,
        item.policyName,
        text,
    )


def rules(reports: list[Report]) -> set[str]:
    """Returns the IDs of all reported rules."""
    return {item.rule for item in reports}


def blocking(reports: list[Report]) -> set[str]:
    """Returns the IDs of the rules that block the deployment."""
    return {item.rule for item in reports if item.mandatory}
