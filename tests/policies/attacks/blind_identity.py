"""Attacks on identity that nobody had written down: roles, catalogues, directories and clusters (2026-11-27).

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

from string import ascii_letters

from ..blind import ME, SUB, TAGS, THEM, aws, az, cluster_role, crd, k8s, policy, role, statement
from ..harness import UNKNOWN
from . import Attack

STRANGER_TENANT = "11111111-1111-1111-1111-111111111111"

AWS = (
    Attack(  # critical; IAM User Guide, "Passing a role": Resource may list patterns, and one of each letter is all
        "iam:PassRole on role/a* to role/Z*, one pattern a letter",
        ("FJ-IDN-102",),
        (policy(statement("iam:PassRole", [f"arn:aws:iam::{ME}:role/{c}*" for c in ascii_letters])),),
    ),
    Attack(  # critical; Service Authorization Reference, IAM Identity Center: the assignment gives any permission set
        "sso:CreateAccountAssignment on every permission set and account",
        ("FJ-IDN-103",),
        (policy(statement(
            ["sso:CreateAccountAssignment", "sso:AttachManagedPolicyToPermissionSet"],
            ["arn:aws:sso:::instance/*", "arn:aws:sso:::permissionSet/*/*", "arn:aws:sso:::account/*"])),),
    ),
    Attack(  # critical; Organizations User Guide, "Accessing member accounts": the role has AdministratorAccess
        "sts:AssumeRole of OrganizationAccountAccessRole in every account",
        ("FJ-IDN-103",),
        (policy(statement("sts:AssumeRole", "arn:aws:iam::*:role/OrganizationAccountAccessRole")),),
    ),
    Attack(  # high; Service Authorization Reference of Aurora DSQL, S3 Tables, OpenSearch Serverless, MSK
        "data of DSQL, S3 Tables, OpenSearch Serverless and Kafka on *",
        ("FJ-IDN-104",),
        (policy(statement(["dsql:DbConnectAdmin", "s3tables:GetTableData", "aoss:APIAccessAll",
                           "kafka-cluster:ReadData", "kafka-cluster:Connect"])),),
    ),
    Attack(  # high; IAM Roles Anywhere User Guide, "Trust model": restrict aws:SourceArn or x509Subject
        "role of Roles Anywhere for every certificate of every trust anchor",
        ("FJ-IDN-105",),
        (role({"Service": "rolesanywhere.amazonaws.com"},
              action=["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]),),
    ),
    Attack(  # high; Lake Formation Developer Guide, "Granting permissions to a group IAMPrincipals" of an account
        "Lake Formation ALL with grant option for the group IAMPrincipals",
        ("FJ-IDN-113",),
        (aws("lakeformation/Permissions", {"principal": f"{ME}:IAMPrincipals", "permissions": ["ALL"],
                                           "permissionsWithGrantOptions": ["ALL"], "database": {"name": "d"}}),),
    ),
    Attack(  # high; Lake Formation Developer Guide, "Application integration for full table access"
        "Lake Formation data filtering by engines of another account",
        ("FJ-IDN-",),
        (aws("lakeformation/DataLakeSettings", {
            "allowExternalDataFiltering": True, "externalDataFilteringAllowLists": [THEM],
            "allowFullTableExternalDataAccess": True, "authorizedSessionTagValueLists": ["any"]}),),
    ),
    Attack(  # critical; S3 User Guide, "S3 Access Grants and cross-account access": a grantee may be of any account
        "S3 access grant READWRITE on a whole location for a stranger's role",
        ("FJ-IDN-116",),
        (aws("s3control/AccessGrant", {
            "accessGrantsLocationId": "default", "permission": "READWRITE",
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "*"},
            "grantee": {"granteeType": "IAM", "granteeIdentifier": f"arn:aws:iam::{THEM}:role/x"}, "tags": TAGS}),),
    ),
    Attack(  # high; EKS User Guide, "Grant users access with an external OIDC provider"
        "EKS takes groups of a stranger's OIDC issuer, without a prefix",
        ("FJ-IDN-",),
        (aws("eks/IdentityProviderConfig", {"clusterName": "c", "tags": TAGS, "oidc": {
            "clientId": "x", "identityProviderConfigName": "x", "issuerUrl": "https://login.stranger.example.com",
            "groupsClaim": "groups", "usernameClaim": "email"}}),),
    ),
    Attack(  # high; EKS User Guide, "EKS Pod Identity": every pod without its own account uses `default`
        "EKS pod identity for the default account of namespace default",
        ("FJ-IDN-",),
        (aws("eks/PodIdentityAssociation", {"clusterName": "c", "namespace": "default", "serviceAccount": "default",
                                            "roleArn": f"arn:aws:iam::{ME}:role/data-admin", "tags": TAGS}),),
    ),
    Attack(  # high; Cognito Developer Guide, "Signing up and confirming user accounts": everyone may sign up
        "Cognito user pool in which everybody may register",
        ("FJ-IDN-112", "FJ-ESC-115"),
        (aws("cognito/UserPool", {"mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True},
                                  "adminCreateUserConfig": {"allowAdminCreateUserOnly": False},
                                  "autoVerifiedAttributes": ["email"], "deletionProtection": "ACTIVE",
                                  "tags": TAGS}),),
    ),
    Attack(  # high; Verified Permissions User Guide, "Static policies": an empty scope is every principal and action
        "Cedar policy permit(principal, action, resource)",
        ("FJ-IDN-",),
        (aws("verifiedpermissions/Policy", {"policyStoreId": "p", "definition": {
            "static": {"statement": "permit(principal, action, resource);"}}}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # critical; a role that only the deployment shows, on a subscription
        "role on a subscription that is not known before deployment",
        ("FJ-IDN-201",),
        (az("authorization:RoleAssignment", {"roleDefinitionId": UNKNOWN, "scope": SUB, "principalId": "p",
                                             "principalType": "User"}),),
    ),
    Attack(  # high; Azure RBAC, "Rules in role management policies": approval and MFA can be turned off
        "RoleManagementPolicy that activates Owner without MFA and approval",
        ("FJ-IDN-",),
        (az("authorization:RoleManagementPolicy", {"scope": SUB[1:], "roleManagementPolicyName": "x", "rules": [
            {"id": "Approval_EndUser_Assignment", "ruleType": "RoleManagementPolicyApprovalRule",
             "setting": {"isApprovalRequired": False}},
            {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
             "enabledRules": []}]}),),
    ),
    Attack(  # high; Data Explorer, "Allow cross-tenant queries and commands": trustedExternalTenants may be *
        "Data Explorer admin of another tenant",
        ("FJ-IDN-",),
        (az("kusto:ClusterPrincipalAssignment", {
            "clusterName": "c", "resourceGroupName": "g", "principalAssignmentName": "x", "principalId": "p",
            "principalType": "App", "role": "AllDatabasesAdmin", "tenantId": STRANGER_TENANT}),),
    ),
    Attack(  # high; Key Vault, "Assign an access policy": every permission of secrets and keys for one object
        "Key Vault access policy of its own resource, all secrets and keys",
        ("FJ-IDN-204",),
        (az("keyvault:AccessPolicy", {"resourceGroupName": "g", "vaultName": "v", "policy": {
            "tenantId": STRANGER_TENANT, "objectId": "o",
            "permissions": {"secrets": ["all"], "keys": ["all"], "certificates": ["all"]}}}),),
    ),
)  # fmt: skip

KUBERNETES = (
    Attack(  # critical; redhat-cop/namespace-configuration-operator: it applies each template's text
        "NamespaceConfig of an operator whose template binds cluster-admin",
        ("FJ-IDN-301", "FJ-ESC-103"),
        (k8s("redhatcop.redhat.io/v1alpha1:NamespaceConfig", {"metadata": {"name": "x"}, "spec": {"templates": [{
            "objectTemplate": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
                              "metadata: {name: all}\nroleRef: {kind: ClusterRole, name: cluster-admin}\n"
                              "subjects: [{kind: Group, name: devs}]\n"}]}}),),
    ),
    Attack(  # high; Kubernetes, "RBAC good practices": a change of namespaces lifts pod security admission
        "ClusterRole that may relabel namespaces, and replace admission policies and API services",
        ("FJ-IDN-305",),
        (cluster_role(
            {"apiGroups": [""], "resources": ["namespaces"], "verbs": ["patch", "update"]},
            {"apiGroups": ["apiregistration.k8s.io"], "resources": ["apiservices"], "verbs": ["create", "patch"]},
            {"apiGroups": ["admissionregistration.k8s.io"], "verbs": ["create", "delete"],
             "resources": ["mutatingadmissionpolicies", "validatingadmissionpolicybindings"]}),),
    ),
    Attack(  # high; Kubernetes, "Authenticating with bootstrap tokens": whoever has the token joins a node
        "bootstrap token that does not expire",
        ("FJ-IDN-306",),
        (k8s("core/v1:Secret", {
            "metadata": {"name": "bootstrap-token-07401b", "namespace": "kube-system"},
            "type": "bootstrap.kubernetes.io/token",
            "stringData": {"token-id": "07401b", "usage-bootstrap-authentication": "true",
                           "usage-bootstrap-signing": "true", "auth-extra-groups": "system:bootstrappers:admins"}}),),
    ),
    Attack(  # critical; Capsule, docs on Tenant additionalRoleBindings: bound in each of the tenant's namespaces
        "Capsule tenant whose owners are every service account, as cluster-admin",
        ("FJ-IDN-301", "FJ-IDN-303", "FJ-ESC-103"),
        (crd("capsule.clastix.io/v1beta2:Tenant", {
            "owners": [{"kind": "Group", "name": "system:serviceaccounts", "clusterRoles": ["cluster-admin"]}]}),),
    ),
)  # fmt: skip

FEDERATED = (
    Attack(  # high; Entra, "Configure an app to trust an external identity provider": any issuer is accepted
        "federated credential of a cluster abroad, for its default account",
        ("FJ-IDN-209", "FJ-RES-"),
        (
            az(
                "managedidentity:FederatedIdentityCredential",
                {
                    "resourceName": "i",
                    "resourceGroupName": "g",
                    "federatedIdentityCredentialResourceName": "f",
                    "issuer": f"https://westeurope.oic.prod-aks.azure.com/{STRANGER_TENANT}/22222222-2222-2222-2222-222222222222/",
                    "subject": "system:serviceaccount:default:default",
                    "audiences": ["api://AzureADTokenExchange"],
                },
            ),
        ),
    ),
)

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES, *FEDERATED)
