"""Authentication and sharing of AWS data services, which by default accept every client in the network.

Property names checked against pulumi-aws 7.51.1 on 2026-11-25 (a test repeats it).
"""

import re
from collections.abc import Iterator

from ..engine.conditions import ABSENT, NOT_TRUE, SET, TRUE, Condition, is_true, none_of, one_of
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import at_most
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, each_item, one_or_many, walk
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.cedar_policies import permits_everything


def _requires_client_authentication(value: Plain) -> bool:
    """Returns whether a Kafka cluster requires client authentication by SASL or TLS."""
    authentication = value[0] if isinstance(value, list) and value else value
    if not isinstance(authentication, dict) or is_true(authentication.get("unauthenticated")):
        return False
    return any(authentication.get(method) is UNKNOWN or bool(authentication.get(method)) for method in ("sasl", "tls"))


def _has_no_wildcard(value: Plain) -> bool:
    """Returns whether a list of principals contains no wildcard."""
    items = one_or_many(value)
    return not any(isinstance(item, str) and item.strip() in ("*", "arn:aws:iam::*:root") for item in items)


KAFKA_AUTHENTICATION = Condition("must have sasl or tls, and unauthenticated not true", _requires_client_authentication)
LISTED_CLIENTS = Condition(
    "must not set allow.everyone.if.no.acl.found to true",
    lambda value: not re.search(r"(?m)^\s*allow\.everyone\.if\.no\.acl\.found\s*[=:]\s*true\s*$", str(value)),
)
"""Without the property MSK also allows everybody (Amazon MSK, "Apache Kafka ACLs", read 2026-11-28), but clients of IAM
have no such lists, so only a stated value is judged."""
WITH_PASSWORD = Condition(
    "must not include nopass",
    lambda value: not re.search(r"(?i)(?<!\S)nopass(?!\S)", str(value)),
    missing=Verdict.PASS,
)
"""A user of a cache who signs in with any password (valkey-io/valkey 55bbbe09 src/acl.c, rule nopass, read
2026-11-29)."""
_SWITCHED_ON = Condition(
    "must have the word on",
    lambda value: re.search(r"(?i)(?<!\S)on(?!\S)", str(value)) is not None,
    unknown=Verdict.PASS,
)
"""A user who may sign in: one with neither `on` nor `off` is off (Amazon ElastiCache, "Role-Based Access Control",
read 2026-12-01)."""
NAMED_PRINCIPALS = Condition("must name principals, not *", _has_no_wildcard, missing=Verdict.PASS)

_SEARCH = aws("opensearch/Domain", "elasticsearch/Domain")
NOT_EVERY_IDENTITY = Condition(
    "must not be IAM_ALLOWED_PRINCIPALS or the group IAMPrincipals",
    lambda value: not str(value).endswith(("IAM_ALLOWED_PRINCIPALS", ":IAMPrincipals")),
    missing=Verdict.PASS,
)
"""Groups of all identities: of the catalogue (Lake Formation API, DataLakeSettings), and of an account (its provider's
documentation of permissions; both read 2026-11-27)."""
LIMITED_PERMIT = Condition(
    "must not permit every principal every action on every resource",
    lambda value: not (isinstance(value, str) and permits_everything(value)),
    missing=Verdict.PASS,
)
"""A Cedar policy whose scope limits it, or a condition of a form that `readers.cedar_conditions` lists
(docs.cedarpolicy.com, "Basic policy construction", read 2026-11-27)."""

_ALWAYS_TRUE = lazy_regex(r"\(?\s*(?:true|(\d+|'[^']*')\s*=\s*\1)\s*\)?", re.IGNORECASE)


def _leaves_out(value: Plain) -> bool:
    """Returns whether a filter of a table names its columns, leaves out some, or has an expression for its rows."""
    data = value[0] if isinstance(value, list) and value else value
    if not isinstance(data, dict):
        return True
    wildcard, rows = data.get("columnWildcard"), data.get("rowFilter")
    columns = wildcard.get("excludedColumnNames") if isinstance(wildcard, dict) else wildcard
    text = rows.get("filterExpression") if isinstance(rows, dict) else rows
    is_filter = text is UNKNOWN or (isinstance(text, str) and _ALWAYS_TRUE.fullmatch(text.strip()) is None)
    return is_filter or columns is UNKNOWN or bool(columns) or bool(data.get("columnNames"))


