"""Attacks that come closest to what rules were softened for after the good programs of set 21: runners of pipelines."""

from collections.abc import Mapping
from dataclasses import replace

from ..blind import TAGS, aws, document, k8s, meta, statement
from ..harness import UNKNOWN, Given
from ..idioms.eleventh_charts import SMALL
from ..idioms.fifteenth_work import pod
from ..idioms.thirteenth_cluster_access import account
from ..idioms.twelfth_charts import image, mirrored
from ..idioms.twentieth_goodb_charts import namespace
from . import Attack

RBAC = "rbac.authorization.k8s.io"
READ = "as known on 2026-12-01"
RUNNER = (
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "create", "delete"]},
    {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["get", "create"]},
    {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "create", "delete"]},
)
REFUSED = ("FJ-IDN-304", "FJ-IDN-305")


def role(space: str, *rules: Mapping[str, object], kind: str = "Role") -> Given:
    """Returns the role of a runner in a namespace, or a ClusterRole of that name."""
    metadata = meta(space, space) if kind == "Role" else {"name": space, "labels": TAGS}
    return k8s(f"{RBAC}/v1:{kind}", {"metadata": metadata, "rules": list(rules)}, f"{space}-role")


def bound(space: str, *subjects: Mapping[str, object], kind: str = "Role") -> Given:
    """Returns the binding of the role of a runner."""
    return k8s(f"{RBAC}/v1:RoleBinding", {
        "metadata": meta(space, space), "roleRef": {"apiGroup": RBAC, "kind": kind, "name": space},
        "subjects": list(subjects)}, f"{space}-binding")  # fmt: skip


def of_account(name: str, space: str) -> dict[str, object]:
    """Returns a service account as the subject of a binding."""
    return {"kind": "ServiceAccount", "name": name, "namespace": space}


def program(name: str, space: str, **container: object) -> Given:
    """Returns a closed Deployment of a namespace with an account of its name."""
    return k8s("apps/v1:Deployment", {"metadata": meta(name, space), "spec": {
        "replicas": 1, "selector": {"matchLabels": {"app": name}}, "template": {
            "metadata": {"labels": {**TAGS, "app": name}}, "spec": pod(name, SMALL, **container)}}},
        f"{space}-{name}")  # fmt: skip


def confined(space: str) -> dict[str, tuple[Given, ...]]:
    """Returns, by what they are, the objects of a runner that has a closed namespace for itself."""
    runner = account("runner", space)
    return {
        "place": namespace(space), "accounts": (replace(runner, name=f"{space}-account"),),
        "role": (role(space, *RUNNER),), "bound": (bound(space, of_account("runner", space)),),
        "programs": (program("runner", space, image=image("actions/runner")),),
    }  # fmt: skip


def but(space: str, **changed: tuple[Given, ...]) -> tuple[Given, ...]:
    """Returns the objects of a runner with some of them changed."""
    return tuple(given for group in {**confined(space), **changed}.values() for given in group)


def labelled(space: str, **labels: str) -> tuple[Given, ...]:
    """Returns the closed namespace of a runner with other labels."""
    first, *rest = namespace(space)
    metadata = {"name": space, "labels": {**TAGS, **labels}}
    return (replace(first, props={**first.props, "metadata": metadata}), *rest)


