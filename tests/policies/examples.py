"""Writes examples of the rules that rows imply: `python -m tests.policies.examples`, with policy_pack on the path.

What only a predicate says is written by hand in the other files of the folder, and is left alone.
"""

import copy

import yaml
from guardrails.engine.examples import FOLDER, examples
from guardrails.engine.rows import Check, Guardrail
from guardrails.registry import ALL

from .cases import Props, put, samples, take

FILE = FOLDER / "rows.yaml"
_HEAD = "# Written by `python -m tests.policies.examples` from the rows of the guardrails; not to be edited.\n"


def implied(rule: Guardrail) -> Props | None:
    """The simplest example among a rule's rows."""
    if not rule.checks:
        return None
    for token in dict.fromkeys(check.tokens[0] for check in rule.checks):
        checks = [check for check in rule.checks if token in check.tokens]
        if all(check.path for check in checks):
            good = _fulfilling(checks)
            bad = copy.deepcopy(good)
            _break(bad, checks[0])
            mended = {"good": {"type": token, "props": good}} if good else {}
            return {"bad": {"type": token, "props": bad}, **mended}
    return {"bad": {"type": rule.checks[0].tokens[0]}}


def _fulfilling(checks: list[Check]) -> Props:
    props: Props = {}
    for check in checks:
        for path, condition in [(check.path, check.condition), *([check.when] if check.when else [])]:
            good = samples(condition)[0]
            if good:
                put(props, path, copy.deepcopy(good[0]))
    return props


def _break(props: Props, check: Check) -> None:
    bad = samples(check.condition)[1]
    if bad and bad[0] != "":
        put(props, check.path, bad[0])
    else:
        take(props, check.path)


def text() -> str:
    """The file as it should be."""
    by_hand = {rule for file in FOLDER.glob("*.yaml") if file != FILE for rule in yaml.safe_load(file.read_text())}
    found = {rule.id: implied(rule) for rule in ALL if rule.id not in by_hand}
    kept = {rule: example for rule, example in sorted(found.items()) if example is not None}
    return _HEAD + yaml.safe_dump(kept, sort_keys=False, width=110, allow_unicode=True)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    examples.cache_clear()
    print("without an example:", *(rule.id for rule in ALL if rule.id not in examples()))
