"""The SDK's server of policies, without the conversions of properties that no policy of the pack reads.

The SDK (1.21.0) converts the properties of each resource and of its provider for every call and every policy: four
times in a preview. One of them is read.
"""

import os
from typing import Any

from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import Policy, ResourceValidationPolicy, policy
from pulumi_policy.policy import _PolicyAnalyzerServicer


class Servicer(_PolicyAnalyzerServicer):
    """Answers the calls of the engine."""

    def __init__(self, name: str, version: str, policies: list[Policy], *others: Any) -> None:
        """Takes what the SDK's own has, and looks whether a policy remediates."""
        super().__init__(name, version, policies, *others)
        self._remediates = any(
            isinstance(item, ResourceValidationPolicy) and item.has_remediation() for item in policies
        )
        self._analyzed: set[str] = set()
        self._providers: dict[bytes, Any] = {}

    def ConfigureStack(self, request: Any, _context: Any) -> Any:
        """Sets the variables that say in which operation the pack runs.

        The engine (3.259.0) sends both with this call, of which the SDK keeps the stack's tags only; it reads them from
        these variables, which the engine sets for packs that it starts without a language host only.
        """
        os.environ |= {"PULUMI_DRY_RUN": str(request.dry_run).lower(), "PULUMI_STACK": request.stack}
        return super().ConfigureStack(request, _context)

    def Remediate(self, request: Any, _context: Any) -> Any:
        """Changes nothing if no policy does: the engine asks for every resource all the same."""
        return super().Remediate(request, _context) if self._remediates else proto.RemediateResponse()

    def _get_provider_resource(self, request: Any) -> Any:
        """Returns the provider of a resource, converted once: the engine sends it with each of its resources."""
        if not request.HasField("provider"):
            return None
        key = request.provider.SerializeToString(deterministic=True)
        if key not in self._providers:
            self._providers[key] = super()._get_provider_resource(request)
        return self._providers[key]

    def Analyze(self, request: Any, _context: Any) -> Any:
        """Evaluates a resource, whose inputs the pack keeps for its stack policies."""
        response = super().Analyze(request, _context)
        self._analyzed.add(request.urn)
        return response

    def AnalyzeStack(self, request: Any, _context: Any) -> Any:
        """Evaluates the stack, with the properties of those resources only whose inputs the pack has not kept."""
        for item in request.resources:
            if item.urn in self._analyzed:
                item.ClearField("properties")
                item.ClearField("provider")
        return super().AnalyzeStack(request, _context)


def use_servicer() -> None:
    """Makes the SDK serve with this class; called before the pack is served."""
    policy._PolicyAnalyzerServicer = Servicer
