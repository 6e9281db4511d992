"""Functions of Azure that write records or look for fraud, and are switched off by a setting.

`AzureWebJobs.<function>.Disabled` with 1 or true ends the trigger of a function (MicrosoftDocs/azure-docs 00ae202d
articles/azure-functions/disable-function.md; five public programs have it, for other functions of the same app, read
2026-12-02). A slot that is only tried has it for each trigger, so that slots are left out.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, each_item, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_MAPS = azure("web:WebAppApplicationSettings")
_LISTS = {
    **dict.fromkeys(azure("web:WebApp"), "siteConfig?.appSettings?"),
    **dict.fromkeys(azure("app:ContainerApp"), "template?.containers[*].env?"),
}
_DISABLED = lazy_regex(r"AzureWebJobs(?:\.|__|_)(?P<function>.{1,100}?)(?:\.|__|_)Disabled", re.IGNORECASE)
_GUARDS = lazy_regex(
    r"audit|fraud|sanction|aml(?![a-z])|launder|screen|alert|detect|complian|suspicious|journal|ledger(?:log|record)"
    r"|(?:access|security)[-_]?(?:log|record|event)|evidence|four-?eyes|reconcil",
    re.IGNORECASE,
)
_ON = ("true", "1")


def check_disabled_functions(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each such function that is switched off."""
    for path, name, value in _settings(resource):
        found = _DISABLED.fullmatch(name.strip())
        if found and _GUARDS.search(found["function"]) and str(value).strip().lower() in _ON:
            yield failed(f"{path} switches off the function {found['function']}", path)


def _settings(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    properties = resource.get("properties") if resource.type in _MAPS else None
    for name, value in properties.items() if isinstance(properties, dict) else ():
        yield f"properties.{name}", name, value
    pattern = _LISTS.get(resource.type)
    for path, item in each_item(walk(resource.props, pattern)) if pattern else ():
        if isinstance(item, dict):
            yield path, str(item.get("name")), item.get("value")
