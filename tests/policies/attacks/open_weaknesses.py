"""Attacks by what the guardrails were known to leave unread until 2026-12-01.

Properties by pulumi-aws 7.51.1; fields by opensearch-project/opensearch-k8s-operator ef6502ab
opensearch-operator/api/opensearch.org/v1/opensearch_types.go and elastic/cloud-on-k8s 7b93383d pkg/apis; settings by
opensearch-project/documentation-website cf95a341 and "Knowledge base artifact settings for AI Assistants"; read on that
day. Everything else as known.
"""

from ..blind import KEY, ME, TAGS, aws, crd, k8s, policy, statement
from ..harness import Given
from . import Attack
from .tenth_aws import R

PASSED, PLAIN, ESC = ("FJ-IDN-102",), ("FJ-ENC-404",), ("FJ-ESC-115",)
IMAGES = ("FJ-ESC-116",)
SCALE, ANYBODY, ABROAD = ("FJ-COST-126",), ("FJ-IDN-303",), ("FJ-RES-002", "FJ-RES-003")
STRANGER = "https://models.collector.example.com/ml"


def passes(arn: str) -> tuple[Given, ...]:
    """Returns a policy that passes any role to the resources of a pattern."""
    return (policy(statement("iam:PassRole", "*", {"ArnLike": {"iam:AssociatedResourceArn": arn}})),)


def database(kind: str, **props: object) -> tuple[Given, ...]:
    """Returns a database that is encrypted and kept, with the default group of its engine."""
    return (aws(kind, {
        "storageEncrypted": True, "kmsKeyId": KEY, "deletionProtection": True, "backupRetentionPeriod": 14,
        "manageMasterUserPassword": True, "tags": TAGS, **props}),)  # fmt: skip


def dashboards(**settings: str) -> tuple[Given, ...]:
    """Returns an OpenSearch with pages that have settings, of whose names `__` is a dot."""
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return (crd("opensearch.org/v1:OpenSearchCluster", {
        "general": {"serviceName": "logs", "version": "3.3.1"}, "nodePools": [
            {"component": "data", "replicas": 3, "roles": ["cluster_manager", "data"], "diskSize": "100Gi"}],
        "security": {"tls": {"http": {"generate": True}, "transport": {"generate": True}}}, "dashboards": {
            "enable": True, "version": "3.3.0", "replicas": 2, "tls": {"enable": True, "generate": True},
            "additionalConfig": named}}),)  # fmt: skip


