"""The first evasions of the rules that followed the sixteenth set: a pattern in place of a name, a parameter in place
of a number, a list in place of a text, another spelling (2026-11-30).

Forms as in the rules' own sources; what they do is said there.
"""

import json

from ..blind import KEY, TAGS, aws, az, crd, k8s, meta
from ..harness import UNKNOWN, Given
from . import Attack
from .after_sixteenth_programs import OBJECTS, _file, _program

SUB = "/subscriptions/00000000-0000-0000-0000-000000000001"


def _role(action: str) -> tuple[Given, ...]:
    permissions = [{"actions": [action]}]
    return (az("authorization:RoleDefinition", {
        "roleName": "deployer", "scope": SUB, "assignableScopes": [SUB], "permissions": permissions}),)  # fmt: skip


def _tuning(machines: object, at_once: object, value: int) -> tuple[Given, ...]:
    """Returns a pipeline with a tuning whose numbers may be the parameter N."""
    step = {"Name": "t", "Type": "Tuning", "Arguments": {
        "HyperParameterTuningJobConfig": {"ResourceLimits": {"MaxParallelTrainingJobs": at_once}},
        "TrainingJobDefinition": {"ResourceConfig": {"InstanceCount": machines, "InstanceType": "ml.m5.large",
                                                     "VolumeSizeInGB": 1, "VolumeKmsKeyId": KEY}}}}  # fmt: skip
    text = {"Version": "2020-12-01", "Steps": [step],
            "Parameters": [{"Name": "N", "Type": "Integer", "DefaultValue": value}]}  # fmt: skip
    return (
        aws(
            "sagemaker/Pipeline",
            {"pipelineName": "x", "pipelineDisplayName": "x", "pipelineDefinition": json.dumps(text), "tags": TAGS},
        ),
    )


def _rules(user: str) -> tuple[Given, ...]:
    return _file("rules.json", json.dumps({"impersonation": [{"original_user": ".*", "new_user": user}]}))


def _origin(value: str) -> tuple[Given, ...]:
    rules = [{"allowedMethods": ["GET"], "allowedOrigins": [value]}]
    return (aws("s3/BucketCorsConfiguration", {"bucket": "b", "corsRules": rules}),)


def _permit(condition: str) -> tuple[Given, ...]:
    return (aws("verifiedaccess/Group", {"verifiedaccessInstanceId": "vai-1", "tags": TAGS,
        "policyDocument": f"permit(principal, action, resource) when {{ {condition} }};"}),)  # fmt: skip


def _ignored(**entry: object) -> tuple[Given, ...]:
    return (k8s("argoproj.io/v1alpha1:Application", {
        "metadata": meta("x", "argocd"), "spec": {"ignoreDifferences": [entry]}}),)  # fmt: skip


N = {"Get": "Parameters.N"}
RIGHTS = "rbac.authorization.k8s.io"

ATTACKS = (
    Attack("a role changes policies of firewalls by a pattern", ("FJ-IDN-214",),
           _role("Microsoft.Network/firewallPolicies/*")),
    Attack("a role opens ports by a pattern", ("FJ-IDN-214",),
           _role("Microsoft.Network/networkSecurityGroups/securityRules/*")),
    Attack("a role opens databases of every kind by a pattern in between", ("FJ-IDN-214",),
           _role("Microsoft.DBforPostgreSQL/*/firewallRules/write")),
    Attack("trials have machines by a parameter", ("FJ-COST-126",), _tuning(N, 20, 8)),
    Attack("trials run at once by a parameter", ("FJ-COST-126",), _tuning(8, N, 20)),
    Attack("a record leads elsewhere below a name that is not its zone's", ("FJ-RES-003",), (
        aws("route53/Zone", {"name": "bank.ae", "tags": TAGS}, "zone"),
        Given("aws:route53/record:Record", {
            "zoneId": UNKNOWN, "name": "www.collect.com", "type": "CNAME", "ttl": 60, "records": ["x.collect.com"]},
            "record", links={"zoneId": ("zone",)}))),
    Attack("sign-in is off by a value with a line's end", ("FJ-IDN-313",), _program("slskd", SLSKD_NO_AUTH="true\n")),
    Attack("sign-in is off by a variable of that name alone", ("FJ-IDN-313",), _program("tool", AUTH="none")),
    Attack("sign-in is of the type none", ("FJ-IDN-313",), _program("tool", AUTH_TYPE="none")),
    *(Attack(f"each user of Trino is every other by {user}", ("FJ-IDN-313",), _rules(user))
      for user in ("(?i).*", ".*.*", r"[\s\S]*", ".{0,}", "admin|.*")),
    Attack("a call changes a resource of Azure behind two parameters", ("FJ-ESC-",), _program(
        "cli", "sh", "-c", "az rest --uri 'https://management.azure.com/x?api-version=1&y=2' --method put --body @x")),
    Attack("pages of strangers ask by a domain that ends in a dot", ("FJ-EXP-122",), _origin("https://*.github.io.")),
    Attack("pages of strangers ask by an asterisk and a dot", ("FJ-EXP-122",), _origin("https://*.")),
    Attack("a permit compares an attribute with itself", ("FJ-EXP-110",),
           _permit("context.idp.mail == context.idp.mail")),
    Attack("a permit is met by its other branch", ("FJ-EXP-110",),
           _permit('if context.idp.mail == "a@b.ae" then context.idp.ok else true')),
    Attack("a second host of pip needs no certificate", ("FJ-ENC-425",),
           _file("pip.conf", "[global]\ntrusted-host = nexus\n    pypi.bank.ae\n")),
    Attack("a second host of pip in a variable needs no certificate", ("FJ-ENC-425",),
           _program("build", PIP_TRUSTED_HOST="nexus pypi.bank.ae")),
    Attack("a deployer ignores the first of the subjects", ("FJ-ESC-115",),
           _ignored(group=RIGHTS, kind="ClusterRoleBinding", jsonPointers=["/subjects/0"])),
    Attack("a deployer ignores the first of the subjects by jq", ("FJ-ESC-115",),
           _ignored(group=RIGHTS, kind="RoleBinding", jqPathExpressions=[".subjects[0]"])),
    Attack("a job of MinIO makes a user by a command of its own", OBJECTS, (crd("job.min.io/v1alpha1:MinIOJob", {
        "serviceAccountName": "jobs", "tenant": {"name": "store", "namespace": "store"},
        "commands": [{"op": "", "command": ["mc", "admin", "user", "add", "store", "x"]}]}),)),
    Attack("a deployer ignores kinds by a pattern", ("FJ-ESC-115",),
           _ignored(group=RIGHTS, kind="ClusterRole*", jsonPointers=["/subjects"])),
)  # fmt: skip