LEAVES_OUT = Condition("must leave out rows or columns: whoever has the filter has the whole table", _leaves_out)
"""AWS Lake Formation Developer Guide, "Data filters in Lake Formation" (AllRowsWildcard), and botocore 1.44.8,
lakeformation, DataCellsFilter (ColumnWildcard); read 2026-11-29."""

_TOKEN_LIMITS = ("allowedAudiences", "allowedClients", "allowedScopes", "allowedWorkloadConfiguration", "customClaims")


def _limits_tokens(value: Plain) -> bool:
    """Returns whether an authorizer takes tokens for named applications only."""
    authorizer = value[0] if isinstance(value, list) and value else value
    return isinstance(authorizer, dict) and any(authorizer.get(name) for name in _TOKEN_LIMITS)


LIMITED_TOKENS = Condition(
    "must name audiences, clients, scopes or claims: tokens of the issuer for other applications are taken too",
    _limits_tokens,
    missing=Verdict.PASS,
)
"""botocore 1.44.8, bedrock-agentcore-control, CustomJWTAuthorizerConfiguration (read 2026-11-29)."""
_CLAIMS_OF_PROGRAMS = frozenset({"aud", "azp", "appid", "cid", "client_id", "scope", "scp", "roles"})


_BALANCERS = aws("lb/Listener", "alb/Listener", "lb/ListenerRule", "alb/ListenerRule")


def _check_tokens_of_balancers(resource: Resource) -> Iterator[Outcome]:
    """Checks that one of the claims that a load balancer asks for says for which program a token is: iss and exp are
    all that it checks unless claims are added (botocore 1.44.8, elbv2, JwtValidationActionConfig; read 2026-11-29)."""
    for key in ("defaultActions", "actions"):
        for path, value in walk(resource.props, f"{key}[*].jwtValidation?"):
            claims = value.get("additionalClaims") if isinstance(value, dict) else UNKNOWN
            items = one_or_many(claims)
            names = {str(item.get("name")).lower() for item in items if isinstance(item, dict)}
            is_for_all = UNKNOWN not in items and names.isdisjoint(_CLAIMS_OF_PROGRAMS)
            text = f"{path}.additionalClaims must have a claim of the program, such as aud, client_id or scope"
            yield failed(text, path) if is_for_all else passed()


_AUTHORIZED = aws("bedrock/AgentcoreAgentRuntime", "bedrock/AgentcoreGateway", "bedrock/AgentcoreHarness",
                  "bedrock/AgentcoreRegistry")  # fmt: skip
_POOL_CLIENTS = aws("cognito/UserPoolClient", "cognito/ManagedUserPoolClient")
_YEAR = {"days": 366, "hours": 366 * 24, "minutes": 366 * 24 * 60, "seconds": 366 * 24 * 60 * 60}
"""Unit -> how long a refresh token is valid at most. Amazon Cognito allows ten years, in days unless
tokenValidityUnits says otherwise (botocore 1.44.8, cognito-idp, RefreshTokenValidity; read 2026-11-29)."""

