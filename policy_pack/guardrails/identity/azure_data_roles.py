"""Rights on data that Azure's services keep themselves: tokens of registries, and roles of Cosmos DB.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-27.
"""

import re
from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource, one_or_many, walk
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, failed, passed
from .azure_patterns import matches

_TOKEN, _SCOPE_MAP = azure("containerregistry:Token", "containerregistry:ScopeMap")
_COSMOS = azure("cosmosdb:SqlResourceSqlRoleDefinition", "cosmosdb:CassandraResourceCassandraRoleDefinition",
                "cosmosdb:GremlinResourceGremlinRoleDefinition", "cosmosdb:MongoMIResourceMongoMIRoleDefinition",
                "cosmosdb:TableResourceTableRoleDefinition")  # fmt: skip
_EVERY_REPOSITORY = lazy_regex(r"repositories/\*+/content/(?:write|delete)", re.IGNORECASE)
_DATA = "Microsoft.DocumentDB/databaseAccounts/"
_UNRELATED = (f"{_DATA}readMetadata", f"{_DATA}sqlDatabases/containers/items/delete")
"""Data actions that only a pattern of every action matches both."""


def _is_every_action(action: str) -> bool:
    return all(matches(action, name) for name in _UNRELATED)


def _check_data_rights(resource: Resource) -> Iterator[Outcome]:
    if resource.type == _TOKEN:
        for path, value in walk(resource.props, "credentials?.passwords[*].expiry"):
            yield failed(f"{path} is not set, so the password does not expire", path) if value is MISSING else passed()
        return
    pattern = "actions[*]" if resource.type == _SCOPE_MAP else "permissions[*].dataActions"
    for path, value in walk(resource.props, pattern):
        for action in one_or_many(value):
            if isinstance(action, str) and (_EVERY_REPOSITORY.fullmatch(action) or _is_every_action(action)):
                yield failed(f"{path} allows {action}", path)
            else:
                yield passed()


AZURE_DATA_ROLES: tuple[Guardrail, ...] = (
    identity_rule(212, Severity.HIGH, "Tokens of registries expire, and roles of data list what they may change",
                  "whoever has the token or the role replaces images or deletes data of every team",
                  "Set expiry of each password of a token, or use an identity of Entra; name the repositories in the "
                  "actions of a scope map, and the data actions in permissions[].dataActions",
                  predicate=_check_data_rights, types=(_TOKEN, _SCOPE_MAP, *_COSMOS)),
)  # fmt: skip
