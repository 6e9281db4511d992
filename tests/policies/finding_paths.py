"""Checks, in the tests of the policy pack, that the path in a finding is one of the resource's properties, and that a
finding whose sentence begins with a property has a path, by which the message gives the name in Python. Names in both
have the case that the resource has."""

import functools
import re
from collections.abc import Mapping
from typing import Any

from guardrails.engine.evaluate import Finding
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import Outcome, Verdict

from falaj.sandbox.clouds.sdk_schema import UnknownResourceType
from tests.checked_calls import are_checked

from .sdk_paths import has_path

OBJECT_FIELDS = frozenset({"apiVersion", "data", "kind", "metadata", "spec", "stringData"})
"""Fields that an object of Kubernetes may have, whether the SDK knows its type or not."""

STACK = "pulumi:pulumi:Stack"

_FIELD = re.compile(r"[a-z][A-Za-z0-9]*")
_STEP = re.compile(r"[^.\[\]?]+")
_NESTED = re.compile(r"[A-Za-z]\w*(?:\[\d+\])*\.[\w.\[\]]*\w")
"""A sentence's first word that is the path of a nested property."""


def is_property(resource: Resource, path: str) -> bool:
    """Whether the first part of a path is a property that the resource has, or may have by the SDK. A rule that refuses
    a type gives the type.
    """
    first = re.split(r"[.\[?]", path, maxsplit=1)[0]
    if (
        path == resource.type
        or first in resource.props
        or (resource.type.startswith("kubernetes:") and first in OBJECT_FIELDS)
    ):
        return True
    try:
        return has_path(resource.type, first)
    except (UnknownResourceType, ModuleNotFoundError):  # a type that others define: any field is possible
        return _FIELD.fullmatch(first) is not None


def begins_with_property(resource: Resource, sentence: str) -> bool:
    """Whether the first word of a sentence is the path of a property: `spec.tls[0]`, or `publicAccess` if it is set.

    A finding of a whole stack begins with the names of resources, which may look like paths: `mail.example.ae-MX`.
    """
    if resource.type == STACK:
        return False
    word = sentence.partition(" ")[0]
    is_nested = re.fullmatch(r"[a-zA-Z]\w*(\[\d+\])*[.\[]\S+", word) is not None
    return (is_nested or (word in resource.props and not word.islower())) and is_property(resource, word)


def is_misspelled(resource: Resource, path: str) -> bool:
    """Whether a path has the name `None`, or a property that an object of Kubernetes has in another case: policies of
    the clouds are read in any."""
    value: Any = resource.props
    for step in _STEP.findall(path):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
        else:
            others = value if isinstance(value, Mapping) and resource.type.startswith("kubernetes:") else ()
            return step == "None" or step.lower() in {str(other).lower() for other in others}
    return False


def has_texts(outcome: Outcome) -> bool:
    """Whether an outcome has a sentence, which one that passes need not have, and its path is a text."""
    says = isinstance(outcome.sentence, str) and (outcome.verdict is Verdict.PASS or bool(outcome.sentence))
    return says and isinstance(outcome.path, str)


@functools.cache
def check_paths() -> None:
    """Makes a finding with the path of no property an error, and one without the path that its sentence begins with; in
    all tests, also one without a sentence."""
    create = Finding.__init__

    @functools.wraps(create)
    def checked(self: Finding, *args: Any, **kwargs: Any) -> None:
        create(self, *args, **kwargs)
        path = self.outcome.path
        if not has_texts(self.outcome):
            raise TypeError(f"{self.guardrail.id}: the finding has no sentence, or its path is no text: {self.outcome}")
        if path and are_checked() and not is_property(self.resource, path):
            raise ValueError(f"{self.guardrail.id}: {self.resource.type} has no property {path!r}")
        if not path and are_checked() and begins_with_property(self.resource, self.outcome.sentence):
            raise ValueError(f"{self.guardrail.id}: the finding has no path: {self.outcome.sentence}")
        names = (path, _NESTED.match(self.outcome.sentence)) if are_checked() else ()
        if any(is_misspelled(self.resource, name if isinstance(name, str) else name[0]) for name in names if name):
            raise ValueError(f"{self.guardrail.id}: misspelled property: {path!r}, {self.outcome.sentence}")

    Finding.__init__ = checked
