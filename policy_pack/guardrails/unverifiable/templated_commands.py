"""Commands of a shell into which an event, a message or the input of a workflow is written.

What stands for a variable of a template is put in as it is (Amazon EventBridge, "Input transformation" and "EventBridge
Pipes input transformation", read 2026-12-02), and a shell reads `;`, `$(` and a new line in it as commands: whoever
names a file or writes a message runs them with the role of the task. The name of an object may have each of these
characters (awsdocs/amazon-s3-userguide 09fc2212 doc_source/object-keys.md, read 2026-12-02). An argument of its own, or
a variable of the environment, is read by no shell. Step Functions puts texts together by `States.Format`
(awsdocs/aws-step-functions-developer-guide 83ee8062 doc_source/amazon-states-language-intrinsic-functions.md) and by
JSONata, in each word of a list and with variables that a state assigned (AWS Step Functions, "Transforming data with
JSONata"; both read 2026-12-02).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, leaves, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_TEMPLATES: Mapping[str, str] = {
    **dict.fromkeys(aws("cloudwatch/EventTarget"), "inputTransformer?.inputTemplate?"),
    **dict.fromkeys(aws("pipes/Pipe"), "targetParameters?.inputTemplate?"),
}
_MACHINE = aws("sfn/StateMachine")
_SHELL = r"[\"'](?:/(?:usr/)?bin/)?(?:ba|da|a|z|k)?sh[\"']\s{0,9},\s{0,9}[\"']-[a-z]{0,6}c[\"']\s{0,9},"
_COMMAND = lazy_regex(
    rf"[\"'](?:commands\"\s{{0,9}}:\s{{0,9}}\[|command\"\s{{0,9}}:\s{{0,9}}\[\s{{0,9}}{_SHELL})(?P<text>[^\]]{{0,4000}})",
    re.IGNORECASE,
)
"""Commands for a shell by their key, or a command that starts one."""
_VARIABLE = lazy_regex(
    r"<(?!aws\.(?:events|pipes)\.(?!event\.json|event>|event$))(?:\$\.?)?[A-Za-z_][\w.$\[\]-]{0,200}>"
)
"""A variable of a template, but the time, the rule and the pipe, which the service itself fills in."""
_STARTS_SHELL = lazy_regex(_SHELL)
_KEY = lazy_regex(r"Commands?(?:\.\$)?")
_INPUT = lazy_regex(
    r"(?<![\w$])\$\.[\w\[]|\$states\.(?:input|result|context\.Execution\.Input)\b|\$\$\.Execution\.Input\b"
)

_NAMED = lazy_regex(r"\$([A-Za-z_]\w{0,80})(?![\w(])")


def check_templated_commands(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each command of a shell that somebody else writes a part of."""
    pattern = _TEMPLATES.get(resource.type)
    for path, template in walk(resource.props, pattern) if pattern else ():
        for found in _COMMAND.finditer(template) if isinstance(template, str) else ():
            if variable := _VARIABLE.search(found["text"]):
                yield failed(f"{path} writes {variable[0]} into a command of a shell: whoever sends it runs commands; "
                             "pass it as an argument of its own, or in the environment", path)  # fmt: skip
    definition = from_json(resource.props.get("definition")) if resource.type in _MACHINE else None
    given = _assigned(definition)
    for path, words in _commands(definition).items():
        text = words[0] if len(words) == 1 else ", ".join(f"'{word}'" for word in words)
        is_read = _INPUT.search(text) is not None or not given.isdisjoint(_NAMED.findall(text))
        if is_read and _STARTS_SHELL.search(text):
            yield failed(f"{path} writes the input into a command of a shell: pass it in the environment", path)


def _assigned(definition: Plain) -> set[str]:
    """Returns the variables to which a state assigns what somebody gave."""
    return {key.removesuffix(".$") for path, key, value in leaves(definition)
            if ".Assign." in path and isinstance(value, str) and _INPUT.search(value)}  # fmt: skip


def _commands(definition: Plain) -> dict[str, list[str]]:
    """Returns the words of each command by its path."""
    found: dict[str, list[str]] = {}
    for path, key, value in leaves(definition, "definition"):
        if isinstance(value, str) and _KEY.fullmatch(key):
            found.setdefault(path.rpartition("[")[0] if path.endswith("]") else path, []).append(value)
    return found