AUTHENTICATION_ROWS = (
    Check(aws("msk/Cluster"), "clientAuthentication", KAFKA_AUTHENTICATION),
    Check(aws("msk/Cluster"), "clientAuthentication?.unauthenticated", NOT_TRUE),
    Check(aws("msk/ServerlessCluster"), "clientAuthentication.sasl.iam.enabled", TRUE),
    Check(aws("memorydb/Cluster"), "aclName", none_of("open-access")),
    Check(aws("elasticache/User"), "noPasswordRequired", NOT_TRUE, when=("accessString", _SWITCHED_ON)),
    Check(aws("elasticache/User"), "authenticationMode?.type", none_of("no-password-required"),
          when=("accessString", _SWITCHED_ON)),
    Check(aws("memorydb/User"), "authenticationMode.type", one_of("iam", "password")),
    Check(aws("memorydb/User"), "accessString", WITH_PASSWORD),
    Check(aws("elasticache/User"), "accessString", WITH_PASSWORD),
    # The user that AWS made, whose id is default, does all without a password; one's own user of that name has another
    # id (a copy of Amazon ElastiCache, "Role-Based Access Control", read 2026-11-29, and one of MemoryDB,
    # "Authenticating users with Access Control Lists": one an account, for the list open-access, read 2026-11-30).
    Check(aws("elasticache/UserGroup"), "userIds", none_of("default")),
    Check(aws("elasticache/UserGroupAssociation"), "userId", none_of("default")),
    Check(aws("memorydb/Acl"), "userNames", none_of("default")),
    Check(aws("elasticache/ReplicationGroup"), "userGroupIds", SET, when=("authToken", ABSENT)),
    # "DELETE - allowed only when transitioning to RBAC" (botocore 1.44.8, elasticache, AuthTokenUpdateStrategy).
    Check(aws("elasticache/ReplicationGroup"), "userGroupIds", SET, when=("authTokenUpdateStrategy", one_of("DELETE"))),
    Check(aws("elasticache/ServerlessCache"), "userGroupId", SET, when=("engine", one_of("redis", "valkey"))),
    Check(_SEARCH, "advancedSecurityOptions.enabled", TRUE),
    Check(aws("opensearch/Domain"), "advancedSecurityOptions.anonymousAuthEnabled", NOT_TRUE),
    Check(aws("appsync/GraphQLApi"), "additionalAuthenticationProviders[*].authenticationType", none_of("API_KEY")),
    Check(aws("appsync/GraphQLApi"), "openidConnectConfig?.clientId", SET),
    Check(aws("appsync/GraphQLApi"), "additionalAuthenticationProviders[*].openidConnectConfig?.clientId", SET),
    Check(aws("apigatewayv2/Authorizer"), "jwtConfiguration.audiences", SET, when=("authorizerType", one_of("JWT"))),
    Check(aws("appsync/Api"), "eventConfig?.authProviders[*].authType", none_of("API_KEY")),
    Check(aws("iot/Authorizer"), "signingDisabled", NOT_TRUE),
    Check(aws("msk/Configuration"), "serverProperties", LISTED_CLIENTS),
    Check(aws("cognito/UserPool"), "mfaConfiguration", one_of("ON", "OPTIONAL")),
    # Contains and StartsWith also match values that a stranger registers, and NotEqual nearly all (botocore 1.44.8,
    # cognito-identity, MappingRuleMatchType, read 2026-11-29).
    Check(aws("cognito/IdentityPoolRoleAttachment"), "roleMappings[*].mappingRules[*].matchType", one_of("Equals")),
    Check(aws("agentregistry/Registry"), "discoveryConfiguration?.authorizerType", none_of("NONE")),
    Check(aws("bedrock/AgentcoreRegistry"), "authorizerType", none_of("NONE")),
    Check(aws("agentregistry/Registry"), "discoveryConfiguration?.authorizerConfiguration?.customJwtAuthorizer",
          LIMITED_TOKENS),
    Check(_AUTHORIZED, "authorizerConfiguration?.customJwtAuthorizer", LIMITED_TOKENS),
    *(Check(_POOL_CLIENTS, "refreshTokenValidity", at_most(most, missing=Verdict.PASS),
            when=("tokenValidityUnits.refreshToken", one_of(unit, missing=unit_is_default)))
      for unit, most in _YEAR.items() for unit_is_default in [Verdict.PASS if unit == "days" else Verdict.FAIL]),
)  # fmt: skip

