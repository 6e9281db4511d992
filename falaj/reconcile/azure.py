"""What an Azure subscription lists under the tags of a stack: one query of Resource Graph, page by page."""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.facts.azure_permissions import azure_types
from falaj.facts.clouds import Cloud
from falaj.preflight.azure.context import MAX_PAGES, AzureContext, Missing, SignInExpired
from falaj.preflight.rows import NoAnswer, NotAllowed
from falaj.reconcile.listed import CannotAsk, Listed, Listing, Place, Question, remedy

PERMISSION = "Microsoft.ResourceGraph/resources/read"
"""Operation of the query (Azure permissions for Microsoft.ResourceGraph, 2026-11-28). It returns only what the caller
may read, and nothing instead of a refusal otherwise (Azure Resource Graph overview, "Permissions")."""

PATH = "/providers/Microsoft.ResourceGraph/resources"
PAGE = 1000
"""Most rows of a page (`$top` in the API's specification of 2022-10-01)."""

_TABLES = "resources | union (resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups')"
"""Resource groups have a table of their own. Resource Graph allows this union (Resource Graph query language)."""
_COLUMNS = "id, type, tags, managedBy, nodeResourceGroup = tostring(properties.nodeResourceGroup)"
"""The pages are stable only if the rows have an `id` (examples of the specification, ResourcesFirstPageQuery.json)."""


def query(tags: Mapping[str, str]) -> str:
    """Returns the query for resources with all these tags. Keys and values have no quotation marks (`CostTags`)."""
    conditions = " and ".join(f"tostring(tags['{key}']) == '{value}'" for key, value in tags.items())
    return f"{_TABLES} | where {conditions} | project {_COLUMNS} | order by id asc"


def azure_questions(context: AzureContext, tags: Mapping[str, str]) -> list[Question]:
    """Returns the question of a site: its subscription."""
    return [Question(f"{context.name} (Azure)", lambda: _listing(context, tags))]


def _listing(context: AzureContext, tags: Mapping[str, str]) -> Listing:
    """Asks the subscription. Raises `CannotAsk`."""
    try:
        rows = [*_rows(context, query(tags))]
    except SignInExpired as error:
        raise CannotAsk(f"{error}; sign in again") from None
    except NotAllowed as error:
        raise CannotAsk(f"{error}; allow the caller `{PERMISSION}`, and to read the resources") from None
    except (NoAnswer, Missing) as error:
        raise CannotAsk(f"{error}; {remedy(str(error))}") from None
    groups = _node_groups(rows)
    place = Place(Cloud.AZURE, context.subscription)
    return Listing(place, [_listed(row, groups) for row in rows], hides=True)


def _rows(context: AzureContext, text: str) -> Iterator[Mapping[str, Any]]:
    """Yields the rows of all pages. Raises `NotAllowed`, `NoAnswer` or `Missing`."""
    options: dict[str, Any] = {"$top": PAGE}
    for _ in range(MAX_PAGES):
        body = {"subscriptions": [context.subscription], "query": text, "options": options}
        page = context.arm.post(PATH, "Microsoft.ResourceGraph", body)
        rows = page.get("data") if isinstance(page, dict) else None
        if not isinstance(rows, list):
            raise NoAnswer("the answer of Resource Graph has no rows")
        yield from rows
        if not page.get("$skipToken"):
            if page.get("resultTruncated") == "true":
                raise NoAnswer("Resource Graph has cut its answer")
            return
        options = {**options, "$skipToken": page["$skipToken"]}
    raise NoAnswer(f"Resource Graph has more than {MAX_PAGES} pages")


def _node_groups(rows: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Returns beginnings of the IDs of what is in resource groups that AKS has created for its nodes. AKS gives the
    cluster's tags to them (Azure Kubernetes Service, "Use Azure tags", 2026-11-28)."""
    groups = [f"{row['id'].lower()}/" for row in rows if _is_group(row) and row.get("managedBy")]
    groups += [
        f"{'/'.join(row['id'].lower().split('/')[:4])}/{row['nodeResourceGroup'].lower()}/"
        for row in rows
        if row.get("nodeResourceGroup")
    ]
    return tuple(groups)


def _is_group(row: Mapping[str, Any]) -> bool:
    return str(row.get("type", "")).lower() == "microsoft.resources/subscriptions/resourcegroups"


def _listed(row: Mapping[str, Any], groups: tuple[str, ...]) -> Listed:
    identifier = str(row["id"])
    is_of_nodes = f"{identifier.lower()}/".startswith(groups) if groups else False
    tags = row.get("tags")
    name = str(tags.get("Name", "")) if isinstance(tags, dict) else ""
    return Listed(identifier, azure_type(str(row.get("type", ""))), name, "AKS" if is_of_nodes else "")


def azure_type(kind: str) -> str:
    """Returns the types of Pulumi for a resource type of Azure, otherwise that type itself."""
    return " or ".join(token for token, known in azure_types().items() if known.lower() == kind.lower()) or kind
