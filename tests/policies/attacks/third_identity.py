"""Identities that get too much: unseen attacks, written on 2026-11-28 before any of them was evaluated."""

import json

from ..blind import ME, SUB, TAGS, THEM, aws, az, cluster_role, crd
from . import Attack
from .third_residency import PROMETHEUS, release

RG = {"resourceGroupName": "rg-platform"}
GRANTS = ("FJ-IDN-", "FJ-EXP-", "FJ-RES-", "FJ-ESC-112")
STRANGER = "99999999-9999-9999-9999-999999999999"
ROLE = f"arn:aws:iam::{ME}:role"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
TEMPLATE = {"Parameters": {"ThingName": {"Type": "String"}, "Csr": {"Type": "String"}}, "Resources": {
    "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {"Status": "Active"}},
    "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "iot:*", "Resource": "*"}]}}}}}  # fmt: skip

ATTACKS = (
    Attack("Developers administer a cluster through an access policy", GRANTS, (
        aws("eks/AccessPolicyAssociation", {"clusterName": "prod", "principalArn": f"{ROLE}/developers",
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            "accessScope": {"type": "cluster"}}),), "critical",
        "The policy is cluster-admin (Amazon EKS, 'Review access policy permissions')"),
    Attack("Account of a stranger becomes GuardDuty's administrator", GRANTS, (
        aws("guardduty/InviteAccepter", {"detectorId": "d1", "masterAccountId": THEM}),), "major",
        "It reads and suppresses every finding (Amazon GuardDuty, 'Managing accounts by invitation')"),
    Attack("Provisioning template gives devices every action of IoT", GRANTS, (
        aws("iot/ProvisioningTemplate", {"name": "fleet", "enabled": True, "provisioningRoleArn": f"{ROLE}/prov",
            "templateBody": json.dumps(TEMPLATE), "tags": TAGS}),), "critical",
        "Every device reads all topics and changes all things (AWS IoT Core, 'Provisioning templates')"),
    Attack("Authorizer of IoT does not check the signature of tokens", GRANTS, (
        aws("iot/Authorizer", {"name": "custom", "signingDisabled": True, "status": "ACTIVE", "tags": TAGS,
            "authorizerFunctionArn": f"arn:aws:lambda:me-central-1:{ME}:function:auth"}),), "major",
        "Anyone calls the function with any token (AWS IoT Core, 'Custom authentication', token signing)"),
    Attack("Tokens of users are sent to a stranger's address", GRANTS, (
        aws("cognito/UserPoolClient", {"userPoolId": "me-central-1_a", "name": "app", "generateSecret": False,
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthFlows": ["implicit"],
            "allowedOauthScopes": ["openid", "email"], "supportedIdentityProviders": ["COGNITO"],
            "callbackUrls": ["https://collect.stranger.io/cb"], "logoutUrls": ["https://app.example.ae/"]}),), "major",
        "A link to the sign-in page gives them tokens (Amazon Cognito, 'App client terms', callback URL)"),
    Attack("Role for visitors of an identity pool", GRANTS, (
        aws("cognito/IdentityPoolRoleAttachment",
            {"identityPoolId": "me-central-1:11111111-2222-3333-4444-555555555555",
            "roles": {"unauthenticated": f"{ROLE}/app-data", "authenticated": f"{ROLE}/app-data"}}),), "critical",
        "Anyone gets credentials of the role (Amazon Cognito, 'Unauthenticated identities')"),
    Attack("Everybody may sign up to a user pool", (*GRANTS, "FJ-ESC-115"), (
        aws("cognito/UserPool", {"name": "staff", "mfaConfiguration": "ON", "deletionProtection": "ACTIVE",
            "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS, "passwordPolicy": {
                "minimumLength": 14, "requireLowercase": True, "requireUppercase": True, "requireNumbers": True,
                "requireSymbols": True, "temporaryPasswordValidityDays": 1},
            "adminCreateUserConfig": {"allowAdminCreateUserOnly": False}},
            protect=True),), "major",
        "A stranger signs up and passes every authorizer that trusts the pool (Amazon Cognito, 'Sign-up')"),
    Attack("Identity Center trusts tokens of a stranger's issuer", GRANTS, (
        aws("ssoadmin/TrustedTokenIssuer", {"name": "partner", "trustedTokenIssuerType": "OIDC_JWT", "tags": TAGS,
            "instanceArn": "arn:aws:sso:::instance/ssoins-0123456789abcdef", "trustedTokenIssuerConfiguration": {
                "oidcJwtConfiguration": {"issuerUrl": "https://id.stranger.io", "claimAttributePath": "email",
                    "identityStoreAttributePath": "emails.value", "jwksRetrievalOption": "OPEN_ID_DISCOVERY"}}}),),
        "critical", "Its owner acts as any user (IAM Identity Center, 'Trusted token issuers')"),
    Attack("User joins the administrators of the account", (*GRANTS, "FJ-ESC-115"), (
        aws("iam/GroupMembership", {"name": "m", "group": "Administrators", "users": ["contractor"]}),), "critical",
        "The user gets every permission of the group (AWS IAM, 'IAM user groups')"),
    Attack("Kafka allows everyone where no list says otherwise", GRANTS, (
        aws("msk/Configuration", {"name": "kafka", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=true\n"}),), "major",
        "Each client that connects reads every topic (Amazon MSK, 'Apache Kafka ACLs')"),
    Attack("Managed Cassandra without authentication", (*GRANTS, "FJ-ESC-115"), (
        az("cosmosdb:CassandraCluster", {**RG, "clusterName": "cass", "location": "uaenorth", "tags": TAGS,
            "properties": {"authenticationMethod": "None", "cassandraVersion": "4.0", "delegatedManagementSubnetId":
            f"{SUB}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/cass"}}),), "critical",
        "Each machine of the network reads and writes all data (ARM reference, authenticationMethod None)"),
    Attack("Identity of another tenant administers a Kusto cluster", GRANTS, (
        az("kusto:ClusterPrincipalAssignment", {**RG, "clusterName": "adx", "principalAssignmentName": "p",
            "principalId": "88888888-8888-8888-8888-888888888888", "principalType": "App",
            "role": "AllDatabasesAdmin", "tenantId": STRANGER}),), "critical",
        "It reads and changes every database (Azure Data Explorer, 'Cross-tenant security principals')"),
    Attack("Local user of a storage account with a password", GRANTS, (
        az("storage:LocalUser", {**RG, "accountName": "lake", "username": "partner", "hasSshPassword": True,
            "homeDirectory": "data", "permissionScopes": [
                {"permissions": "rwdlc", "resourceName": "data", "service": "blob"}]}),), "major",
        "The password never expires and is outside Entra ID (Azure Storage, 'SFTP support', local users)"),
    Attack("Workspace of another team gets a role in a cluster", GRANTS, (
        az("containerservice:TrustedAccessRoleBinding", {**RG, "resourceName": "prod",
            "trustedAccessRoleBindingName": "ml", "roles": ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
            "sourceResourceId": "/subscriptions/99999999-0000-0000-0000-000000000001/resourceGroups/rg/providers/"
                                "Microsoft.MachineLearningServices/workspaces/theirs"}),), "major",
        "It deploys workloads past the network rules of the API server (AKS, 'Trusted Access')"),
    Attack("Cluster accepts tokens of a stranger's issuer", GRANTS, (
        az("containerservice:JWTAuthenticator", {**RG, "resourceName": "prod", "jwtAuthenticatorName": "ext",
            "properties": {"issuer": {"url": "https://id.stranger.io", "audiences": ["aks"]}, "claimMappings": {
                "username": {"expression": "'ext:' + claims.sub"}, "groups": {"expression": "claims.groups"}}}}),),
        "critical", "Its owner names any user and group (AKS, 'External identity providers')"),
    Attack("All clients publish to every topic of a namespace", (*GRANTS, "FJ-ESC-115"), (
        az("eventgrid:PermissionBinding", {**RG, "namespaceName": "mqtt", "permissionBindingName": "all",
            "clientGroupName": "$all", "topicSpaceName": "everything", "permission": "Publisher"}),), "major",
        "One stolen device commands all others (Event Grid, 'MQTT access control', $all)"),
    Attack("Whoever creates an environment owns its subscription", (*GRANTS, "FJ-ESC-"), (
        az("devcenter:ProjectEnvironmentType", {**RG, "projectName": "ai", "environmentTypeName": "prod",
            "location": "uaenorth", "tags": TAGS, "status": "Enabled", "deploymentTargetId": SUB,
            "identity": {"type": "SystemAssigned"},
            "creatorRoleAssignment": {"roles": ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"]}}),), "major",
        "Developers become Owner (Azure Deployment Environments, 'Project environment types')"),
    Attack("Role may patch the workloads of every namespace", GRANTS, (
        cluster_role({"apiGroups": ["apps"], "resources": ["deployments", "daemonsets"],
                      "verbs": ["get", "list", "patch", "update"]}),), "critical",
        "A changed pod template of kube-system runs any image with its account (Kubernetes, 'RBAC Good Practices')"),
    Attack("Role may change the config maps of every namespace", GRANTS, (
        cluster_role({"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update", "patch"]}),),
        "critical", "aws-auth is one of them: it maps any role to system:masters (Amazon EKS, 'aws-auth ConfigMap')"),
    Attack("PostgreSQL trusts every client of the network", GRANTS, (
        crd("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "storage": {"size": "10Gi"},
            "imageName": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/postgres@sha256:" + "a" * 64,
            "postgresql": {"pg_hba": ["host all all 0.0.0.0/0 trust"]}}),), "critical",
        "Anyone is any user without a password (PostgreSQL, 'The pg_hba.conf File', trust)"),
    Attack("Visitors of Grafana are administrators, as a value of its chart", (*GRANTS, "FJ-ESC-"), release(
        "kube-prometheus-stack", PROMETHEUS, "77.5.0", {"grafana": {"grafana.ini": {
            "auth.anonymous": {"enabled": True, "org_role": "Admin"}}}}), "major",
        "Anyone queries every data source (Grafana, 'Configure anonymous access')"),
)  # fmt: skip
