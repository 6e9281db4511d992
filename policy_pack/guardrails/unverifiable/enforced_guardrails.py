"""Policies of an organisation that hold prompts against a guardrail only where the caller likes.

With `selective` a guardrail looks at what the caller has marked, and so it does with `input_tags` of `honor`; a model
that is in no list of the included ones, or in that of the excluded ones, is held against nothing, and without the lists
each model is (AWS Organizations User Guide, "Amazon Bedrock policy syntax and examples"; AWS CDK v2 API Reference,
CfnEnforcedGuardrailConfiguration.ModelEnforcementProperty; both read 2026-12-02). What a program writes itself into the
prompt of the system may be marked, as in AWS's example, and models that only embed answer nobody.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, stated_items
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_POLICY, _KIND = aws("organizations/Policy"), "BEDROCK_POLICY"
_EMBEDS = lazy_regex(r"[\w.:/-]{0,200}(?:embed|rerank)[\w.:/-]{0,200}", re.IGNORECASE)
_EVERY = frozenset({"all", "*"})


def check_enforced_guardrails(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each configuration that leaves out what callers write, or models that answer."""
    if resource.type not in _POLICY or str(resource.props.get("type")).strip().upper() != _KIND:
        return
    regions = _child(_child(from_json(resource.props.get("content")), "bedrock"), "guardrail_inference")
    for region, settings in regions.items():
        for name, setting in _entries(settings):
            text = _what_passes(setting)
            if text:
                yield failed(f"content leaves prompts in {region} unguarded by {name}: {text}", "content")


def _what_passes(setting: dict[str, Plain]) -> str:
    """Returns what a configuration leaves out; empty if it leaves out nothing."""
    if "selective" in _values(_child(setting, "selective_content_guarding"), "messages"):
        return "messages is selective, so that the caller says what is looked at"
    if "honor" in _values(setting, "input_tags"):
        return "input_tags is honor, so that the caller says what is looked at"
    models = _child(setting, "model_enforcement")
    included, excluded = _values(models, "included_models"), _values(models, "excluded_models")
    if included and _EVERY.isdisjoint(included):
        return "included_models leaves out every other model"
    answering = next((item for item in excluded if _EMBEDS.fullmatch(item) is None), "")
    return f"excluded_models leaves out {answering}" if answering else ""


def _child(value: Plain, key: str) -> dict[str, Plain]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _entries(value: Plain) -> Iterator[tuple[str, dict[str, Plain]]]:
    for key, item in value.items() if isinstance(value, dict) else ():
        if isinstance(item, dict):
            yield key, item


def _values(setting: dict[str, Plain], key: str) -> list[str]:
    """Returns what a policy assigns or appends, in lower case (awsdocs/aws-organizations-docs 0402a350
    doc_source/orgs_manage_policies_inheritance_mgmt.md, read 2026-12-02)."""
    given = setting.get(key)
    parts = [item for name, item in given.items() if name in _OPERATORS] if isinstance(given, dict) else [given]
    return [str(value).strip().lower() for part in parts if part is not None for value in stated_items(part)]


_OPERATORS = frozenset({"@@assign", "@@append"})
