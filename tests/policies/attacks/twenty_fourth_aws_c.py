"""Attacks on AWS by groups and roles of administrators that are outside the stack, and are named as such (2026-12-02,
twenty-fourth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known.
"""

from ..blind import ME, TAGS, aws
from . import Attack

R = "me-central-1"
IDN = ("FJ-IDN-", "FJ-ESC-")
ADMIN = f"arn:aws:iam::{ME}:role/Administrator"

ATTACKS = (
    Attack("a user becomes an administrator by its groups", IDN, (
        aws("iam/UserGroupMembership", {"user": "eve", "groups": ["readers", "administrators"]}),), "critical",
        "a user has the policies of each of its groups (IAM, 'IAM user groups')"),
    Attack("a group of administrators gets a member", IDN, (
        aws("iam/GroupMembership", {"name": "admins", "group": "Administrators", "users": ["eve"]}),), "critical",
        "a user has the policies of each of its groups (IAM, 'IAM user groups')"),
    Attack("whoever is in a group of the app is an administrator of the account", IDN, (
        aws("cognito/UserGroup", {"userPoolId": f"{R}_AbCdEfGhI", "name": "tellers", "precedence": 1,
                                  "roleArn": ADMIN}),), "critical",
        "the identity pool gives members the role of the group (Amazon Cognito, 'Role-based access control')"),
    Attack("a device is an administrator of the account", IDN, (
        aws("iot/RoleAlias", {"alias": "terminal", "roleArn": ADMIN, "credentialDuration": 3600, "tags": TAGS}),),
        "critical", "the certificate of a device gets credentials of the role (AWS IoT Core, 'Authorizing direct calls "
        "to AWS services using AWS IoT Core credential provider')"),
    Attack("a certificate of the data centre is an administrator of each account", IDN, (
        aws("rolesanywhere/Profile", {"name": "datacentre", "enabled": True, "durationSeconds": 3600, "tags": TAGS,
                                      "roleArns": [f"arn:aws:iam::{ME}:role/OrganizationAccountAccessRole"]}),),
        "critical", "whoever has the certificate gets a session of the role (IAM Roles Anywhere, 'Profiles')"),
    Attack("pods of a team are administrators of the account", IDN, (
        aws("eks/PodIdentityAssociation", {"clusterName": "bank", "namespace": "team-a", "serviceAccount": "api",
                                           "roleArn": ADMIN, "tags": TAGS}),), "critical",
        "each pod of the service account has the role (Amazon EKS, 'Learn how EKS Pod Identity grants pods access')"),
    Attack("whoever uploads files has the role of an administrator", IDN, (
        aws("transfer/User", {"serverId": "s-0123456789abcdef0", "userName": "partner", "role": ADMIN, "tags": TAGS,
                              "homeDirectoryType": "LOGICAL", "homeDirectoryMappings": [
                                  {"entry": "/", "target": "/bank-inbox/partner"}]}),), "critical",
        "the role is what the user reaches buckets with (AWS Transfer Family, 'Create an IAM role and policy')"),
)  # fmt: skip
