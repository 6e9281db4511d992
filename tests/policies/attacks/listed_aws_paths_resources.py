"""Attacks by resources that published lists of techniques have, and that passed (2026-12-01).

Lists: DataDog/stratus-red-team 7c9a7a5 (docs/attack-techniques/azure) and Hacking-the-Cloud/hackingthe.cloud edf5d55
(content/aws/exploitation), read 2026-12-01. Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

from ..blind import SUB, TAGS, aws, az
from ..harness import UNKNOWN, Given
from . import Attack

SOMEBODY = "22222222-3333-4444-5555-666666666666"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
ZONE = {"name": "dynamodb.me-central-1.amazonaws.com", "comment": "names of the network", "tags": TAGS,
        "vpcs": [{"vpcId": "vpc-1"}]}  # fmt: skip


def _on_subscription(*data_actions: str, left_out: tuple[str, ...] = ()) -> tuple[Given, Given]:
    """Returns a custom role on data, and its assignment to the whole subscription."""
    return (
        az("authorization:RoleDefinition", {
            "scope": SUB, "roleName": "Data operators", "roleType": "CustomRole", "assignableScopes": [SUB],
            "permissions": [{"actions": [], "notActions": [], "dataActions": list(data_actions),
                             "notDataActions": list(left_out)}]}, "operators"),
        az("authorization:RoleAssignment", {
            "scope": SUB, "roleDefinitionId": UNKNOWN, "principalId": SOMEBODY, "principalType": "ServicePrincipal"},
            "assigned", links={"roleDefinitionId": ("operators",)}))  # fmt: skip


def _attached(name: str, policy: str, harm: str) -> Attack:
    """Returns the attack of a policy of AWS that is attached to a role of people."""
    given = aws("iam/RolePolicyAttachment", {"role": "developers", "policyArn": f"arn:aws:iam::aws:policy/{policy}"})
    return Attack(name, ("FJ-IDN-106",), (given,), "critical", f"{harm} (iann0036/iam-dataset 2073fa52, {policy})")


ATTACKS = (
    _attached("developers start each build as its project", "AWSCodeBuildDeveloperAccess",
              "a build runs their commands with its role (pathfinding.cloud, codebuild-002)"),
    _attached("developers sign in to each machine", "EC2InstanceConnect",
              "their key is on it (pathfinding.cloud, ec2instanceconnect-003)"),
    _attached("developers say which certificates become roles", "AWSRolesAnywhereFullAccess",
              "an authority of their own (stratus, aws.persistence.rolesanywhere-create-trust-anchor)"),
    _attached("developers put revisions on each server", "AWSCodeDeployDeployerAccess", "their code runs on all"),
    _attached("developers make themselves members of each group", "AWSManagedAccountUserEntitlementAccess",
              "the group of administrators is one"),
    _attached("developers overwrite each image", "AmazonEC2ContainerRegistryPowerUser",
              "what others run is theirs (hackingthe.cloud, abuse of a registry)"),
    _attached("developers read each parameter", "AmazonSSMReadOnlyAccess",
              "passwords are among them (cloudsplaining, exfiltration of data)"),
    _attached("developers read and change each database by its API", "AmazonRDSDataFullAccess", "statements of SQL"),
    Attack("builds of every repository of a strange organisation have the role of the project", ("FJ-ESC-111",), (
        aws("codebuild/Webhook", {
            "projectName": "runner", "buildType": "BUILD",
            "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
            "scopeConfiguration": {"name": "somebody", "scope": "GITHUB_ORGANIZATION"}}),),
        "critical", "a workflow of theirs has its credentials (hackingthe.cloud, runners of CodeBuild)"),
    Attack("builds of every project of a strange group have the role of the project", ("FJ-ESC-111",), (
        aws("codebuild/Webhook", {
            "projectName": "runner", "buildType": "BUILD",
            "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
            "scopeConfiguration": {"name": "somebody", "scope": "GITLAB_GROUP"}}),),
        "critical", "a pipeline of theirs has its credentials (the same)"),
    Attack("a program reads and overwrites the blobs of each account", ("FJ-IDN-214",),
           _on_subscription(f"{BLOBS}/read", f"{BLOBS}/write"),
           "critical", "it encrypts all with a key of its own (stratus, azure.impact.blob-ransomware-cpek)"),
    Attack("a program deletes each version of each blob", ("FJ-IDN-214",),
           _on_subscription(f"{BLOBS}/*", left_out=(f"{BLOBS}/read", f"{BLOBS}/write")),
           "critical", "nothing is left (stratus, azure.impact.blob-ransomware-individual-file-deletion)"),
    Attack("a program reads the secrets of each vault", ("FJ-IDN-214",),
           _on_subscription("Microsoft.KeyVault/vaults/secrets/getSecret/action"),
           "critical", "each password of the platform (Azure built-in roles, 'Key Vault Secrets User')"),
    Attack("a machine of the network answers as the database service of AWS", ("FJ-ESC-115",), (
        aws("route53/Zone", ZONE, "names"),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": ZONE["name"], "type": "A", "ttl": 60,
                               "records": ["10.20.9.66"]}, links={"zoneId": ("names",)})),
        "critical", "requests and their data come to it (hackingthe.cloud, changes of Route 53 that escalate)"),
    Attack("a name of the bank stands for a service of AWS", ("FJ-ESC-115",), (
        aws("route53/Record", {"zoneId": "Z0123456789ABC", "name": "sts.me-central-1.amazonaws.com", "type": "CNAME",
                               "ttl": 60, "records": ["relay.payments.bank.internal"]}),),
        "critical", "credentials of each program come to it (the same)"),
)  # fmt: skip
