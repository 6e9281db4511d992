"""Attacks beside what good programs on AWS and clusters may do, each one step further (after the twenty-third set)."""

import json

from ..blind import ME, TAGS, aws, crd, document, policy, statement
from ..harness import UNKNOWN
from . import Attack
from .fields_awsb_work import AIRFLOW

SMALL = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "128Mi"}}
GROUPS = f"arn:aws:codedeploy:me-central-1:{ME}:deploymentgroup"
VAULT = {"url": "https://vault.bank.ae", "auth_type": "approle", "role_id": "airflow"}


def backend(name: str, arguments: object) -> Attack:
    """Returns an environment of Airflow with the arguments of its store of secrets."""
    text = json.dumps(arguments)
    return Attack(f"settings of Airflow have {name} of its store", ("FJ-EXP-114",), (
        aws("mwaa/Environment", {**AIRFLOW, "airflowConfigurationOptions": {
            "secrets.backend": "airflow.providers.hashicorp.secrets.vault.VaultBackend",
            "secrets.backend_kwargs": text}}),), "major", "whoever reads the environment opens it: the arguments "
        "are settings (Amazon MWAA, Environment, AirflowConfigurationOptions, as known)")  # fmt: skip


def nodes(selector: str, entity: str) -> Attack:
    """Returns a policy of the cluster that lets an entity in."""
    return Attack(f"{entity} reaches what a {selector} selects", ("FJ-EXP-324",), (
        crd("cilium.io/v2:CiliumClusterwideNetworkPolicy", {
            selector: {"matchLabels": {"tier": "core"}}, "ingress": [{"fromEntities": [entity]}]}),), "major",
        "an entity of everybody needs no other rule (Cilium, Layer 3 policies, entities, as known)")  # fmt: skip


ATTACKS = (
    backend("the secret of a role", {**VAULT, "secret_id": "5f4dcc3b-5aa7-65d6-1d83-27deb882cf99"}),
    backend("a token", {**VAULT, "token": "hunter-of-secrets"}),
    backend("a password", {"connections_prefix": "airflow", "kwargs": {"password": "open-sesame"}}),
    nodes("nodeSelector", "world"), nodes("nodeSelector", "all"), nodes("endpointSelector", "cluster"),
    Attack("a second container of a pooler runs as it likes", ("FJ-EXP-307", "FJ-EXP-308"), (
        crd("postgresql.cnpg.io/v1:Pooler", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {"poolMode": "session"}, "template": {
                "metadata": {"labels": TAGS}, "spec": {"containers": [
                    {"name": "pgbouncer", "image": "registry.example.ae/a:1", "resources": SMALL},
                    {"name": "shell", "image": "registry.example.ae/b:1", "resources": SMALL}]}}}),), "major",
        "the operator closes its own container alone (cloudnative-pg/cloudnative-pg a95a534d, "
        "pkg/specs/pgbouncer/deployments.go, read 2026-12-01)"),
    Attack("the container of a pooler asks for more than the operator gives", ("FJ-EXP-308",), (
        crd("postgresql.cnpg.io/v1:Pooler", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {"poolMode": "session"}, "template": {
                "metadata": {"labels": TAGS}, "spec": {"containers": [{
                    "name": "pgbouncer", "image": "registry.example.ae/a:1", "resources": SMALL, "securityContext": {
                        "allowPrivilegeEscalation": True}}]}}}),), "minor",
        "a version of the operator that keeps what the template states gives it"),
    Attack("a pipeline deploys to every group of every application", ("FJ-IDN-103",), (policy(
        statement(["codedeploy:CreateDeployment", "codedeploy:GetDeploymentConfig"], [
            f"{GROUPS}:*/*", f"arn:aws:codedeploy:me-central-1:{ME}:deploymentconfig:CodeDeployDefault.AllAtOnce"])),),
        "major", "other applications run its revision (Service Authorization Reference, AWS CodeDeploy, as known)"),
    Attack("a boundary of pipelines leaves out two actions and allows the others", ("FJ-IDN-101",), (
        aws("iam/Policy", {"name": "pipelines-boundary", "tags": TAGS, "policy": document({
            "Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"})}),), "major",
        "actions of services to come are within the limit (IAM User Guide, NotAction, as known)"),
    Attack("a broad boundary is attached to the role of pipelines", ("FJ-IDN-115",), (
        aws("iam/Policy", {"name": "pipelines-boundary", "tags": TAGS, "policy": document(
            statement(["s3:*", "ec2:*"]))}, "limit"),
        aws("iam/RolePolicyAttachment", {"role": "pipelines", "policyArn": UNKNOWN}, links={"policyArn": ("limit",)})),
        "critical", "as a policy it grants what it was to limit (IAM User Guide, Permissions boundaries, as known)"),
    Attack("a whole service is allowed by a policy whose description calls it a boundary", ("FJ-IDN-101",), (
        aws("iam/Policy", {"name": "pipelines", "description": "boundary", "tags": TAGS, "policy": document(
            statement("s3:*"))}),), "critical", "its name decides that no one attaches it"),
    Attack("an integration with a server of the site sends calls in plain text", ("FJ-ENC-408",), (
        aws("apigateway/Integration", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "type":
            "HTTP_PROXY", "integrationHttpMethod": "GET", "uri": "http://10.30.1.7/limits"}),), "major",
        "who listens in between reads them (Amazon API Gateway, Integration, uri, as known)"),
)  # fmt: skip
