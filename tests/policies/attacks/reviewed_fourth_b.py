"""Other spellings of attacks of the twenty-fourth set on Azure and on nodes, found by a review on 2026-12-02.

Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import GROUP, OURS, RG, SUB, Given, az
from . import Attack
from .after_twenty_fourth_azure import api, joining, workflow
from .after_twenty_fourth_kube import features, taint
from .twenty_fourth_azure import STORAGE, assigned, custom_role
from .twenty_fourth_azure_flow import ARM, GROUPS

ROLES, OPEN, ESC = ("FJ-IDN-214",), ("FJ-EXP-127",), ("FJ-ESC-102",)
FLEETS = "1dc4cd5a-de51-4ee4-bc8e-b40e9c17e320"
"""Azure Kubernetes Fleet Manager RBAC Cluster Writer."""
BLOBS, KEYS = f"{STORAGE}/blobServices/containers/blobs", "Microsoft.KeyVault/vaults/keys"
STORED = f"{OURS}.Storage/storageAccounts/stledger/blobServices/default/containers/ledger"
NETWORKS = {"field": "type", "equals": "Microsoft.Network/virtualNetworks"}
HEADER = '<set-header name="x-a" exists-action="override"><value>{}</value></set-header>'


def connected(method: str, path: str) -> tuple[Given, ...]:
    """Returns a workflow that calls the manager of resources by its connector."""
    given = workflow("GET", ARM)[0]
    definition = {**given.props["definition"], "actions": {"call": {  # type: ignore[dict-item]
        "type": "ApiConnection", "runAfter": {}, "inputs": {
            "host": {"connection": {"name": "@parameters('$connections')['arm']['connectionId']"}}, "method": method,
            "path": f"/subscriptions/@{{encodeURIComponent('{SUB[15:]}')}}/resourcegroups/{path}",
            "queries": {"x-ms-api-version": "2021-04-01"}}}}}  # fmt: skip
    return (az("logic:Workflow", {**given.props, "definition": definition}),)


def beneath(group: str, parent: str) -> tuple[Given, ...]:
    """Returns a group of subscriptions beneath another."""
    return (az("management:ManagementGroup", {
        "groupId": group, "displayName": group, "details": {"parent": {"id": f"{GROUPS}/{parent}"}}}),)  # fmt: skip


ATTACKS = (
    *(Attack(f"{group} is put beneath {parent}", OPEN, beneath(group, parent), "critical",
             "a group inherits policies of its parent alone")
      for group, parent in (("bankProd", "sandbox"), ("prod", "bankSandbox"), ("Production", "bank-sbx"))),
    *(Attack(f"each network joins a group by a condition of another spelling: {text}", ESC, joining(condition),
             "critical", "each network is connected") for text, condition in (
                 ("keys in lower case", {"allof": [NETWORKS, {"Field": "name", "Like": "*"}]}),
                 ("a value that is always the same", {"allOf": [NETWORKS, {"value": "a", "equals": "a"}]}),
                 ("no empty name", {"field": "name", "notEquals": ""}),
                 ("two asterisks", {"field": "name", "like": "**"}))),
    *(Attack(f"a workflow calls the manager of resources: {method} {end}", ESC, workflow(method, f"{ARM}{end}"),
             "critical", "the identity of the workflow does it") for method, end in (
                 ("DELETE", f"{SUB}/resourceGroups/rg-records/?api-version=2021-04-01"),
                 ("@{variables('method')}", f"{OURS}.Authorization/roleAssignments/a?api-version=2022-04-01"),
                 ("POST", ":443/batch?api-version=2020-06-01"),
                 ("DELETE", f"{STORED}?api-version=2023-05-01"),
                 ("DELETE", f"{OURS}.DocumentDB/databaseAccounts/a/sqlDatabases/ledger?api-version=2024-05-15"))),
    *(Attack(f"a workflow calls the manager of resources by its connector: {method} {path}", ESC,
             connected(method, path), "critical", "the connection's account does it") for method, path in (
                 ("delete", "@{encodeURIComponent('rg-records')}"),
                 ("put", "rg/providers/@{encodeURIComponent('Microsoft.Authorization')}/"
                         "@{encodeURIComponent('roleAssignments/a')}"),
                 ("post", "rg/providers/@{encodeURIComponent('Microsoft.Storage')}/@{encodeURIComponent("
                          "'storageAccounts/stledger')}/@{encodeURIComponent('listKeys')}"))),
    *(Attack(f"an answer has the secret of a named value: {text}", ("FJ-EXP-207",), plan, "critical",
             "callers read it") for text, plan in (
                 ("by a variable", api(HEADER.format("@((string)context.Variables[&quot;k&quot;])"),
                                       '<set-variable name="k" value="{{core-key}}" />')),
                 ("behind a word", api(HEADER.format('@("Key " + "{{core-key}}")'))),
                 ("in a call", api(HEADER.format('@(string.Concat("{{core-key}}"))'))),
                 ("in the first of two values", api(
                     '<set-header name="a"><value>{{core-key}}</value><value>b</value></set-header>')),
                 ("in the place of a word", api('<find-and-replace from="key" to="{{core-key}}" />')),
                 ("in a template", api('<set-body template="liquid">{"k": "{{core-key}}"}</set-body>')))),
    *(Attack(f"a role of a group removes for good by a pattern: {name}", ROLES, custom_role("hygiene", data=(name,)),
             "major", "soft deletion keeps nothing of it")
      for name in (f"{KEYS}/p*", f"{KEYS}/pur*/action", f"{BLOBS}/permanent*", "*/purge/action")),
    Attack("a role of a group has all that a service keeps in its locations", ROLES, custom_role(
        "cleaners", "Microsoft.Sql/locations/*"), "critical", "backups of years lie there"),
    *(Attack(f"a role writes what runs in each fleet, or reads each key: {role} {scope[-9:]}", ("FJ-IDN-201",),
             assigned(role, scope), "critical",
             "iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json, read 2026-12-02")
      for role, scope in ((FLEETS, SUB), (FLEETS, GROUP), ("360cab3d-4340-4c96-816d-682fbd52b3e2", SUB))),
    *(Attack(f"a machine on premises has a key that its owner keeps anywhere: {kind}", ("FJ-ESC-115",), (az(kind, {
        **RG, "metadataName": "default", "publicKey": "MIIBCgKCAQEA3m0yJcM4vV9sJc0sQ5yqQyHn3kTg0c", **more}),),
        "critical", "its owner has the identity") for kind, more in (
            ("connectedvmwarevsphere:HybridIdentityMetadatum", {"virtualMachineName": "vm-1"}),
            ("scvmm:HybridIdentityMetadata", {"virtualMachineName": "vm-1"}),
            ("azurestackhci:HybridIdentityMetadatum", {"virtualMachineName": "vm-1"}))),
    *(Attack(f"each node is tainted by a condition that each meets: {text}", ("FJ-ESC-115",), (
        features(taint("NoExecute"), matchFeatures=[condition]),), "critical", "no pod of others stays")
      for text, condition in (
          ("any sign", {"feature": "kernel.version", "matchExpressions": {
              "full": {"op": "InRegexp", "value": ["."]}}}),
          ("a number above none", {"feature": "kernel.version", "matchExpressions": {
              "major": {"op": "Gt", "value": ["0"]}}}),
          ("no element", {"feature": "cpu.cpuid", "matchExpressions": {}}))),
)  # fmt: skip
