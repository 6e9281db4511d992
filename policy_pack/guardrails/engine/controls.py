"""The framework controls that guardrails serve, by subject. `data/controls/` contains them with their sources.

A control is `verified` if its text (or, as `read` states, its number and title) was read in the source.
"""

from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from .data_folder import DATA

FOLDER = DATA / "controls"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: the pack reads these files at each start."""

Subject = Literal[
    "ownership", "placement", "encryption", "transit", "exposure", "identity", "cost", "escape", "resilience"
]


class Control(BaseModel):
    """One requirement of a framework, served by the rules of its `subjects` and by the rules with these ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: str
    reference: str = ""
    verified: bool
    read: str = ""
    subjects: tuple[Subject, ...] = ()
    rules: tuple[str, ...] = ()


class Framework(BaseModel):
    """A law, regulation, standard or benchmark with the controls that the guardrails serve."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    framework: str
    title: str
    source: str
    controls: tuple[Control, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Returns all frameworks, in the order of their file names."""
    return tuple(
        Framework.model_validate(yaml.load(file.read_text(encoding="utf-8"), _LOADER))  # noqa: S506
        for file in sorted(FOLDER.glob("*.yaml"))
    )


def _controls_of_subject(subject: Subject) -> tuple[str, ...]:
    return tuple(
        f"{framework.framework}:{control.id}"
        for framework in frameworks()
        for control in framework.controls
        if subject in control.subjects
    )


@cache
def descriptions() -> dict[str, str]:
    """Returns what each control asks for, with its article, and whether it was read in the source."""
    return {
        f"{framework.framework}:{control.id}": "; ".join(
            filter(None, (control.title, control.reference, "verified" if control.verified else "not verified"))
        )
        for framework in frameworks()
        for control in framework.controls
    }


@cache
def controls_of_rule(rule: str) -> tuple[str, ...]:
    """Returns the controls that list a rule by its id, in addition to the controls of the rule's subject."""
    return tuple(
        f"{framework.framework}:{control.id}"
        for framework in frameworks()
        for control in framework.controls
        if rule in control.rules
    )


OWNERSHIP = _controls_of_subject("ownership")
PLACEMENT = _controls_of_subject("placement")
ENCRYPTION = _controls_of_subject("encryption")
TRANSIT = _controls_of_subject("transit")
EXPOSURE = _controls_of_subject("exposure")
IDENTITY = _controls_of_subject("identity")
COST = _controls_of_subject("cost")
ESCAPE = _controls_of_subject("escape")
RESILIENCE = _controls_of_subject("resilience")
