"""Families of attacks by grants, as strategies that spell an attack in ways that nobody wrote down.

Each family has a good twin: the same form with a value that confines, on which the rule must be silent.
"""

import json
from dataclasses import dataclass
from typing import Any

import yaml
from guardrails.engine.enforcement import Enforcement
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from falaj.facts.aws_managed_policies import managed_policies
from falaj.facts.azure_roles import azure_roles
from falaj.facts.predefined_roles import kubernetes_roles

from .harness import UNKNOWN, Given, Pack, blocking, secret

OWN = "123456789012"
SETTINGS = {"default": {"all": "disabled", "identity": "mandatory"}, "identity": {"trusted": {OWN: "our own account"}}}
PACK = Pack(Enforcement.model_validate(SETTINGS))
SUBSCRIPTION = "/subscriptions/7c4e9a10-5f0d-4c2b-9a4e-d1f5a0b1c2d3"
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).map("n{}".format)


@dataclass(frozen=True)
class Family:
    """A rule, plans that it must refuse, and plans on which it must be silent."""

    rule: str
    attacks: SearchStrategy[Given]
    twins: SearchStrategy[Given]


def is_refused(plan: Given, rule: str) -> bool:
    """Returns whether a rule blocks a resource, when it is evaluated by itself or in its plan."""
    return rule in blocking(PACK.evaluate_plan(plan))


@st.composite
def cased(draw: st.DrawFn, text: str) -> str:
    """Returns a text of which some letters have the other case."""
    flips = draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    return "".join(letter.swapcase() if flip else letter for letter, flip in zip(text, flips, strict=True))


def _wrapped(value: Any) -> SearchStrategy[Any]:
    return st.sampled_from([value, secret(value)])


_SINGLE = {"aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
           "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
           "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
           "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn"}  # fmt: skip
_LISTS = {"aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
          "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
          "aws:iam/role:Role": "managedPolicyArns",
          "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive":
              "managedPolicyArns"}  # fmt: skip


