"""More spellings of what the twenty-fifth set found on AWS: rights over administrators and over one's own policy,
limits that let rights pass, and filters that leave administrators out (2026-12-02).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

from ..blind import ME, TAGS, aws, document, policy, statement
from . import Attack
from .twenty_fifth_aws import EC2_TRUST, IDN

ARN = f"arn:aws:iam::{ME}"
OF_ALARMS = ("FJ-ESC-115",)


def right(name: str, action: str, resource: str, condition: object = None) -> Attack:
    """Returns a policy that gives a right over an administrator."""
    return Attack(name, IDN, (policy(statement(action, resource, condition)),), "critical", "who has the right has "
                  "what the administrator may do (Service Authorization Reference, AWS IAM)")  # fmt: skip


def bounded(name: str, boundary: str) -> Attack:
    """Returns a policy that makes roles under a boundary of AWS."""
    return Attack(name, IDN, (policy(statement(["iam:AttachRolePolicy", "iam:PutRolePolicy"], f"{ARN}:role/*", {
        "StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::aws:policy/{boundary}"}})),), "critical",
        "the boundary lets pass what gives rights to others (AWS managed policy reference)")  # fmt: skip


ATTACKS = (
    right("a helper joins the group of administrators", "iam:AddUserToGroup", f"{ARN}:group/Administrators"),
    right("a helper makes keys of the administrator", "iam:Create*", f"{ARN}:user/break-glass/admin"),
    right("a helper says who takes on the role of each account", "iam:UpdateAssumeRolePolicy",
          "arn:aws:iam::*:role/OrganizationAccountAccessRole"),
    right("a pipeline passes whatever role begins like an administrator", "iam:PassRole", f"{ARN}:role/Admin*"),
    Attack("a role writes the policy that it names as its own", IDN, (
        aws("iam/Role", {
            "name": "app", "assumeRolePolicy": EC2_TRUST, "tags": TAGS,
            "managedPolicyArns": [f"{ARN}:policy/team/app-rights"],
            "inlinePolicies": [{"name": "own", "policy": document(
                statement("iam:SetDefaultPolicyVersion", f"{ARN}:policy/team/app-*"))}]}),),
        "critical", "a former version with more rights takes effect again (IAM API, SetDefaultPolicyVersion)"),
    Attack("a role writes its own boundary", IDN, (
        aws("iam/Role", {"name": "app", "assumeRolePolicy": EC2_TRUST, "tags": TAGS,
                         "permissionsBoundary": f"{ARN}:policy/team-boundary"}),
        aws("iam/RolePolicy", {"role": "app", "policy": document(
            statement("iam:CreatePolicyVersion", f"{ARN}:policy/team-boundary"))}, links={"role": ("it",)})),
        "critical", "the boundary is what its holder writes (IAM, 'Permissions boundaries for IAM entities')"),
    bounded("a pipeline makes roles whose limit runs commands on each machine", "AmazonSSMFullAccess"),
    bounded("a pipeline makes roles whose limit is a system administrator's", "job-function/SystemAdministrator"),
    bounded("a pipeline makes roles whose limit is the organisation", "AWSOrganizationsFullAccess"),
    Attack("alarms leave out sessions of the administrator", OF_ALARMS, (
        aws("cloudwatch/LogMetricFilter", {
            "name": "keys", "logGroupName": "trail", "pattern": (
                "{ $.eventSource = \"kms.amazonaws.com\" && $.eventName = ScheduleKeyDeletion && "
                "$.userIdentity.arn != \"*:assumed-role/Administrator/*\" }"),
            "metricTransformation": {"name": "keys", "namespace": "Trail", "value": "1"}}),),
        "critical", "nobody is told of keys that he deletes"),
    Attack("a rule of events leaves out the permission set of administrators", OF_ALARMS, (
        aws("cloudwatch/EventRule", {"name": "trail", "tags": TAGS, "eventPattern": (
            '{"source": ["aws.cloudtrail"], "detail-type": ["AWS API Call via CloudTrail"], "detail": {"eventName": '
            '["StopLogging", "DeleteTrail"], "userIdentity": {"sessionContext": {"sessionIssuer": {"userName": '
            '[{"anything-but": {"prefix": "AWSReservedSSO_AdministratorAccess_"}}]}}}}}')}),),
        "critical", "nobody is told that the trail was ended"),
)  # fmt: skip
