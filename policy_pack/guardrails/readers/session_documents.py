"""Documents of Session Manager, which are JSON or YAML in a text (session document schema of the Systems Manager User
Guide, 2026-11)."""

import yaml

from ..engine.reading import UNKNOWN, Plain, Resource, from_json

_SHELL = "Standard_Stream"
"""The type of session whose documents must have `inputs`: those of port forwarding have none."""
_LONGEST = 65_536
"""Characters of a document: Systems Manager accepts 64 KB (CreateDocument, 2026-11)."""


def inputs_of_sessions(resource: Resource) -> tuple[Plain, ...]:
    """Returns the inputs of a document for shells, None if it has none that can be read; nothing for other documents
    and for one that is not known."""
    if resource.get("documentType") != "Session" or resource.get("content") is UNKNOWN:
        return ()
    document = _document(resource)
    fields = document if isinstance(document, dict) else {}
    if fields.get("sessionType", _SHELL) != _SHELL and "inputs" not in fields:
        return ()
    return (fields.get("inputs"),)


def _document(resource: Resource) -> Plain:
    """Returns the content of a document in its format, JSON unless it says YAML; None if it cannot be read."""
    content = resource.get("content")
    if str(resource.get("documentFormat")).upper() != "YAML":
        return from_json(content)
    try:
        return yaml.safe_load(str(content)[:_LONGEST])
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