@st.composite
def managed_policy(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns an attachment of a managed policy from the list, by any type that attaches policies."""
    policies = [item.name for item in managed_policies().values() if item.is_broad is broad]
    path, _, name = draw(st.sampled_from(policies)).rpartition("/")
    partition = draw(st.sampled_from(["aws", "aws-cn", "aws-us-gov"]))
    spelled = draw(cased(name)) if broad else name
    arn = f"arn:{partition}:iam::aws:policy/{path + '/' if path else ''}{spelled}"
    token, key = draw(st.sampled_from([*_SINGLE.items(), *_LISTS.items()]))
    if token in _SINGLE:
        return Given(token, {key: draw(_wrapped(arn))})
    before = draw(st.lists(st.sampled_from([UNKNOWN, f"arn:aws:iam::{OWN}:policy/own"]), max_size=3))
    return Given(token, {key: draw(_wrapped([*before, arn]))})


_ASSIGNMENTS = ("authorization:RoleAssignment", "authorization:PimRoleEligibilitySchedule",
                "authorization/v20220401:RoleAssignment")  # fmt: skip
_ADMINISTRATORS = {"Owner", "User Access Administrator", "Role Based Access Control Administrator"}
"""Roles that assign every role (Azure built-in roles, privileged, 2026-11)."""
_OF_MACHINES = {"Virtual Machine Administrator Login", "Windows Admin Center Administrator Login"}
"""Roles of administrators inside of machines, which are for people: these assignments do not say whom they are for."""


@st.composite
def role_assignment(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns an assignment of a broad role, with a scope in any spelling. It is broad on the subscription or above,
    and on every scope if the role assigns every other role for good."""
    group = f"/providers/Microsoft.Management/managementGroups/{draw(NAMES)}"
    role, kind = draw(st.sampled_from(sorted(azure_roles()))), draw(st.sampled_from(_ASSIGNMENTS))
    extends_itself = azure_roles()[role].name in _ADMINISTRATORS and "PimRole" not in kind
    assume(azure_roles()[role].name not in _OF_MACHINES)
    assume(broad or not extends_itself)
    narrow = f"{SUBSCRIPTION}/resourceGroups/{draw(NAMES)}"
    wide = [SUBSCRIPTION, group, "/", *([narrow] if extends_itself else [])]
    scope = draw(st.sampled_from(wide)) if broad else narrow
    slashes = st.sampled_from(["", "/", "//"])
    scope = (
        draw(slashes) + draw(cased(scope)).strip("/").replace("/", draw(st.sampled_from(["/", "//"]))) + draw(slashes)
    )
    prefix = draw(st.sampled_from(["", f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"]))
    role = prefix + draw(cased(role))
    props = {"scope": draw(_wrapped(scope)), "roleDefinitionId": draw(_wrapped(role)), "principalId": "p"}
    if not broad:  # roles that people may not have for a group are for its programs
        props["principalType"] = "ServicePrincipal"
    return Given(f"azure-native:{kind}", props)


_DANGEROUS = ("Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleDefinitions/write",
              "Microsoft.Authorization/elevateAccess/action", "Microsoft.Authorization/locks/delete",
              "Microsoft.ManagedServices/registrationDefinitions/write")  # fmt: skip
_HARMLESS = ("Microsoft.Compute/virtualMachines/start/action", "Microsoft.Insights/metrics/read",
             "Microsoft.Network/virtualNetworks/subnets/join/action",
             "Microsoft.ContainerService/managedClusters/write")  # fmt: skip


@st.composite
def role_definition(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns a custom role with an action in which `*` replaces a part of an operation."""
    operation = draw(st.sampled_from(_DANGEROUS if broad else _HARMLESS))
    first = 0 if broad else operation.index("/", operation.index("/") + 1) + 1
    start = draw(st.integers(first, len(operation)))
    end = draw(st.integers(start, len(operation)))
    action = draw(cased(operation[:start] + "*" * draw(st.integers(1, 3)) + operation[end:]))
    others = draw(st.lists(st.sampled_from(["*/read", UNKNOWN, "Microsoft.Storage/storageAccounts/read"]), max_size=2))
    permissions = [{"actions": []}, {"actions": [*others, action]}]
    return Given("azure-native:authorization:RoleDefinition",
                 {"permissions": draw(_wrapped(permissions)), "assignableScopes": [SUBSCRIPTION]})  # fmt: skip


_RBAC = "kubernetes:rbac.authorization.k8s.io/v1"


@st.composite
def binding(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns a binding of a default role in every namespace, alone or in a list."""
    names = st.sampled_from(sorted(kubernetes_roles()))
    name = draw(names if broad else st.sampled_from(["view", "system:discovery"]))
    subject = {"kind": draw(st.sampled_from(["User", "Group"])), "name": draw(NAMES)}
    item = {"metadata": {"name": draw(NAMES)}, "roleRef": {"kind": "ClusterRole", "name": name}, "subjects": [subject]}
    kind = draw(st.sampled_from(["ClusterRoleBinding", "ClusterRoleBindingPatch", "ClusterRoleBindingList", "List"]))
    if kind == "List":
        return Given("kubernetes:core/v1:List", {"items": [{**item, "kind": "ClusterRoleBinding"}]})
    return Given(f"{_RBAC}:{kind}", {"items": [item]} if kind.endswith("List") else item)


_ACCOUNTS = st.text("0123456789", min_size=12, max_size=12).filter(lambda account: account != OWN)


@st.composite
def access_entry(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns access of an identity to a cluster."""
    account = draw(_ACCOUNTS) if broad else OWN
    kind = draw(st.sampled_from(["role", "user"]))
    arn = f"arn:aws:iam::{account}:{kind}/{draw(st.sampled_from(['', OWN + '/']))}{draw(NAMES)}"
    token = draw(st.sampled_from(["aws:eks/accessEntry:AccessEntry",
                                  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"]))  # fmt: skip
    return Given(token, {"clusterName": "c", "principalArn": draw(_wrapped(arn))})


def _flow_style(value: object) -> str:
    return yaml.safe_dump(value, default_flow_style=True)


@st.composite
def aws_auth(draw: st.DrawFn, *, broad: bool) -> Given:
    """Returns `aws-auth` with an identity of another account or in a group of the system, in JSON or YAML."""
    is_foreign = broad and draw(st.booleans())
    account = draw(_ACCOUNTS) if is_foreign else OWN
    group = "system:masters" if broad and not is_foreign else draw(NAMES)
    key, arn_key = draw(st.sampled_from([("mapRoles", "rolearn"), ("mapUsers", "userarn")]))
    entry = {arn_key: f"arn:aws:iam::{account}:role/{draw(NAMES)}", "username": "x", "groups": [draw(NAMES), group]}
    node = {arn_key: f"arn:aws:iam::{OWN}:role/node", "groups": ["system:bootstrappers", "system:nodes"]}
    entries = [*draw(st.lists(st.just(node), max_size=2)), entry]
    write = draw(st.sampled_from([json.dumps, yaml.safe_dump, _flow_style]))
    metadata = {"name": "aws-auth", "namespace": "kube-system"}
    return Given("kubernetes:core/v1:ConfigMap", {"metadata": metadata, "data": {key: draw(_wrapped(write(entries)))}})


_RULES = (
    (managed_policy, "FJ-IDN-106"),
    (role_assignment, "FJ-IDN-201"),
    (role_definition, "FJ-IDN-201"),
    (binding, "FJ-IDN-301"),
    (access_entry, "FJ-IDN-116"),
    (aws_auth, "FJ-IDN-307"),
)
FAMILIES = {build.__name__: Family(rule, build(broad=True), build(broad=False)) for build, rule in _RULES}
