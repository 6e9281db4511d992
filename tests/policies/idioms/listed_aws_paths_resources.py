"""Good idioms beside the attacks of `attacks/listed_aws_paths_resources.py`, as the vendors document them."""

from ..blind import GROUP, SUB, TAGS, aws, az
from ..harness import UNKNOWN, Given
from . import Idiom

SOMEBODY = "22222222-3333-4444-5555-666666666666"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"


def _role(scope: str, *data_actions: str, left_out: tuple[str, ...] = ()) -> tuple[Given, Given]:
    """Returns a custom role on data that may be assigned anywhere, and its assignment."""
    return (
        az("authorization:RoleDefinition", {
            "scope": SUB, "roleName": "Readers", "roleType": "CustomRole", "assignableScopes": [SUB],
            "permissions": [{"actions": [], "notActions": [], "dataActions": list(data_actions),
                             "notDataActions": list(left_out)}]}, "readers"),
        az("authorization:RoleAssignment", {
            "scope": scope, "roleDefinitionId": UNKNOWN, "principalId": SOMEBODY, "principalType": "ServicePrincipal"},
            "assigned", links={"roleDefinitionId": ("readers",)}))  # fmt: skip


def _attached(policy: str) -> Given:
    """Returns the attachment of a policy of AWS."""
    return aws("iam/RolePolicyAttachment", {"role": "nodes", "policyArn": f"arn:aws:iam::aws:policy/{policy}"}, policy)


IDIOMS = (
    Idiom("machines have what their agents need, and pull images", tuple(map(_attached, (
        "AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy", "AmazonEC2ContainerRegistryPullOnly",
        "AWSXRayDaemonWriteAccess"))), "Amazon EKS, 'Node IAM role'"),
    Idiom("builds are of the repositories of the bank's organisation", (
        aws("codebuild/Webhook", {
            "projectName": "runner", "buildType": "BUILD",
            "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
            "scopeConfiguration": {"name": "bank-ae", "scope": "GITHUB_ORGANIZATION"}}),),
        "AWS CodeBuild, 'GitHub organization webhooks'",
        {"escape": {"code_sources": {"https://github.com/bank-ae": "the bank's organisation"}}}),
    Idiom("builds are of the projects of the bank's group at GitLab", (
        aws("codebuild/Webhook", {
            "projectName": "runner", "buildType": "BUILD",
            "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
            "scopeConfiguration": {"name": "bank-ae", "scope": "GITLAB_GROUP"}}),),
        "AWS CodeBuild, 'GitLab group webhooks'",
        {"escape": {"code_sources": {"https://gitlab.com/bank-ae": "the bank's group"}}}),
    Idiom("builds are of the repositories of the bank's own server", (
        aws("codebuild/Webhook", {
            "projectName": "runner", "buildType": "BUILD",
            "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
            "scopeConfiguration": {"name": "platform", "scope": "GITHUB_GLOBAL", "domain": "git.dc1.example.ae"}}),),
        "AWS CodeBuild, 'GitHub global webhooks'",
        {"escape": {"code_sources": {"https://git.dc1.example.ae/platform": "the bank's own server"}}}),
    Idiom("auditors read settings and logs", tuple(map(_attached, ("SecurityAudit", "CloudWatchLogsReadOnlyAccess"))),
          "IAM, 'AWS managed policies for job functions'"),
    Idiom("a role on blobs is defined for the subscription and assigned on one account",
          _role(f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stbank", f"{BLOBS}/read"),
          "Azure, 'Understand scope for Azure RBAC'"),
    Idiom("a program sets tags of the blobs of a subscription, and reads none",
          _role(SUB, f"{BLOBS}/*", left_out=(f"{BLOBS}/read", f"{BLOBS}/write", f"{BLOBS}/delete")),
          "Azure, 'Understand Azure role definitions', NotDataActions"),
    Idiom("a program writes metrics in the whole subscription", _role(SUB, "Microsoft.Insights/metrics/write"),
          "Azure built-in roles, 'Monitoring Metrics Publisher'"),
    Idiom("the name of a service of AWS leads to its endpoint", (
        aws("route53/Zone", {"name": "sts.me-central-1.amazonaws.com", "comment": "endpoint", "tags": TAGS,
                             "vpcs": [{"vpcId": "vpc-1"}]}, "names"),
        aws("route53/Record", {
            "zoneId": UNKNOWN, "name": "sts.me-central-1.amazonaws.com", "type": "A", "aliases": [{
                "name": "vpce-0123456789abcdef0-abcdefgh.sts.me-central-1.vpce.amazonaws.com", "zoneId": "Z01234567",
                "evaluateTargetHealth": False}]}, links={"zoneId": ("names",)})),
        "AWS PrivateLink, central endpoints with private hosted zones"),
    Idiom("a name of the bank leads to a database of AWS", (
        aws("route53/Record", {"zoneId": "Z0123456789ABC", "name": "orders-db.bank.internal", "type": "CNAME",
                               "ttl": 60, "records": ["orders.cluster-abc.me-central-1.rds.amazonaws.com"]}),),
        "Amazon Route 53, 'Private zones'"),
)  # fmt: skip
