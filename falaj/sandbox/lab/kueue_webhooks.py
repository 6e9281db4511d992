"""What Kueue's chart adds to the webhooks of its module, read from the chart's template."""

import re
from collections.abc import Mapping
from typing import Any

_NAME = re.compile(r"^    name: (\S+\.kb\.io)$", re.MULTILINE)
_FRAMEWORK = re.compile(r'has "([^"]+)" \$integrationsConfig\.frameworks')


def webhook_fields(template: str, webhook: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the namespace selector of a webhook, if it has one, and whether its failure rejects a request.

    template: charts/kueue/templates/webhook/manifests.yaml. A webhook of a kind whose integration is off is called, but
    its failure is ignored.
    """
    head = _head(template, webhook)
    fields: dict[str, Any] = {}
    if "managedJobsNamespaceSelector" in head:
        fields["namespaceSelector"] = config["managedJobsNamespaceSelector"]
    if framework := _FRAMEWORK.search(head):
        is_on = framework[1] in config["integrations"]["frameworks"]
        fields["failurePolicy"] = "Fail" if is_on else "Ignore"
    return fields


def _head(template: str, webhook: str) -> str:
    """Returns the lines of the template between the name of a webhook and its rules."""
    for match in _NAME.finditer(template):
        if match[1] == webhook:
            return template[match.end() :].partition("\n    rules:")[0]
    raise ValueError(f"webhook {webhook} is not in the template of Kueue's chart")