ATTACKS: tuple[Attack, ...] = (
    Attack("a runner's jobs run commands in the ledger, which has a place in its namespace", REFUSED, but(
        "runs-a", programs=(program("ledger", "runs-a"),), accounts=(
            replace(account("runner", "runs-a"), name="runs-a-account"),
            replace(account("ledger", "runs-a"), name="runs-a-ledger"))), "critical",
        f"pods/exec is for each pod of the namespace (Kubernetes, 'Role Based Access Control Good Practices', {READ})"),
    Attack("a runner's jobs read the secrets of the vault, whose chart has its namespace", REFUSED, but(
        "runs-b", programs=(mirrored("vault", "0.31.0", {"server": {"standalone": {"enabled": False}}}, "runs-b"),)),
        "critical", f"secrets with list are all of the namespace (Kubernetes, 'Using RBAC Authorization', {READ})"),
    Attack("a runner's jobs have pods of their making that are not closed, and commands in them", REFUSED, but(
        "runs-c", place=labelled("runs-c")), "critical",
        f"without a level any pod is let in (Kubernetes, 'Pod Security Admission', {READ})"),
    Attack("a runner's jobs reach the network of all others", REFUSED, but(
        "runs-d", place=namespace("runs-d")[:1]), "major",
        f"pods that no policy selects accept and open all connections (Kubernetes, 'Network Policies', {READ})"),
    Attack("whoever builds runs commands in the jobs of others, by the runner's role", REFUSED, but(
        "runs-e", bound=(bound("runs-e", of_account("runner", "runs-e"), {
            "kind": "Group", "name": "developers", "apiGroup": RBAC}),)), "major",
        f"members of the group have pods/exec too (Kubernetes, 'Using RBAC Authorization', {READ})"),
    Attack("a runner's role is of an account that the plan does not have", REFUSED, but(
        "runs-f", bound=(bound("runs-f", of_account("ci", "shared")),)), "major",
        f"who has the account stands in no plan (Kubernetes, 'Using RBAC Authorization', {READ})"),
    Attack("a runner whose image may be any tomorrow has commands and secrets", REFUSED, but(
        "runs-g", programs=(program("runner", "runs-g", image="registry.bank.ae/actions/runner:latest"),)), "major",
        f"a tag names another image after each push (Kubernetes, 'Images', {READ})"),
    Attack("a runner's role for one namespace has tokens of each account in it", REFUSED, but(
        "runs-h", role=(role("runs-h", *RUNNER, {
            "apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["create"]}),)), "critical",
        f"a token is made for any account (Kubernetes, 'Role Based Access Control Good Practices', {READ})"),
    Attack("a runner's rights are those of a ClusterRole, which others bind too", REFUSED, but(
        "runs-i", role=(role("runs-i", *RUNNER, kind="ClusterRole"),),
        bound=(bound("runs-i", of_account("runner", "runs-i"), kind="ClusterRole"),)), "major",
        f"a ClusterRole is bound in each namespace (Kubernetes, 'Using RBAC Authorization', {READ})"),
    Attack("a runner's role is in a namespace that another stack makes and fills", REFUSED, but(
        "runs-j", place=()), "critical",
        f"pods/exec is for each pod of the namespace (Kubernetes, 'Role Based Access Control Good Practices', {READ})"),
    Attack("tasks that one busy hour started run for ever", ("FJ-COST-126",), (aws("appautoscaling/Policy", {
        "name": "busy", "policyType": "TargetTrackingScaling", "serviceNamespace": "ecs", "scalableDimension":
        "ecs:service:DesiredCount", "resourceId": "service/apps/quotes", "targetTrackingScalingPolicyConfiguration": {
            "disableScaleIn": True, "targetValue": 60, "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"}}}, "busy-for-ever"),), "minor",
        "with disableScaleIn the policy never removes capacity (pulumi-aws 7.51.1, appautoscaling.Policy)"),
    Attack("the limit of pipelines becomes the rights of one", ("FJ-IDN-115",), (
        aws("iam/Policy", {"name": "pipelines-boundary", "tags": TAGS, "policy": document(statement([
            "s3:GetObject", "kms:Decrypt", "secretsmanager:GetSecretValue"]))}, "pipelines-limit"),
        aws("iam/RolePolicyAttachment", {"role": "push-quotes", "policyArn": UNKNOWN}, "pipelines-attached", links={
            "policyArn": ("pipelines-limit",)})), "critical",
        f"an attached policy grants what it allows (AWS IAM User Guide, 'Policies and permissions', {READ})"),
    Attack("people of a permission set have what another stack's boundary allows", ("FJ-IDN-115",), (
        aws("ssoadmin/CustomerManagedPolicyAttachment", {
            "instanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "permissionSetArn":
            "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef",
            "customerManagedPolicyReference": {"name": "TeamsBoundary", "path": "/teams/"}}, "set-of-teams"),),
        "critical", f"an attached policy grants its actions (AWS IAM User Guide, 'Policies and permissions', {READ})"),
)  # fmt: skip