SHARING_ROWS = (
    Check(aws("cloudwatch/EventPermission"), "principal", NAMED_PRINCIPALS, when=("condition", ABSENT)),
    Check(aws("ec2/VpcEndpointService"), "allowedPrincipals", NAMED_PRINCIPALS),
    Check(aws("ec2/VpcEndpointServiceAllowedPrinciple"), "principalArn", NAMED_PRINCIPALS),
    # IAM_ALLOWED_PRINCIPALS is the group of all IAM identities: everyone who may call the catalogue can read the table.
    Check(aws("lakeformation/Permissions"), "principal", NOT_EVERY_IDENTITY),
    *(Check(aws("lakeformation/DataLakeSettings"), f"create{kind}DefaultPermissions[*].principal", NOT_EVERY_IDENTITY)
      for kind in ("Database", "Table")),
    # An engine of a third party gets the credentials of the data without session tags (Lake Formation API,
    # DataLakeSettings, in botocore 1.44.8, read 2026-11-27).
    Check(aws("lakeformation/DataLakeSettings"), "allowFullTableExternalDataAccess", NOT_TRUE),
    Check(aws("lakeformation/DataCellsFilter"), "tableData", LEAVES_OUT),
    Check(aws("verifiedpermissions/Policy"), "definition.static?.statement", LIMITED_PERMIT),
    Check(aws("verifiedpermissions/PolicyTemplate"), "statement", LIMITED_PERMIT),
    Check(aws("bedrock/AgentcorePolicy"), "definition.cedar?.statement", LIMITED_PERMIT),
    Check(aws("glue/CatalogDatabase"), "createTableDefaultPermissions[*].principal?.dataLakePrincipalIdentifier",
          NOT_EVERY_IDENTITY),
)  # fmt: skip

_LABELLED = aws("lakeformation/ResourceLfTag", "lakeformation/ResourceLfTags")
_FOR_EVERYBODY = frozenset(
    {"anonymous", "everybody", "everyone", "non-sensitive", "none", "open", "public", "unclassified", "unrestricted"}
)
_LEVEL = lazy_regex(r".*(?:access|class|confidential|level|privacy|secre|sensitiv|visib).*", re.IGNORECASE)
_PUBLIC_DATA = lazy_regex(
    r"(?:.*[_-])?(?:atms?|branch(?:es)?|calendars?|countr(?:y|ies)|currenc(?:y|ies)|demo|fx|holidays?|lookups?|open"
    r"|postcodes?|public|rates?|ref(?:erence)?|samples?|synthetic|tariffs?|website)(?:[_-].*)?",
    re.IGNORECASE,
)
"""Names of tables and databases with data for everybody; decided here."""


def _check_labels(resource: Resource) -> Iterator[Outcome]:
    """Checks that data labelled as for everybody says so by its name: grants by labels show it to all who may read such
    data (botocore 1.44.8, lakeformation, LFTag and LFTagPolicyResource, read 2026-11-30)."""
    items = [(path, item) for key in ("lfTag", "lfTags") for path, found in walk(resource.props, f"{key}[*]")
             for item in one_or_many(found)]  # fmt: skip
    paths = ("table?.name?", "table?.databaseName?", "tableWithColumns?.name?", "tableWithColumns?.databaseName?",
             "database?.name?")  # fmt: skip
    names = [name for path in paths for _, name in walk(resource.props, path) if isinstance(name, str)]
    for path, item in items:
        is_open = isinstance(item, dict) and str(item.get("value")).strip().lower() in _FOR_EVERYBODY
        is_level = isinstance(item, dict) and _LEVEL.fullmatch(str(item.get("key"))[:_LONGEST_KEY]) is not None
        text = f"{path} labels {', '.join(names)} as data for everybody, and no name of it says that it is"
        is_refused = is_open and is_level and bool(names) and not any(map(_PUBLIC_DATA.fullmatch, names))
        yield failed(text, path) if is_refused else passed()


_LABEL_GRANTS, _LABELS = aws("lakeformation/Permissions", "lakeformation/LfTag")
_OF_ROWS = frozenset({"ALL", "ALTER", "DELETE", "DROP", "INSERT", "SELECT", "SUPER", "SUPER_USER"})


