"""Authentication of databases and caches, and of users of EKS clusters."""

from .exposure_cases import refused, reported
from .harness import UNKNOWN

CACHE = "aws:elasticache/replicationGroup:ReplicationGroup"


def test_caches_require_authentication() -> None:
    assert refused(CACHE, {"engine": "valkey"}) == {"FJ-IDN-112"}
    assert refused(CACHE, {"userGroupIds": []}) == {"FJ-IDN-112"}
    for authenticated in ({"userGroupIds": ["a"]}, {"authToken": UNKNOWN}, {"userGroupIds": UNKNOWN}):
        assert refused(CACHE, authenticated) == set()
    assert refused("aws:memorydb/cluster:Cluster", {"aclName": "open-access"}) == {"FJ-IDN-112"}


CLUSTER, INSTANCE = "aws:rds/cluster:Cluster", "aws:rds/instance:Instance"


def test_databases_use_iam_authentication() -> None:
    for token, engine in ((CLUSTER, "aurora-mysql"), (INSTANCE, "postgres"), (INSTANCE, "mariadb")):
        assert refused(token, {"engine": engine}) == {"FJ-IDN-110"}
        assert refused(token, {"engine": engine, "iamDatabaseAuthenticationEnabled": False}) == {"FJ-IDN-110"}
        assert reported(token, {"engine": engine, "iamDatabaseAuthenticationEnabled": True}) == set()
    assert reported(INSTANCE, {"engine": "sqlserver-se"}) == set()
    assert refused(CLUSTER, {}) == {"FJ-IDN-110"}
    assert reported(CLUSTER, {"engine": "custom"}) == set()
    assert refused("aws:neptune/cluster:Cluster", {"enableCloudwatchLogsExports": ["audit"]}) == {"FJ-IDN-110"}


ISSUER = "aws:eks/identityProviderConfig:IdentityProviderConfig"


def test_names_of_another_issuer_have_a_prefix() -> None:
    for safe in (
        {},
        {"usernameClaim": "sub"},
        {"usernameClaim": "email", "usernamePrefix": "oidc:", "groupsClaim": "groups", "groupsPrefix": "oidc:"},
    ):
        assert refused(ISSUER, {"oidc": safe}) == set()
    for unsafe in ({"usernamePrefix": "-"}, {"usernameClaim": "email"}, {"groupsClaim": "groups"}):
        assert refused(ISSUER, {"oidc": unsafe}) == {"FJ-IDN-117"}
