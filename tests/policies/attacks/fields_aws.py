"""Attacks on AWS by words that AWS's own enumerations offer in types that were reviewed (2026-11-29).

Found by a list of every enumeration of botocore 1.44.8 and of every documented word of pulumi-aws 7.51.1 that no rule
or row named; what a word does stands in the service model of botocore, or in the guide that is named.
"""

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .tenth_aws import _ours

POOL = "me-central-1_AbCdEfGhI"
GUARDRAIL = {"name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY,
             "tags": TAGS}  # fmt: skip
SWITCH = ("FJ-ESC-115",)

ATTACKS = (
    Attack("policies of agents are taken with every finding of the analyser", SWITCH, (aws("bedrock/AgentcorePolicy", {
        "name": "tools", "policyEngineId": "engine-1", "validationMode": "IGNORE_ALL_FINDINGS", "definition": {
            "cedar": {"statement": 'permit(principal == A::"agent-1", action == A::"t", resource == A::"g");'}}}),),
        "major", "statements that permit too much, or nothing, are accepted (botocore, CreatePolicy validationMode)"),
    Attack("harmful answers of the model pass", ("FJ-EXP-127",), (aws("bedrock/Guardrail", {
        **GUARDRAIL, "contentPolicyConfig": {"filtersConfigs": [
            {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"},
            {"type": "HATE", "inputStrength": "HIGH", "outputStrength": "NONE"}]}}),),
        "critical", "the filter does not look at answers (Amazon Bedrock, GuardrailContentFilterConfig)"),
    Attack("agents of everybody send tokens of users in clear", SWITCH, (aws("bedrock/AgentcoreWorkloadIdentity", {
        "name": "agent", "allowedResourceOauth2ReturnUrls": ["http://agents.example.ae/return"], "tags": TAGS}),),
        "major", "the code of a sign-in travels without TLS (botocore, CreateWorkloadIdentity)"),
    Attack("queries of the clean room are not recorded", SWITCH, (aws("cleanrooms/Membership", {
        "collaborationId": "c-1", "queryLogStatus": "DISABLED", "tags": TAGS}),),
        "major", "nobody sees what was asked of the data (AWS Clean Rooms, CreateMembership queryLogStatus)"),
    Attack("logs are of the class that keeps them for two days", SWITCH, (aws("cloudwatch/LogGroup", {
        "name": "/app/orders", "kmsKeyId": KEY, "retentionInDays": 365, "logGroupClass": "DELIVERY", "tags": TAGS}),),
        "critical", "the retention that is set does not apply (botocore, CreateLogGroup logGroupClass)"),
    Attack("attacks on a custom sign-in are only recorded", SWITCH, (aws("cognito/UserPool", {
        "name": "x", "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS,
        "deletionProtection": "ACTIVE", "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
        "userPoolAddOns": {"advancedSecurityMode": "ENFORCED", "advancedSecurityAdditionalFlows": {
            "customAuthMode": "AUDIT"}}}),),
        "major", "risks are logged and nobody is stopped (Amazon Cognito, AdvancedSecurityAdditionalFlows)"),
    Attack("whoever reads the repository approves builds of strangers", SWITCH, (aws("codebuild/Webhook", {
        "projectName": "deploy", "pullRequestBuildPolicy": {
            "requiresCommentApproval": "ALL_PULL_REQUESTS", "approverRoles": ["GITHUB_READ", "GITHUB_ADMIN"]},
        "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "PULL_REQUEST_CREATED"},
                                      {"type": "ACTOR_ACCOUNT_ID", "pattern": "^12345$"}]}]}),),
        "critical", "the code of a pull request runs with the project's role (AWS CodeBuild, PullRequestBuildPolicy)"),
    Attack("every user of the directory enters the catalogue of data", SWITCH, (aws("datazone/Domain", {
        "name": "data", "domainExecutionRole": f"arn:aws:iam::{ME}:role/datazone", "kmsKeyIdentifier": KEY,
        "singleSignOn": {"type": "IAM_IDC", "userAssignment": "AUTOMATIC"}, "tags": TAGS}),),
        "major", "nobody is assigned by hand (Amazon DataZone, 'Enable IAM Identity Center')"),
    Attack("rejected connections are not recorded", SWITCH, (aws("ec2/FlowLog", {
        "vpcId": "vpc-1", "trafficType": "ACCEPT", "logDestinationType": "cloud-watch-logs", "tags": TAGS,
        "logDestination": _ours("logs", "log-group:flows"), "iamRoleArn": f"arn:aws:iam::{ME}:role/flows"}),),
        "minor", "scans and attempts of a machine that was taken over stay unseen (Amazon VPC, FlowLog TrafficType)"),
    Attack("rejected connections are not recorded in the account", SWITCH, (aws("observabilityadmin/TelemetryRule", {
        "ruleName": "flows", "tags": TAGS, "rule": {
            "resourceType": "AWS::EC2::VPC", "telemetryType": "Logs", "destinationConfiguration": {
                "destinationType": "cloud-watch-logs", "vpcFlowLogParameters": {"trafficType": "ACCEPT"}}}}),),
        "minor", "as the flow log itself (botocore, VPCFlowLogParameters)"),
    Attack("names of the network are taken over by whoever shares a resource", SWITCH, (
        aws("vpclattice/ServiceNetworkVpcAssociation", {
            "vpcIdentifier": "vpc-1", "serviceNetworkIdentifier": "sn-1", "securityGroupIds": ["sg-1"],
            "privateDnsEnabled": True, "dnsOptions": {"privateDnsPreference": "ALL_DOMAINS"}, "tags": TAGS}),),
        "critical", "names whose owner nobody verified lead to the resource (botocore, vpc-lattice DnsOptions)"),
    Attack("an endpoint answers for names that nobody verified", SWITCH, (aws("ec2/VpcEndpoint", {
        "vpcId": "vpc-1", "vpcEndpointType": "ServiceNetwork", "serviceNetworkArn":
        _ours("vpc-lattice", "servicenetwork/sn-1"), "privateDnsEnabled": True, "securityGroupIds": ["sg-1"],
        "dnsOptions": {"privateDnsPreference": "ALL_DOMAINS"}, "tags": TAGS}),),
        "critical", "names whose owner nobody verified lead to the resource (botocore, ec2 DnsOptions)"),
    Attack("the password of the cache is deleted", ("FJ-IDN-112",), (aws("elasticache/ReplicationGroup", {
        "description": "x", "engine": "valkey", "nodeType": "cache.t4g.small", "kmsKeyId": KEY, "tags": TAGS,
        "atRestEncryptionEnabled": True, "transitEncryptionEnabled": True, "transitEncryptionMode": "required",
        "authToken": "{{resolved-at-deploy}}", "authTokenUpdateStrategy": "DELETE", "automaticFailoverEnabled": True,
        "numCacheClusters": 2}),),
        "critical", "without user groups nobody signs in (botocore, ModifyReplicationGroup AuthTokenUpdateStrategy)"),
    Attack("defaults replace the permissions of everything in the catalogue", SWITCH, (aws("glue/Catalog", {
        "name": "lake", "overwriteChildResourcePermissionsWithDefault": "Accept", "tags": TAGS,
        "catalogProperties": {"dataLakeAccessProperties": {"kmsKey": KEY}}}),),
        "critical", "grants of Lake Formation to each table are gone (botocore, CatalogInput)"),
    Attack("files are moved without a look at what arrived", SWITCH, (aws("datasync/Task", {
        "name": "nightly", "sourceLocationArn": _ours("datasync", "location/loc-1"), "tags": TAGS,
        "destinationLocationArn": _ours("datasync", "location/loc-2"), "options": {"verifyMode": "NONE"}}),),
        "minor", "damaged files are noticed when they are needed (AWS DataSync, Options VerifyMode)"),
    Attack("everybody who opens the notebooks administers RStudio", SWITCH, (aws("sagemaker/Domain", {
        "domainName": "x", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
        "appNetworkAccessType": "VpcOnly", "defaultUserSettings": {
            "executionRole": f"arn:aws:iam::{ME}:role/studio", "securityGroups": ["sg-1"],
            "rStudioServerProAppSettings": {"accessStatus": "ENABLED", "userGroup": "R_STUDIO_ADMIN"}},
        "tags": TAGS}),),
        "major", "administrators see sessions of others (Amazon SageMaker AI, RStudioServerProAppSettings)"),
    Attack("machines without security updates count as patched", SWITCH, (aws("ssm/PatchBaseline", {
        "name": "windows", "operatingSystem": "WINDOWS", "availableSecurityUpdatesComplianceStatus": "COMPLIANT",
        "approvalRules": [{"approveAfterDays": 7, "patchFilters": [
            {"key": "CLASSIFICATION", "values": ["SecurityUpdates"]}]}], "tags": TAGS}),),
        "major", "reports call open machines compliant (botocore, CreatePatchBaseline)"),
    Attack("files for partners are encrypted with an algorithm that was broken", SWITCH, (aws("transfer/Connector", {
        "accessRole": f"arn:aws:iam::{ME}:role/as2", "url": "https://10.0.0.9", "tags": TAGS, "as2Config": {
            "compression": "DISABLED", "encryptionAlgorithm": "DES_EDE3_CBC", "localProfileId": "p-1",
            "mdnResponse": "SYNC", "partnerProfileId": "p-2", "signingAlgorithm": "SHA256"}}),),
        "major", "3DES is withdrawn (AWS Transfer Family, As2ConnectorConfig; NIST SP 800-131A Rev. 2)"),
    Attack("files for partners are signed with a hash that was broken", SWITCH, (aws("transfer/Connector", {
        "accessRole": f"arn:aws:iam::{ME}:role/as2", "url": "https://10.0.0.9", "tags": TAGS, "as2Config": {
            "compression": "DISABLED", "encryptionAlgorithm": "AES256_CBC", "localProfileId": "p-1",
            "mdnResponse": "SYNC", "partnerProfileId": "p-2", "signingAlgorithm": "SHA1"}}),),
        "major", "another file has the same signature (As2ConnectorConfig; NIST SP 800-131A Rev. 2)"),
    Attack("users of desktops pass the sign-in of the organisation", SWITCH, (aws("workspaces/Directory", {
        "directoryId": "d-9067aaaaaa", "tags": TAGS, "samlProperties": {
            "status": "ENABLED_WITH_DIRECTORY_LOGIN_FALLBACK",
            "userAccessUrl": "https://sso.example.ae/"}}),),
        "major", "a password of the directory is enough (Amazon WorkSpaces, SamlProperties)"),
    Attack("mail is signed with a key that is too short", SWITCH, (aws("sesv2/EmailIdentity", {
        "emailIdentity": "example.ae", "dkimSigningAttributes": {"nextSigningKeyLength": "RSA_1024_BIT"},
        "tags": TAGS}),),
        "minor", "RSA keys of 1,024 bits are withdrawn (Amazon SES, DkimSigningAttributes; NIST SP 800-131A Rev. 2)"),
    Attack("the certificate of the portal has a key that is too short", SWITCH, (aws("acm/Certificate", {
        "domainName": "portal.example.ae", "validationMethod": "DNS", "keyAlgorithm": "RSA_1024", "tags": TAGS}),),
        "major", "whoever computes the key reads the portal's traffic (AWS Certificate Manager; NIST SP 800-131A)"),
    Attack("what calls contain of personal data is stored twice", SWITCH, (
        aws("chimesdkmediapipelines/MediaInsightsPipelineConfiguration", {
            "name": "calls", "resourceAccessRoleArn": f"arn:aws:iam::{ME}:role/calls", "tags": TAGS, "elements": [{
                "type": "AmazonTranscribeCallAnalyticsProcessor", "amazonTranscribeCallAnalyticsProcessorConfiguration":
                {"languageCode": "en-US", "contentRedactionType": "PII", "postCallAnalyticsSettings": {
                    "dataAccessRoleArn": f"arn:aws:iam::{ME}:role/calls", "outputLocation": "s3://bank-calls/",
                    "contentRedactionOutput": "redacted_and_unredacted"}}}]}),),
        "minor", "the transcript without redaction lies beside it (Amazon Chime SDK, PostCallAnalyticsSettings)"),
    Attack("browsers are told to forget that the portal has TLS", SWITCH, (aws("lb/Listener", {
        "loadBalancerArn": _ours("elasticloadbalancing", "loadbalancer/app/x/1"), "port": 443, "protocol": "HTTPS",
        "certificateArn": _ours("acm", "certificate/1"), "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "routingHttpResponseStrictTransportSecurityHeaderValue": "max-age=0", "tags": TAGS, "defaultActions": [
            {"type": "forward", "targetGroupArn": _ours("elasticloadbalancing", "targetgroup/x/1")}]}),),
        "minor", "the next visit may travel in clear (Elastic Load Balancing, 'Header modification'; RFC 6797)"),
    Attack("keys of a partner stand in addresses", SWITCH, (aws("bedrock/AgentcoreGatewayTarget", {
        "name": "rates", "gatewayIdentifier": "gw-1", "credentialProviderConfiguration": {"apiKey": {
            "providerArn": _ours("bedrock-agentcore", "token-vault/default/apikeycredentialprovider/rates"),
            "credentialLocation": "QUERY_PARAMETER"}}, "targetConfiguration": {"mcp": {"lambda": {
                "lambdaArn": _ours("lambda", "function:rates"), "toolSchema": {"inlinePayloads": [
                    {"name": "rate", "description": "x", "inputSchema": {"type": "object"}}]}}}}}),),
        "minor", "logs of every hop have the key (Amazon Bedrock AgentCore, ApiKeyCredentialProvider)"),
    Attack("pages tell others their whole address", SWITCH, (aws("cloudfront/ResponseHeadersPolicy", {
        "name": "headers", "securityHeadersConfig": {"referrerPolicy": {
            "override": True, "referrerPolicy": "unsafe-url"}}}),),
        "minor", "tokens in addresses reach other sites (W3C, Referrer Policy, 'unsafe-url')"),
    Attack("the browser that keeps data redacts it nowhere", SWITCH, (aws("workspacesweb/DataProtectionSettings", {
        "displayName": "x", "tags": TAGS, "customerManagedKey": KEY, "inlineRedactionConfiguration": {
            "globalExemptUrls": ["*"], "inlineRedactionPatterns": [{"builtInPatternId": "emailAddress",
            "redactionPlaceHolders": [{"redactionPlaceHolderType": "CustomText"}]}]}}),),
        "major", "every page is exempt (Amazon WorkSpaces Secure Browser, InlineRedactionConfiguration)"),
    Attack("clusters write other logs than who did what", SWITCH, (aws("eks/Cluster", {
        "name": "x", "roleArn": f"arn:aws:iam::{ME}:role/eks", "enabledClusterLogTypes": ["scheduler"], "tags": TAGS,
        "deletionProtection": True, "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
        "vpcConfig": {"endpointPublicAccess": False, "endpointPrivateAccess": True, "subnetIds": ["subnet-1"]},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}}),),
        "critical", "the audit log of the API server is not written (Amazon EKS, 'Control plane logs')"),
    Attack("clusters write no logs at all", SWITCH, (aws("eks/Cluster", {
        "name": "x", "roleArn": f"arn:aws:iam::{ME}:role/eks", "tags": TAGS,
        "deletionProtection": True, "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
        "vpcConfig": {"endpointPublicAccess": False, "endpointPrivateAccess": True, "subnetIds": ["subnet-1"]},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}}),),
        "critical", "by default none are sent (Amazon EKS, 'Control plane logs'; CIS Amazon EKS Benchmark, 2.1.1)"),
    Attack("requests of everybody with a token of the issuer reach the agent", ("FJ-IDN-",), (
        aws("bedrock/AgentcoreGateway", {
            "name": "tools", "roleArn": f"arn:aws:iam::{ME}:role/gw", "protocolType": "MCP", "kmsKeyArn": KEY,
            "authorizerType": "CUSTOM_JWT", "authorizerConfiguration": {"customJwtAuthorizer": {
                "discoveryUrl": f"https://cognito-idp.me-central-1.amazonaws.com/{POOL}/.well-known/"
                                "openid-configuration"}}, "tags": TAGS}),),
        "major", "tokens for other applications are taken (botocore, CustomJWTAuthorizerConfiguration)"),
    Attack("a crawler reads a database in clear", SWITCH, (aws("glue/Connection", {
        "name": "orders", "connectionType": "JDBC", "tags": TAGS, "connectionProperties": {
            "JDBC_CONNECTION_URL": "jdbc:postgresql://10.0.0.5:5432/orders", "SECRET_ID": "orders",
            "JDBC_ENFORCE_SSL": "false"}}),),
        "major", "rows and passwords are read on their way (AWS Glue, ConnectionPropertyKey)"),
    Attack("a crawler takes any certificate of a database", SWITCH, (aws("glue/Connection", {
        "name": "orders", "connectionType": "JDBC", "tags": TAGS, "connectionProperties": {
            "JDBC_CONNECTION_URL": "jdbc:postgresql://10.0.0.5:5432/orders", "SECRET_ID": "orders",
            "JDBC_ENFORCE_SSL": "true", "SKIP_CUSTOM_JDBC_CERT_VALIDATION": "true"}}),),
        "major", "whoever stands between is the database (AWS Glue, ConnectionPropertyKey)"),
    Attack("files are fetched with a protocol that was broken", SWITCH, (aws("datasync/LocationSmb", {
        "agentArns": [_ours("datasync", "agent/agent-1")], "serverHostname": "10.0.0.8", "subdirectory": "/x",
        "user": "copy", "password": "{{resolved-at-deploy}}", "mountOptions": {"version": "SMB1"}, "tags": TAGS}),),
        "major", "it neither encrypts nor signs as its successors do (AWS DataSync, SmbMountOptions)"),
    Attack("every client writes into a folder of the file system", SWITCH, (aws("efs/AccessPoint", {
        "fileSystemId": "fs-1", "posixUser": {"uid": 1000, "gid": 1000}, "tags": TAGS, "rootDirectory": {
            "path": "/app", "creationInfo": {"ownerUid": 1000, "ownerGid": 1000, "permissions": "0777"}}}),),
        "minor", "others than the owner may write (Amazon EFS, CreationInfo Permissions)"),
    Attack("builds leave no trace", ("FJ-RSL-117",), (aws("codebuild/Project", {
        "name": "deploy", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "NO_ARTIFACTS"}, "source": {"type": "NO_SOURCE", "buildspec": "version: 0.2"},
        "environment": {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL",
                        "image": "aws/codebuild/standard:7.0"},
        "logsConfig": {"cloudwatchLogs": {"status": "DISABLED"}}}),),
        "major", "nobody sees what ran with the role (AWS CodeBuild, LogsConfig)"),
    Attack("home folders of all users are deleted with the domain", ("FJ-RSL-102",), (aws("sagemaker/Domain", {
        "domainName": "x", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
        "appNetworkAccessType": "VpcOnly", "retentionPolicy": {"homeEfsFileSystem": "Delete"}, "tags": TAGS,
        "defaultUserSettings": {"executionRole": f"arn:aws:iam::{ME}:role/studio", "securityGroups": ["sg-1"]}}),),
        "major", "one wrong command loses the work of all (Amazon SageMaker AI, RetentionPolicy)"),
    Attack("volumes and snapshots are deleted with the volume above", ("FJ-RSL-102",), (aws("fsx/OpenZfsVolume", {
        "name": "data", "parentVolumeId": "fsvol-1", "tags": TAGS,
        "deleteVolumeOptions": "DELETE_CHILD_VOLUMES_AND_SNAPSHOTS"}),),
        "major", "one wrong command loses all versions (Amazon FSx, DeleteVolumeOpenZFSConfiguration)"),
    Attack("every user of the domain administers the file share", ("FJ-EXP-126",), (aws("storagegateway/SmbFileShare", {
        "gatewayArn": _ours("storagegateway", "gateway/sgw-1"), "locationArn": "arn:aws:s3:::bank-files",
        "roleArn": f"arn:aws:iam::{ME}:role/share", "authentication": "ActiveDirectory", "kmsEncrypted": True,
        "kmsKeyArn": KEY, "adminUserLists": ["@Domain Users"], "tags": TAGS}),),
        "critical", "administrators read and own every file (AWS Storage Gateway, AdminUserList)"),
    Attack("every user of the domain opens the file share", ("FJ-EXP-126",), (aws("storagegateway/SmbFileShare", {
        "gatewayArn": _ours("storagegateway", "gateway/sgw-1"), "locationArn": "arn:aws:s3:::bank-files",
        "roleArn": f"arn:aws:iam::{ME}:role/share", "authentication": "ActiveDirectory", "kmsEncrypted": True,
        "kmsKeyArn": KEY, "validUserLists": ["@CORP\\Domain Users"], "tags": TAGS}),),
        "major", "a list of everybody limits nobody (AWS Storage Gateway, ValidUserList)"),
)  # fmt: skip
