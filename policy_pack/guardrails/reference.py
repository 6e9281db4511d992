"""The reference of the guardrails in Markdown, written from their rows: `falaj guardrails document`."""

from collections.abc import Iterator

import yaml

from .engine.controls import frameworks
from .engine.examples import ExampleResource, examples
from .engine.rows import CONCERNS, Concern, Guardrail
from .registry import ALL

_HEAD = """# Guardrails

Written by `falaj guardrails document > docs/guardrails.md`; a test holds it current.

Every rule has an id. A message begins with the id and the resource's name, says what is wrong, and ends with the fix.
Levels (`mandatory`, `advisory`, `disabled`) are set for each stack, concern or rule in `policy_pack/enforcement.yaml`,
exemptions in `policy_pack/exemptions.yaml`: with owner, ticket, reason and approval, 90 days at most, a warning in the
last 14 and a violation after the end. `falaj guardrails --stack NAME` lists what holds in a stack.

What is not known before deployment is judged again when it is. Until then it blocks where data may leave the country or
be reached from anywhere, and advises elsewhere; what is certainly wrong is refused at once.
"""

_COPIES = """## Why no copies in another region

Foreign baselines ask for copies in another region: the AWS conformance packs' S3 replication, Checkov's and Prowler's
rules of the same name, PCI mappings. AWS has one region in the UAE, so each such copy leaves the country; these
guardrails refuse them. Durability on AWS comes from the three zones of me-central-1, from backup vaults with a lock in
the same region, and from a second site. On Azure uaenorth and uaecentral are each other's pair, so geo-redundant copies
stay in the country and are allowed.
"""

_TYPES_SHOWN = 8


def document() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_rules(), _COPIES, *_controls()])


def _rules() -> Iterator[str]:
    for concern in Concern:
        rules = sorted((item for item in ALL if item.concern is concern), key=lambda item: item.id)
        if rules:
            yield f"## {concern.value.capitalize()}: {CONCERNS[concern]}\n"
        for rule in rules:
            yield "\n".join(_rule(rule))


def _rule(rule: Guardrail) -> Iterator[str]:
    yield f"### {rule.id} {rule.what}\n"
    yield f"- Severity: {rule.severity.value}"
    yield f"- Why: {rule.why}"
    yield f"- Fix: {rule.remedy}"
    types = sorted({token for check in rule.checks for token in check.tokens} | set(rule.types))
    if types:
        more = f" and {len(types) - _TYPES_SHOWN} more" if len(types) > _TYPES_SHOWN else ""
        yield f"- Types: {', '.join(f'`{token}`' for token in types[:_TYPES_SHOWN])}{more}"
    yield f"- Controls: {', '.join(f'`{control}`' for control in rule.all_controls)}\n"
    for title, text in shown_examples(rule.id).items():
        yield f"{title.capitalize()}:\n\n```yaml\n{text}```\n"


def shown_examples(rule: str) -> dict[str, str]:
    """The bad and the good example of a rule as YAML; empty where there is none."""
    example = examples().get(rule)
    plans = {"bad": example.bad, "good": example.good} if example else {}
    return {title: "---\n".join(map(_shown, plan)) for title, plan in plans.items() if plan}


def _shown(resource: ExampleResource) -> str:
    data = resource.model_dump(exclude_defaults=True, exclude={"links"})
    return yaml.safe_dump(data, sort_keys=False, width=110, allow_unicode=True)


def _controls() -> Iterator[str]:
    yield "## Controls\n"
    yield "`verified` says that somebody read the text, or its number and title, in the source named.\n"
    for framework in frameworks():
        yield f"### {framework.title}\n\nSource: {framework.source}.\n"
        yield "| control | title | reference | verified |\n| --- | --- | --- | --- |"
        for item in framework.controls:
            read = f"yes: {item.read}" if item.verified else f"no{f': {item.read}' if item.read else ''}"
            yield f"| `{framework.framework}:{item.id}` | {item.title} | {item.reference} | {read} |"
        yield ""