def _values_of_labels(plan: Plan, _: str) -> dict[Plain, frozenset[str]]:
    return {label.get("key"): frozenset(map(str, one_or_many(label.get("values")))) for label in plan.of_type(_LABELS)}


def _check_grants_by_label(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a grant by labels leaves a value of one of them out: with every value of each, it is of all tables
    that are labelled, whatever their level (AWS Lake Formation Developer Guide, "Managing LF-Tag expressions for
    metadata access control": values of a key are alternatives, keys are not; read 2026-12-01)."""
    if resource.type != _LABEL_GRANTS or _OF_ROWS.isdisjoint(map(str, one_or_many(resource.get("permissions")))):
        return
    path = "lfTagPolicy?.expressions"
    items = [item for _, item in each_item(walk(resource.props, path)) if isinstance(item, dict) and item]
    known = plan.once(_values_of_labels, "")
    every = [
        len(values := known.get(item.get("key"), frozenset())) > 1
        and values <= frozenset(map(str, one_or_many(item.get("values", MISSING))))
        for item in items
    ]
    text = f"{path.replace('?', '')} has every value of its labels, and so all data that is labelled"
    yield failed(text, path.replace("?", "")) if every and all(every) else passed()


_GRANT, _LOCATION = aws("s3control/AccessGrant")[0], aws("s3control/AccessGrantsLocation")[0]
_DEFAULT_LOCATION = "default"


def _is_every_bucket(location: Plain) -> bool:
    return isinstance(location, str) and location.strip().removeprefix("s3:").strip("/*") == ""


def _check_access_grant(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that an access grant names a bucket: the location `default` is every bucket of the account in the Region,
    and the prefix that follows it may be of several (Amazon S3 API Reference,
    AccessGrantsLocationConfiguration, read 2026-12-01)."""
    places = [item for item in plan.dependencies_of(resource, "accessGrantsLocationId") if item.type == _LOCATION]
    is_default = str(resource.get("accessGrantsLocationId")).strip() == _DEFAULT_LOCATION
    if not is_default and not any(_is_every_bucket(item.get("locationScope")) for item in places):
        return
    path = "accessGrantsLocationConfiguration?.s3SubPrefix"
    prefix = next((value for _, value in each_item(walk(resource.props, path))), MISSING)
    text = "accessGrantsLocationConfiguration.s3SubPrefix must name a bucket, as in bank-reports/*"
    is_named = prefix is UNKNOWN or (isinstance(prefix, str) and not set(prefix.partition("/")[0]) & set("*?"))
    yield passed() if is_named and (prefix is UNKNOWN or "/" in str(prefix)) else failed(text, path.replace("?", ""))


def _check_grants(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    yield from _check_access_grant(resource, plan) if resource.type == _GRANT else ()
    yield from _check_grants_by_label(resource, plan)


_LONGEST_KEY = 128
"""Characters of the key of a label (botocore 1.44.8, lakeformation, LFTagKey, read 2026-11-29)."""

DATA_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(112, Severity.HIGH, "AWS brokers, caches, search domains and data APIs authenticate their clients",
                  "everything in the network can connect, including a compromised workload",
                  "Set the property in the message: IAM or SCRAM for Kafka, user groups or an ACL for caches, "
                  "fine-grained access control for search, mfa_configuration of user pools to ON, audiences of tokens",
                  checks=AUTHENTICATION_ROWS, predicate=_check_tokens_of_balancers, types=_BALANCERS),
    identity_rule(113, Severity.HIGH,
                  "Event buses, endpoint services and data catalogues on AWS are open to listed principals only",
                  "a grant to everyone includes strangers",
                  "List the principals, or the organisation; label data by what it is, and leave a value out of grants "
                  "by label; limit a permit of Cedar by its scope, or by a condition on an owner, a group, a value of "
                  "an attribute or a bound; name the bucket of an access grant",
                  checks=SHARING_ROWS, predicate=_check_labels, plan_predicate=_check_grants,
                  types=(*_LABELLED, _LABEL_GRANTS, _GRANT)),
)  # fmt: skip
