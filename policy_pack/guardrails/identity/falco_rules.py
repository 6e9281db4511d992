"""Rules of Falco that no event meets, and exceptions that leave out every event.

The macro `never_true` holds for no event: in a rule, or in a macro that rules need, nothing is reported any more, and
behind `not` it leaves nothing out. Macros of exceptions, whose names begin with `user_`, are `never_true` unless
something is to be left out, and `always_true` in one of them disables its rule (falcosecurity/rules c72713e,
rules/falco-incubating_rules.yaml and falco_rules.yaml; falcosecurity/falco-website c47da4c,
content/en/docs/concepts/rules/controlling-rules.md, read 2026-11-29).
"""

import re
from collections.abc import Iterable, Iterator

from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_PART = re.compile(r"(?P<place>.*)\.(?P<key>rule|macro|condition)", re.DOTALL)
_NEVER = re.compile(r"(?<!\bnot )(?<!\bnot \()\bnever_true\b")
_ALWAYS = re.compile(r"(?:.*\bor\s+)?[(\s]*always_true[)\s]*", re.DOTALL)
_NEEDED = re.compile(
    r"spawned_process|open_(?:read|write|directory)|container|outbound|interactive|dup|create_(?:sym|hard)link"
    r"|kernel_module_load|(?:shell|server|clear_data)_procs|sensitive_files|access_log_files|etc_dir|proc_name_exists"
    r"|system_users|directory_traversal|grep_commands|protected_shell_spawner|ptrace_attach_or_injection"
    r"|private_key_or_password|private_aws_credentials"
)
_EXCEPTION = re.compile(r"(?:user|allowed|known|trusted)_\w+")
_HARM = "what intruders do is seen by nobody"


def _is_blind(kind: str, name: str, condition: str) -> bool:
    """Returns whether a rule or a macro with this condition leaves nothing to report."""
    if kind == "rule" or _NEEDED.fullmatch(name):
        return _NEVER.search(condition) is not None
    return _EXCEPTION.fullmatch(name) is not None and _ALWAYS.fullmatch(condition) is not None


def check_falco_rules(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each rule, and each macro of rules, by which nothing is reported."""
    names: dict[str, tuple[str, str]] = {}
    conditions: dict[str, tuple[str, str]] = {}
    for leaf in leaves:
        part = _PART.fullmatch(leaf.path) if leaf.path.endswith((".rule", ".macro", ".condition")) else None
        if part is not None and part["key"] == "condition":
            conditions[part["place"]] = (leaf.path, str(leaf.value))
        elif part is not None:
            names[part["place"]] = (part["key"], str(leaf.value).strip())
    for place, (path, condition) in conditions.items():
        if place in names and _is_blind(*names[place], condition):
            yield failed(f"{path}: {_HARM}", path)
