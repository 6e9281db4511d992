"""Values of the charts of policy engines by which nothing is evaluated: webhooks that ask about nobody's objects,
conditions that are never met, and functions of programs that nobody may call.

Kyverno (kyverno/kyverno 111e07bbec, charts/kyverno/values.yaml: `config.webhooks`, `config.matchConditions`) and
Gatekeeper (open-policy-agent/gatekeeper dd8507eb97, charts/gatekeeper/values.yaml: `validatingWebhookMatchConditions`,
`validatingWebhookCustomRules`, and `disabledBuiltins`, which is `{http.send}` unless it is set), read 2026-11-29.
Values with one dangerous value have rows in `data/program_switches.csv`.
"""

from collections.abc import Iterator

from falaj.facts.chart_names import chart_name

from ..engine.reading import MISSING, Resource, one_or_many
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cel import never_true
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import evaluates_others
from .admission_nobody import only_listed

_RELEASES = ("kubernetes:helm.sh/v1:Release",)
_SENDING = "http.send"
"""Function of Rego that sends a request to any address (open-policy-agent/gatekeeper dd8507eb,
externaldata.md, read 2026-11-29)."""


def check_engine_charts(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each value of the chart of a policy engine that decides what is evaluated."""
    name = chart_name(str(resource.get("chart")))
    if resource.type not in _RELEASES or name not in ("kyverno", "gatekeeper"):
        return
    values = ObjectPart("", resource.props).child("values")
    yield from _check_kyverno(values.child("config")) if name == "kyverno" else _check_gatekeeper(values)


def _check_kyverno(config: ObjectPart) -> Iterator[Outcome]:
    path = config.path_to("webhooks")
    text = f"{path} has policies evaluated only for what it lists"
    yield failed(text, path) if any(map(only_listed, one_or_many(config.get("webhooks")))) else passed()
    yield from _check_conditions(config, "matchConditions")


def _check_gatekeeper(values: ObjectPart) -> Iterator[Outcome]:
    yield from _check_conditions(values, "validatingWebhookMatchConditions")
    rules = values.child("validatingWebhookCustomRules")
    path = rules.path_to("rules")
    is_nobody = bool(rules.get("rules")) and not evaluates_others(rules) and rules.get("rules") is not MISSING
    yield failed(f"{path} has no rule for pods and what grants rights", path) if is_nobody else passed()
    path, disabled = values.path_to("disabledBuiltins"), values.get("disabledBuiltins")
    is_open = disabled is not MISSING and isinstance(disabled, list) and _SENDING not in str(disabled)
    yield failed(f"{path} lets programs send what they read to any address", path) if is_open else passed()


def _check_conditions(part: ObjectPart, key: str) -> Iterator[Outcome]:
    for condition in part.children(key):
        path, expression = condition.path_to("expression"), condition.get("expression")
        is_never = isinstance(expression, str) and never_true(expression, {})
        yield failed(f"{path} is never met", path) if is_never else passed()
