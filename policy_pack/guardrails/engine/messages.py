"""Messages of findings for users: the violation, and the fix with the property and the value that it needs."""

from .evaluate import Finding
from .languages import python_path
from .lazy_regex import lazy_regex
from .verdicts import Outcome

_PROPERTY = lazy_regex(
    r"(?P<verb>Set )?the (?:[\w ]+ )?(?:property|field|value|protocol|version|policy|parameter) in the message"
)
"""The part of a remedy that names the property of the violation."""
_REQUIREMENT = lazy_regex(r"must (?P<no>not )?be (?P<value>.+?)(?:, and this is not known before deployment)?")
_OPPOSITES = {"true": "false", "false": "true"}


def message_of(finding: Finding, language: str) -> str:
    """Returns the text: `[ID] resource 'name': the violation. Fix: the remedy.`

    `language`: runtime of the program, such as `python`, whose names of properties the text has too.
    """
    outcome = finding.outcome
    translated = python_path(finding.resource.type, outcome.path) if language == "python" else ""
    sentence = outcome.sentence
    if translated:
        sentence = sentence.replace(outcome.path, f"{outcome.path} (Python: {translated})", 1)
    remedy = _concrete(outcome.remedy or finding.guardrail.remedy, outcome, translated or outcome.path)
    return f"[{finding.guardrail.id}] resource '{finding.resource.name}': {sentence}. Fix: {remedy}."


def _concrete(remedy: str, outcome: Outcome, name: str) -> str:
    """Returns a remedy that names the property, and the value that the violation asks for.

    What a remedy adds to `Set the property in the message` tells which value that is, so a known value replaces it.
    """
    match = _PROPERTY.search(remedy)
    if match is None or not name:
        return remedy
    rest = remedy[match.end() :]
    if not match["verb"]:
        return f"{remedy[: match.start()]}{name}{rest}"
    requirement = _REQUIREMENT.fullmatch(outcome.sentence.removeprefix(f"{outcome.path} "))
    if requirement is None:
        return f"{remedy[: match.start()]}Set {name}{rest}"
    value = _instruction(name, requirement["value"], is_forbidden=requirement["no"] is not None)
    return f"{remedy[: match.start()]}{value}{'' if rest.startswith((':', ', with')) else rest}"


def _instruction(name: str, value: str, *, is_forbidden: bool) -> str:
    if value == "set":
        return f"Remove {name}" if is_forbidden else f"Set {name}"
    if not is_forbidden:
        return f"Set {name} to {value}"
    return f"Set {name} to {_OPPOSITES[value]}" if value in _OPPOSITES else f"Set {name} to another value than {value}"
