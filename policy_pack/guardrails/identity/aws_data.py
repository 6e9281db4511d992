"""Stores, buses and shares on AWS that let in whoever reaches them, unless they are told to ask.

Property names checked against pulumi-aws 7.51.1 on 2026-11-25 (a test repeats it).
"""

from ..engine.conditions import ABSENT, NOT_TRUE, SET, TRUE, Condition, is_true, none_of, one_of
from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Verdict


def _requires_sign_in(value: Plain) -> bool:
    """The client authentication of Kafka: a way to sign in, and none without."""
    authentication = value[0] if isinstance(value, list) and value else value
    if not isinstance(authentication, dict) or is_true(authentication.get("unauthenticated")):
        return False
    return any(authentication.get(way) is UNKNOWN or bool(authentication.get(way)) for way in ("sasl", "tls"))


def _names_nobody_else(value: Plain) -> bool:
    items = value if isinstance(value, list) else [value]
    return not any(isinstance(item, str) and item.strip() in ("*", "arn:aws:iam::*:root") for item in items)


KAFKA_SIGN_IN = Condition("must have sasl or tls, and unauthenticated not true", _requires_sign_in)
NAMED_PRINCIPALS = Condition("must name principals, not *", _names_nobody_else, missing=Verdict.PASS)

_SEARCH = aws("opensearch/Domain", "elasticsearch/Domain")
_EVERY_IDENTITY = none_of("IAM_ALLOWED_PRINCIPALS")

SIGN_IN_ROWS = (
    Check(aws("msk/Cluster"), "clientAuthentication", KAFKA_SIGN_IN),
    Check(aws("msk/Cluster"), "clientAuthentication?.unauthenticated", NOT_TRUE),
    Check(aws("memorydb/Cluster"), "aclName", none_of("open-access")),
    Check(aws("elasticache/User"), "noPasswordRequired", NOT_TRUE),
    Check(aws("elasticache/User"), "authenticationMode?.type", none_of("no-password-required")),
    Check(aws("elasticache/ReplicationGroup"), "userGroupIds", SET, when=("authToken", ABSENT)),
    Check(aws("elasticache/ServerlessCache"), "userGroupId", SET, when=("engine", one_of("redis", "valkey"))),
    Check(_SEARCH, "advancedSecurityOptions.enabled", TRUE),
    Check(aws("opensearch/Domain"), "advancedSecurityOptions.anonymousAuthEnabled", NOT_TRUE),
    Check(aws("appsync/GraphQLApi"), "additionalAuthenticationProviders[*].authenticationType", none_of("API_KEY")),
    Check(aws("appsync/Api"), "eventConfig?.authProviders[*].authType", none_of("API_KEY")),
    Check(aws("agentregistry/Registry"), "discoveryConfiguration?.authorizerType", none_of("NONE")),
)  # fmt: skip

SHARE_ROWS = (
    Check(aws("cloudwatch/EventPermission"), "principal", NAMED_PRINCIPALS, when=("condition", ABSENT)),
    Check(aws("ec2/VpcEndpointService"), "allowedPrincipals", NAMED_PRINCIPALS),
    Check(aws("ec2/VpcEndpointServiceAllowedPrinciple"), "principalArn", NAMED_PRINCIPALS),
    # The group of all IAM identities: whoever may call the catalogue has the table.
    Check(aws("lakeformation/Permissions"), "principal", _EVERY_IDENTITY),
    *(Check(aws("lakeformation/DataLakeSettings"), f"create{what}DefaultPermissions[*].principal", _EVERY_IDENTITY)
      for what in ("Database", "Table")),
    Check(aws("glue/CatalogDatabase"), "createTableDefaultPermissions[*].principal?.dataLakePrincipalIdentifier",
          _EVERY_IDENTITY),
)  # fmt: skip


DATA_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(112, Severity.HIGH, "Brokers, caches, search domains and data interfaces on AWS ask who is calling",
                  "a network lets in everything that runs in it, also what somebody has broken into",
                  "Set it as said: IAM or SCRAM for Kafka, user groups or an ACL for caches, fine-grained access for "
                  "search",
                  checks=SIGN_IN_ROWS),
    identity_rule(113, Severity.HIGH, "Buses, private services and tables on AWS are open to named principals",
                  "a grant to everybody is a grant to strangers", "Name the principals, or the organisation",
                  checks=SHARE_ROWS),
)  # fmt: skip
