"""Generates the examples of rules that have rows: `python -m tests.policies.examples`, with policy_pack on the path.

Examples of rules that only have predicates are written by hand in the other files of the folder and are not changed.
"""

import copy

import yaml
from guardrails.engine.examples import FOLDER, examples
from guardrails.engine.rows import Check, Guardrail
from guardrails.registry import ALL

from .cases import Props, put, remove, samples

FILE = FOLDER / "rows.yaml"
_HEAD = "# Written by `python -m tests.policies.examples` from the rows of the guardrails; not to be edited.\n"


def example_of(rule: Guardrail) -> Props | None:
    """Returns the simplest example that a rule's rows imply, or None for a rule without rows."""
    if not rule.checks:
        return None
    for token in dict.fromkeys(check.tokens[0] for check in rule.checks):
        checks = [check for check in rule.checks if token in check.tokens]
        if all(check.path for check in checks):
            good = _compliant(checks)
            bad = copy.deepcopy(good)
            _violate(bad, checks[0])
            good_example = {"good": {"type": token, "props": good}} if good else {}
            return {"bad": {"type": token, "props": bad}, **good_example}
    return {"bad": {"type": rule.checks[0].tokens[0]}}


def _compliant(checks: list[Check]) -> Props:
    props: Props = {}
    for check in checks:
        for path, condition in [(check.path, check.condition), *([check.when] if check.when else [])]:
            good = samples(condition)[0]
            if good:
                put(props, path, copy.deepcopy(good[0]))
    return props


def _violate(props: Props, check: Check) -> None:
    bad = samples(check.condition)[1]
    if bad and bad[0] != "":
        put(props, check.path, bad[0])
    else:
        remove(props, check.path)


def text() -> str:
    """Returns the expected content of the file."""
    by_hand = {rule for file in FOLDER.glob("*.yaml") if file != FILE for rule in yaml.safe_load(file.read_text())}
    generated = {rule.id: example_of(rule) for rule in ALL if rule.id not in by_hand}
    sorted_examples = {rule: example for rule, example in sorted(generated.items()) if example is not None}
    return _HEAD + yaml.safe_dump(sorted_examples, sort_keys=False, width=110, allow_unicode=True)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    examples.cache_clear()
    print("without an example:", *(rule.id for rule in ALL if rule.id not in examples()))
