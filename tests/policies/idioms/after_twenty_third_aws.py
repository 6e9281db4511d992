"""Good idioms near the mends after the twenty-third set on AWS and clusters."""

import json

from ..blind import KEY, ME, TAGS, aws, crd, document, policy, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced

SMALL = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "128Mi"}}
TRUST = document({"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole",
                  "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip


def backend(name: str, arguments: object) -> Given:
    """Returns an environment of Airflow with the arguments of its store of secrets."""
    return aws("mwaa/Environment", {
        "name": name, "airflowVersion": "2.10.3", "environmentClass": "mw1.small", "executionRoleArn":
        f"arn:aws:iam::{ME}:role/{name}", "sourceBucketArn": "arn:aws:s3:::bank-airflow", "dagS3Path": "dags", "kmsKey":
        KEY, "webserverAccessMode": "PRIVATE_ONLY", "networkConfiguration": {
            "subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]}, "airflowConfigurationOptions": {
            "secrets.backend": "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
            "secrets.backend_kwargs": json.dumps(arguments)}, "loggingConfiguration": {
                kind: {"enabled": True, "logLevel": "INFO"} for kind in (
                    "dagProcessingLogs", "schedulerLogs", "taskLogs", "webserverLogs", "workerLogs")},
        "tags": TAGS}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Airflow finds its secrets by prefixes, a pattern and a role, and in a vault by the role of its machines", (
        backend("flows", {"connections_prefix": "airflow/connections", "connections_lookup_pattern": None,
                          "variables_prefix": "airflow/variables", "profile_name": "default", "role_arn":
                          f"arn:aws:iam::{ME}:role/secrets"}),
        backend("rates", {"connections_path": "connections", "mount_point": "airflow", "url": "https://vault.bank.ae",
                          "auth_type": "aws_iam", "role_id": "airflow", "kv_engine_version": 2})),
        "AWS Secrets Manager Backend (airflow.apache.org/docs/apache-airflow-providers-amazon/8.1.0/secrets-backends/"
        "aws-secrets-manager.html, read 2026-12-01)", {"residency": {"known": {
                "bank.ae": "our own domain, in Abu Dhabi", "bank-airflow": "our own, in me-central-1"}}, "escape": {
                    "code_sources": {"bank-airflow": "our own flows, reviewed"}}}),
    Idiom("nodes are reached by their cluster, the API server and the machines of staff, by a firewall of hosts", (
        crd("cilium.io/v2:CiliumClusterwideNetworkPolicy", {
            "nodeSelector": {"matchLabels": {"node-role.kubernetes.io/worker": ""}}, "ingress": [
                {"fromEntities": ["cluster", "health"]}, {"fromCIDR": ["10.30.1.0/24"], "toPorts": [{"ports": [
                    {"port": "22", "protocol": "TCP"}]}]}]}),),
        "cilium/cilium 21d690e1 examples/policies/host/demo-host-policy.yaml, read 2026-12-01"),
    Idiom("poolers state what they need, and the operator closes their container itself", (
        crd("postgresql.cnpg.io/v1:Pooler", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {"poolMode": "session"}, "template": {
                "metadata": {"labels": TAGS}, "spec": {"containers": [{
                    "name": "pgbouncer", "image": "registry.example.ae/cloudnative-pg/pgbouncer:1.24.1", "resources":
                    SMALL}]}}}),),
        "cloudnative-pg/cloudnative-pg a95a534d pkg/specs/pgbouncer/deployments.go, read 2026-12-01",
        unpriced("kubernetes:postgresql.cnpg.io/v1:Pooler::it")),
    Idiom("a pipeline deploys to one group by any of the configurations that AWS offers", (policy(
        statement(["codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:GetDeploymentConfig",
                   "codedeploy:RegisterApplicationRevision"], [
                       f"arn:aws:codedeploy:me-central-1:{ME}:{rest}" for rest in (
                           "application:tariffs", "deploymentgroup:tariffs/tariffs", "deploymentconfig:*")])),),
        "Actions, resources, and condition keys for AWS CodeDeploy (docs.aws.amazon.com/service-authorization/latest/"
        "reference/list_awscodedeploy.html, as known)"),
    Idiom("roles of workloads have a boundary of whole services", (
        aws("iam/Policy", {"name": "boundary-workloads", "tags": TAGS, "policy": document(
            statement(["s3:*", "cloudwatch:*", "ec2:*"]), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"})},
            "boundary"),
        aws("iam/Role", {"name": "tariffs", "tags": TAGS, "permissionsBoundary": UNKNOWN, "assumeRolePolicy": TRUST},
            "tariffs", links={"permissionsBoundary": ("boundary",)})),
        "Permissions boundaries for IAM entities (docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries, "
        "read 2026-12-01)"),
)  # fmt: skip
