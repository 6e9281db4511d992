"""Texts that are too large to be read: what stands in them is not known, so they are refused."""

from collections.abc import Iterator

from ..engine.families import residency_rule
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed
from ..readers.texts import MAX_CHARACTERS, MAX_VALUES, read_texts

_LIMITS = f"{MAX_VALUES:,} values and {MAX_CHARACTERS:,} characters"


def _check_size(resource: Resource) -> Iterator[Outcome]:
    if not read_texts(resource).is_complete:
        yield failed(f"its properties have more than {_LIMITS}, or are nested too deeply, so that not all were read")


def text_residency() -> Guardrail:
    """Returns the guardrail."""
    return residency_rule(
        1,
        Severity.CRITICAL,
        "Properties and the texts in them are small enough to be read",
        "a text that is not read can send data anywhere",
        f"Divide the resource, so that each part has at most {_LIMITS}, and write YAML without repeated aliases",
        predicate=_check_size,
        types=("aws:", "azure-native:", "kubernetes:"),
    )