ATTACKS = (
    Attack("each role of the account goes to any machine of it", PASSED, passes(f"arn:aws:ec2:*:{ME}:instance/*"),
           "critical", "whoever starts a machine has the rights of every role (IAM User Guide, "
           "iam:AssociatedResourceArn)"),
    Attack("each role of the account goes to machines whose identifiers begin as all do", PASSED, passes(
        f"arn:aws:ec2:{R}:{ME}:instance/i-0*"), "critical", "the same"),
    Attack("each role of the account goes to any function of it", PASSED, passes(f"arn:aws:lambda:{R}:{ME}:function:*"),
           "critical", "whoever writes a function has the rights of every role"),
    Attack("accounts in Aurora PostgreSQL 16 are read in plain text", PLAIN, database(
        "rds/Cluster", clusterIdentifier="accounts", engine="aurora-postgresql", engineVersion="16.8",
        masterUsername="owner", iamDatabaseAuthenticationEnabled=True), "major",
        "clients may leave TLS out (Amazon Aurora User Guide, rds.force_ssl is 0 by default)"),
    Attack("cards in SQL Server are read in plain text", PLAIN, database(
        "rds/Instance", identifier="cards", engine="sqlserver-se", engineVersion="16.00.4210.1.v1",
        allocatedStorage=200, username="owner", instanceClass="db.m6i.xlarge", licenseModel="license-included"),
        "major", "clients may leave TLS out (Amazon RDS User Guide, rds.force_ssl is 0 by default)"),
    Attack("a function runs ten thousand times at once", SCALE, (aws("lambda/Function", {
        "name": "scores", "role": f"arn:aws:iam::{ME}:role/scores", "packageType": "Image", "memorySize": 10_240,
        "imageUri": f"{ME}.dkr.ecr.{R}.amazonaws.com/scores@sha256:" + "a" * 64, "timeout": 900, "kmsKeyArn": KEY,
        "reservedConcurrentExecutions": 10_000, "tags": TAGS}),), "major", "nothing else bounds what it costs"),
    Attack("whoever has a mailbox at a vendor administers the namespace", ANYBODY, (k8s(
        "rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": {"name": "edit", "namespace": "team-a", "labels": TAGS}, "subjects": [{
                "kind": "User", "name": "k.saeed1987@qq.com", "apiGroup": "rbac.authorization.k8s.io"}],
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"}}),),
        "critical", "the mailbox stays when its owner leaves"),
    Attack("whoever is between says who signs in to pages of records", ESC, dashboards(
        opensearch_security__openid__verify_hostnames="false"), "critical", "he signs in as an administrator"),
    Attack("pages of records are served by the rights of the server", ESC, dashboards(
        opensearch_security__enabled="false"), "critical", "nobody is asked to sign in"),
    Attack("the secret of the sign-in to pages of records stands in the program", ESC, dashboards(
        opensearch_security__openid__client_secret="Hunter2x9qT7bank"), "critical", "who reads it signs in users"),
    Attack("each user administers every workspace of records", ESC, dashboards(
        opensearchDashboards__dashboardAdmin__users='["*"]'), "major", "workspace-acl.md, dashboardAdmin.users"),
    Attack("callers send headers of proxies on to the store of records", ESC, dashboards(
        opensearch__requestHeadersAllowlist='["*"]'), "major", "they say who they are"),
    Attack("callers say where users go after they signed in to pages of records", ESC, dashboards(
        opensearch_security__openid__trust_dynamic_headers="true"), "major", "openid-connect.md, X-Forwarded-Host"),
    Attack("a session of the pages of records that was taken over is open for a year", ESC, dashboards(
        opensearch_security__session__ttl="31536000000"), "major", "tls.md, session.ttl in milliseconds"),
    Attack("pages of others write into the pages of records", ESC, dashboards(
        server__xsrf__allowlist='["/api/saved_objects/_import"]'), "major", "saml.md, server.xsrf.allowlist"),
    Attack("images of the store of records come from a stranger's organisation", IMAGES, (crd(
        "opensearch.org/v1:OpenSearchCluster", {
            "general": {"serviceName": "logs", "version": "3.3.1", "defaultRepo": "docker.io/collector"},
            "security": {"tls": {"http": {"generate": True}, "transport": {"generate": True}}}, "nodePools": [
                {"component": "data", "replicas": 3, "roles": ["cluster_manager", "data"], "diskSize": "100Gi"}]}),),
        "critical", "its programs have all records (reconcile-helpers.go, ResolveImage)"),
    Attack("each user of the store of records administers it", ESC, (crd(
        "opensearch.org/v1:OpensearchUserRoleBinding", {
            "opensearchCluster": {"name": "logs"}, "users": ["*"], "roles": ["all_access"]}),), "critical",
        "whoever signs in reads and deletes all records (opensearchuserrolebinding_types.go)"),
    Attack("a search server runs models of a stranger", ABROAD, (crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
        "version": "9.2.0", "nodeSets": [{"name": "ml", "count": 3, "config": {
            "xpack.ml.model_repository": STRANGER}}]}),), "critical", "they read each text that is searched"),
    Attack("the assistant of Kibana answers with texts of a stranger", ABROAD, (crd(
        "kibana.k8s.elastic.co/v1:Kibana", {"version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"},
            "config": {"xpack.productDocBase.artifactRepositoryUrl": STRANGER}}),), "major",
        "instructions in them reach whoever asks"),
)  # fmt: skip
