"""Good programs of platform teams on AWS: functions, sign-in, watching and delivery (2026-12-02, before any rule)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import APPS_ACCOUNT, LOGS_ACCOUNT, ORG, ORGANISATION, log
from .twenty_third_aws import store

GATEWAY = arn("elasticloadbalancing", "loadbalancer/app/portal/0123456789abcdef")
GUARD = """rule volumes_have_a_key when resourceType == "AWS::EC2::Volume" {
  configuration.encrypted == true
  configuration.kmsKeyId exists
}"""
ALERTS = """alertmanager_config: |
  route:
    receiver: duty
    group_by: [alertname, cluster]
    group_wait: 30s
    repeat_interval: 4h
  receivers:
    - name: duty
      sns_configs:
        - topic_arn: arn:aws:sns:me-central-1:123456789012:platform-alarms
          sigv4:
            region: me-central-1
          attributes:
            severity: critical
"""
THING = {
    "Parameters": {"SerialNumber": {"Type": "String"}, "AWS::IoT::Certificate::Id": {"Type": "String"}},
    "Resources": {
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": {
            "CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "Active"}},
        "thing": {"Type": "AWS::IoT::Thing", "OverrideSettings": {"AttributePayload": "MERGE"}, "Properties": {
            "ThingName": {"Fn::Join": ["", ["atm-", {"Ref": "SerialNumber"}]]}, "BillingGroup": "atms"}},
        "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": "atm"}}},
}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a function that streams its answer to signed callers, its layer of the organisation, its failures kept", (
        trusted("lambda.amazonaws.com", "statements"), log("/aws/lambda/statements", "log"),
        rights("statements", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
            "logs", "log-group:/aws/lambda/statements:*")), statement("sqs:SendMessage", arn("sqs", "statements-dead")),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sqs/Queue", {"name": "statements-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
                          "tags": TAGS}, "dead"),
        aws("lambda/LayerVersionPermission", {
            "layerName": "telemetry", "versionNumber": 12, "statementId": "organisation", "action":
            "lambda:GetLayerVersion", "principal": "*", "organizationId": ORG}, "layer"),
        aws("lambda/Function", {
            "name": "statements", "runtime": "nodejs22.x", "handler": "index.handler", "role": UNKNOWN, "kmsKeyArn":
            KEY, "architectures": ["arm64"], "timeout": 60, "memorySize": 512, "layers": [arn(
                "lambda", "layer:telemetry:12")], "reservedConcurrentExecutions": 50, "publish": True, "snapStart": {
                    "applyOn": "None"}, "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
            "loggingConfig": {"logFormat": "JSON", "applicationLogLevel": "INFO", "systemLogLevel": "WARN", "logGroup":
                              "/aws/lambda/statements"}, "tracingConfig": {"mode": "Active"}, "tags": TAGS}, "function",
            links={"role": ("statements",)}),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": UNKNOWN}, "live", links={
            "functionName": ("function",), "functionVersion": ("function",)}),
        aws("lambda/FunctionUrl", {"functionName": UNKNOWN, "qualifier": "live", "authorizationType": "AWS_IAM",
                                   "invokeMode": "RESPONSE_STREAM"}, "url", links={"functionName": ("live",)}),
        aws("lambda/Permission", {
            "action": "lambda:InvokeFunctionUrl", "function": UNKNOWN, "qualifier": "live", "principal": role_arn(
                "portal"), "functionUrlAuthType": "AWS_IAM", "statementId": "portal"}, "portal", links={"function": (
                    "live",)}),
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": UNKNOWN, "qualifier": "live", "maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 2,
            "destinationConfig": {"onFailure": {"destination": arn("sqs", "statements-dead")}}}, "failures", links={
                "functionName": ("live",)})),
        f"{AWS_DOCS}/lambda/latest/dg/urls-auth.html; .../invocation-async-retain-records.html, as known",
        ORGANISATION),
    Idiom("sign-in of customers in the region, in the bank's own look, and tokens that live an hour", (
        aws("cognito/UserPool", {
            "name": "customers", "userPoolTier": "PLUS", "mfaConfiguration": "ON", "deletionProtection": "ACTIVE",
            "softwareTokenMfaConfiguration": {"enabled": True}, "usernameAttributes": ["email"],
            "autoVerifiedAttributes": ["email"], "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
            "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireNumbers": True,
                               "requireSymbols": True, "requireUppercase": True, "passwordHistorySize": 12,
                               "temporaryPasswordValidityDays": 1},
            "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}, "accountRecoverySetting": {"recoveryMechanisms": [
                {"name": "admin_only", "priority": 1}]}, "tags": TAGS}, "pool", protect=True),
        aws("cognito/UserPoolClient", {
            "userPoolId": UNKNOWN, "name": "portal", "generateSecret": True, "enableTokenRevocation": True,
            "supportedIdentityProviders": ["COGNITO"], "allowedOauthFlows": ["code"], "allowedOauthScopes": [
                "openid", "email"], "allowedOauthFlowsUserPoolClient": True, "callbackUrls": [
                    "https://portal.bank.ae/back"], "logoutUrls": ["https://portal.bank.ae/"],
            "preventUserExistenceErrors": "ENABLED", "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
            "accessTokenValidity": 60, "idTokenValidity": 60, "refreshTokenValidity": 8, "tokenValidityUnits": {
                "accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"}, "refreshTokenRotation": {
                    "feature": "ENABLED", "retryGracePeriodSeconds": 10}}, "portal", links={"userPoolId": ("pool",)}),
        aws("cognito/UserPoolDomain", {"domain": "bank-customers", "userPoolId": UNKNOWN, "managedLoginVersion": 2},
            "name", links={"userPoolId": ("pool",)}),
        aws("cognito/ManagedLoginBranding", {"userPoolId": UNKNOWN, "clientId": UNKNOWN, "settings": json.dumps({
            "components": {"primaryButton": {"lightMode": {"defaults": {"backgroundColor": "004b8dff"}}}}})}, "look",
            links={"userPoolId": ("pool",), "clientId": ("portal",)})),
        f"{AWS_DOCS}/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html; "
        ".../managed-login-branding.html, as known", merged(OURS, kept("pool"))),
    Idiom("what customers reach is protected against floods: as a group, and with checks of health", (
        *(aws("shield/Protection", {"name": name, "resourceArn": resource, "tags": TAGS}, name) for name, resource in (
            ("portal", GATEWAY), ("resolver", arn("ec2", "eip-allocation/eipalloc-0123456789abcdef0")))),
        aws("shield/ProtectionGroup", {"protectionGroupId": "portal", "aggregation": "MAX", "pattern":
            "BY_RESOURCE_TYPE", "resourceType": "APPLICATION_LOAD_BALANCER", "tags": TAGS}, "group"),
        aws("shield/ApplicationLayerAutomaticResponse", {"resourceArn": GATEWAY, "action": "BLOCK"}, "response",
            links={"resourceArn": ("portal",)}),
        aws("route53/HealthCheck", {
            "type": "CLOUDWATCH_METRIC", "cloudwatchAlarmName": "portal-down", "cloudwatchAlarmRegion": R,
            "insufficientDataHealthStatus": "LastKnownStatus", "tags": TAGS}, "check"),
        aws("shield/ProtectionHealthCheckAssociation", {"healthCheckArn": UNKNOWN, "shieldProtectionId": UNKNOWN},
            "checked", links={"healthCheckArn": ("check",), "shieldProtectionId": ("portal",)})),
        f"{AWS_DOCS}/waf/latest/developerguide/ddos-protection-groups.html; .../ddos-advanced-health-checks.html, "
        "as known",
        merged(OURS, merged(unpriced(*(f"aws:shield/protection:Protection::{name}" for name in (
            "portal", "resolver"))), {"residency": {"global_services": {
                "aws:shield/": "protection of addresses; holds no data"}}}))),
    Idiom("an organisation delegates to its account of logs, and asks of each volume for a key", (
        *(aws("organizations/AwsServiceAccess", {"servicePrincipal": f"{name}.amazonaws.com"}, f"trusted-{name}")
          for name in ("config-multiaccountsetup", "inspector2", "guardduty")),
        aws("organizations/DelegatedAdministrator", {"accountId": LOGS_ACCOUNT, "servicePrincipal":
            "config-multiaccountsetup.amazonaws.com"}, "config"),
        aws("inspector2/DelegatedAdminAccount", {"accountId": LOGS_ACCOUNT}, "inspector"),
        aws("guardduty/OrganizationAdminAccount", {"adminAccountId": LOGS_ACCOUNT}, "guardduty"),
        trusted("config.amazonaws.com", "aggregator"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSConfigRoleForOrganizations"}, "aggregator-rights", links={
                "role": ("aggregator",)}),
        aws("cfg/ConfigurationAggregator", {"name": "bank", "organizationAggregationSource": {
            "roleArn": UNKNOWN, "regions": [R]}, "tags": TAGS}, "aggregator-of-all", links={
                "organizationAggregationSource": ("aggregator",)}),
        aws("cfg/OrganizationCustomPolicyRule", {
            "name": "volumes-have-a-key", "policyRuntime": "guard-2.x.x", "policyText": GUARD, "triggerTypes": [
                "ConfigurationItemChangeNotification"], "resourceTypesScopes": ["AWS::EC2::Volume"], "description":
            "Each volume is encrypted"}, "volumes"),
        aws("servicequotas/Template", {"awsRegion": R, "quotaCode": "L-1216C47A", "serviceCode": "ec2", "value": 128},
            "machines")),
        f"{AWS_DOCS}/config/latest/developerguide/set-up-aggregator-cli.html; .../evaluate-config_develop-rules_cfn-"
        "guard.html, as known", ORGANISATION),
    Idiom("figures of clusters: alerts by topic, bounded series by team, dear queries in a log, quiet for patches", (
        aws("amp/Workspace", {"alias": "clusters", "kmsKeyArn": KEY, "loggingConfiguration": {"logGroupArn": arn(
            "logs", "log-group:/aws/prometheus/clusters:*")}, "tags": TAGS}, "clusters"),
        log("/aws/prometheus/clusters", "log"), log("/aws/prometheus/clusters/queries", "queries"),
        aws("amp/WorkspaceConfiguration", {"workspaceId": UNKNOWN, "retentionPeriodInDays": 395, "limitsPerLabelSets": [
            {"labelSet": {"team": team}, "limits": {"maxSeries": most}} for team, most in (
                ("payments", 500000), ("cards", 200000))]}, "limits", links={"workspaceId": ("clusters",)}),
        aws("amp/AlertManagerDefinition", {"workspaceId": UNKNOWN, "definition": ALERTS}, "alerts", links={
            "workspaceId": ("clusters",)}),
        aws("amp/QueryLoggingConfiguration", {"workspaceId": UNKNOWN, "destinations": [{
            "cloudwatchLogs": {"logGroupArn": arn("logs", "log-group:/aws/prometheus/clusters/queries:*")},
            "filters": {"qspThreshold": 1000000}}]}, "dear", links={"workspaceId": ("clusters",)}),
        aws("sns/TopicPolicy", {"arn": ALARMS, "policy": document({
            "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": ALARMS, "Condition":
            {"Bool": {"aws:SecureTransport": "false"}}}, {
            "Sid": "Prometheus", "Effect": "Allow", "Principal": {"Service": "aps.amazonaws.com"}, "Action": [
                "sns:Publish", "sns:GetTopicAttributes"], "Resource": ALARMS, "Condition": {
                    "StringEquals": {"aws:SourceAccount": ME}, "ArnEquals": {"aws:SourceArn": arn(
                        "aps", "workspace/ws-11111111-2222-3333-4444-555555555555")}}})}, "may-tell"),
        aws("cloudwatch/AlarmMuteRule", {
            "name": "patches", "description": "Reboots of the monthly patches", "muteTargets": {"alarmNames": [
                "nodes-rebooting"]}, "rule": {"schedule": {"expression": "cron(0 2 ? * SAT#2 *)", "duration": "PT2H",
                                                           "timezone": "Asia/Dubai"}},
            "expireDate": "2027-12-01T00:00:00Z", "tags": TAGS}, "patches")),
        f"{AWS_DOCS}/prometheus/latest/userguide/AMP-alertmanager-receiver-config.html; .../AMP-workspace-configuration"
        ".html, as known", merged(OURS, {"escape": {"allowed_types": {
            "aws:cloudwatch/alarmMuteRule:AlarmMuteRule": "one alarm, for two hours a month, until 2027"}}})),
    Idiom("a release: reports of tests under the key, a signed function, shifted a tenth every five minutes", (
        *store("bank-reports", "reports"),
        aws("codebuild/ReportGroup", {"name": "tests", "type": "TEST", "deleteReports": False, "exportConfig": {
            "type": "S3", "s3Destination": {"bucket": "bank-reports", "encryptionKey": KEY, "encryptionDisabled": False,
                                            "packaging": "ZIP", "path": "tests"}}, "tags": TAGS}, "tests"),
        aws("signer/SigningProfile", {"platformId": "AWSLambda-SHA384-ECDSA", "name": "releases",
            "signatureValidityPeriod": {"type": "MONTHS", "value": 12}, "tags": TAGS}, "profile"),
        aws("signer/SigningProfilePermission", {
            "profileName": UNKNOWN, "action": "signer:StartSigningJob", "principal": role_arn("pipeline"),
            "statementId": "pipeline"}, "pipeline-signs", links={"profileName": ("profile",)}),
        aws("lambda/CodeSigningConfig", {"allowedPublishers": {"signingProfileVersionArns": [UNKNOWN]}, "policies": {
            "untrustedArtifactOnDeployment": "Enforce"}, "description": "Releases", "tags": TAGS}, "signed", links={
                "allowedPublishers": ("profile",)}),
        aws("codedeploy/Application", {"name": "offers", "computePlatform": "Lambda", "tags": TAGS}, "app"),
        aws("codedeploy/DeploymentConfig", {
            "deploymentConfigName": "tenth-every-five", "computePlatform": "Lambda", "trafficRoutingConfig": {
                "type": "TimeBasedLinear", "timeBasedLinear": {"interval": 5, "percentage": 10}}}, "slowly"),
        aws("codedeploy/DeploymentGroup", {
            "appName": UNKNOWN, "deploymentGroupName": "live", "serviceRoleArn": role_arn("codedeploy"),
            "deploymentConfigName": UNKNOWN, "deploymentStyle": {"deploymentOption": "WITH_TRAFFIC_CONTROL",
                                                                 "deploymentType": "BLUE_GREEN"},
            "alarmConfiguration": {"enabled": True, "alarms": ["offers-errors"], "ignorePollAlarmFailure": False},
            "autoRollbackConfiguration": {"enabled": True, "events": ["DEPLOYMENT_FAILURE",
                                                                      "DEPLOYMENT_STOP_ON_ALARM"]}, "tags": TAGS},
            "live", links={"appName": ("app",), "deploymentConfigName": ("slowly",)}),
        alarm("offers-errors", "AWS/Lambda", "Errors", 1.0, FunctionName="offers")),
        f"{AWS_DOCS}/codedeploy/latest/userguide/deployment-configurations-create.html; {AWS_DOCS}/signer/latest/"
        "developerguide/signing-profile-cross-account.html, as known", merged(OURS, kept("reports"))),
    Idiom("a lattice sends a tenth of the calls to the new version on machines that come and go", (
        aws("vpclattice/Service", {"name": "rates", "authType": "AWS_IAM", "certificateArn": CERTIFICATE,
                                   "customDomainName": "rates.bank.ae", "tags": TAGS}, "rates"),
        aws("vpclattice/AuthPolicy", {"resourceIdentifier": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("portal")}, "Action": "vpc-lattice-svcs:Invoke",
            "Resource": "*", "Condition": {"StringEquals": {"vpc-lattice-svcs:RequestMethod": "GET"}}})}, "callers",
            links={"resourceIdentifier": ("rates",)}),
        *(aws("vpclattice/TargetGroup", {"name": f"rates-{name}", "type": "INSTANCE", "config": {
            "port": 8443, "protocol": "HTTPS", "vpcIdentifier": VPC, "protocolVersion": "HTTP2", "healthCheck": {
                "enabled": True, "path": "/ready", "protocol": "HTTPS", "healthyThresholdCount": 2}}, "tags": TAGS},
            name) for name in ("old", "new")),
        aws("vpclattice/Listener", {"name": "https", "serviceIdentifier": UNKNOWN, "protocol": "HTTPS", "port": 443,
            "defaultAction": {"fixedResponse": {"statusCode": 404}}, "tags": TAGS}, "https", links={
                "serviceIdentifier": ("rates",)}),
        aws("vpclattice/ListenerRule", {
            "name": "v1", "serviceIdentifier": UNKNOWN, "listenerIdentifier": UNKNOWN, "priority": 10, "match": {
                "httpMatch": {"method": "GET", "pathMatch": {"caseSensitive": True, "match": {"prefix": "/v1/"}}}},
            "action": {"forward": {"targetGroups": [{"targetGroupIdentifier": UNKNOWN, "weight": weight}
                                                    for weight in (90, 10)]}}, "tags": TAGS}, "v1", links={
                "serviceIdentifier": ("rates",), "listenerIdentifier": ("https",), "action": ("old", "new")}),
        *(aws("autoscaling/TrafficSourceAttachment", {"autoscalingGroupName": f"rates-{name}", "trafficSource": {
            "identifier": UNKNOWN, "type": "vpc-lattice"}}, f"machines-{name}", links={"trafficSource": (name,)})
          for name in ("old", "new")),
        aws("autoscaling/Notification", {"groupNames": ["rates-old", "rates-new"], "topicArn": ALARMS,
            "notifications": ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"]},
            "errors")),
        f"{AWS_DOCS}/vpc-lattice/latest/ug/listener-rules.html; {AWS_DOCS}/autoscaling/ec2/userguide/"
        "ec2-auto-scaling-vpc-lattice.html, as known", OURS),
    Idiom("letters of the bank: TLS at each hop, no mail to who complained, and each failure is seen", (
        aws("sesv2/ConfigurationSet", {
            "configurationSetName": "letters", "deliveryOptions": {"tlsPolicy": "REQUIRE", "maxDeliverySeconds": 3600},
            "reputationOptions": {"reputationMetricsEnabled": True}, "sendingOptions": {"sendingEnabled": True},
            "suppressionOptions": {"suppressedReasons": ["BOUNCE", "COMPLAINT"]}, "tags": TAGS}, "letters"),
        aws("sesv2/AccountSuppressionAttributes", {"suppressedReasons": ["BOUNCE", "COMPLAINT"]}, "suppressed"),
        aws("sesv2/EmailIdentity", {"emailIdentity": "mail.bank.ae", "configurationSetName": UNKNOWN,
            "dkimSigningAttributes": {"nextSigningKeyLength": "RSA_2048_BIT"}, "tags": TAGS}, "identity", links={
                "configurationSetName": ("letters",)}),
        aws("sesv2/EmailIdentityPolicy", {"emailIdentity": UNKNOWN, "policyName": "letters", "policy": document({
            "Sid": "Apps", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{APPS_ACCOUNT}:role/letters"},
            "Action": ["ses:SendEmail", "ses:SendRawEmail"], "Resource": arn("ses", "identity/mail.bank.ae"),
            "Condition": {"StringEquals": {"ses:FromAddress": "no-reply@mail.bank.ae"}}})}, "apps", links={
                "emailIdentity": ("identity",)}),
        aws("sesv2/ConfigurationSetEventDestination", {
            "configurationSetName": UNKNOWN, "eventDestinationName": "failures", "eventDestination": {
                "enabled": True, "matchingEventTypes": ["BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE"],
                "snsDestination": {"topicArn": ALARMS}}}, "failures", links={"configurationSetName": ("letters",)})),
        f"{AWS_DOCS}/ses/latest/dg/security-protocols.html; .../sending-authorization-policy-examples.html, as known",
        ORGANISATION),
    Idiom("cash machines register once, with a certificate of the bank's authority", (
        trusted("iot.amazonaws.com", "provisioning"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration"}, "provisioning-rights", links={
                "role": ("provisioning",)}),
        aws("iot/BillingGroup", {"name": "atms", "properties": {"description": "Cash machines"}, "tags": TAGS}, "atms"),
        aws("iot/Policy", {"name": "atm", "tags": TAGS, "policy": document(
            statement("iot:Connect", arn("iot", "client/${iot:Connection.Thing.ThingName}")),
            statement("iot:Publish", arn("iot", "topic/atms/${iot:Connection.Thing.ThingName}/*")))}, "atm"),
        aws("iot/ProvisioningTemplate", {
            "name": "atm", "type": "JITP", "enabled": True, "description": "Cash machines", "provisioningRoleArn":
            UNKNOWN, "templateBody": json.dumps(THING), "tags": TAGS}, "template", links={
                "provisioningRoleArn": ("provisioning",)}),
        aws("iot/CaCertificate", {
            "active": True, "allowAutoRegistration": True, "certificateMode": "SNI_ONLY", "caCertificatePem": UNKNOWN,
            "registrationConfig": {"templateName": UNKNOWN}, "tags": TAGS}, "authority", links={
                "caCertificatePem": ("root",), "registrationConfig": ("template",)}),
        aws("acmpca/CertificateAuthority", {
            "type": "SUBORDINATE", "usageMode": "GENERAL_PURPOSE", "keyStorageSecurityStandard":
            "FIPS_140_2_LEVEL_3_OR_HIGHER", "permanentDeletionTimeInDays": 30, "certificateAuthorityConfiguration": {
                "keyAlgorithm": "EC_prime256v1", "signingAlgorithm": "SHA256WITHECDSA", "subject": {
                    "commonName": "Cash machines", "organization": "Bank", "country": "AE"}}, "tags": TAGS}, "root"),
        aws("iot/ThingPrincipalAttachment", {"thing": "atm-0001", "principal": arn("iot", "cert/" + "a" * 64),
                                             "thingPrincipalType": "EXCLUSIVE_THING"}, "first")),
        f"{AWS_DOCS}/iot/latest/developerguide/jit-provisioning.html; .../exclusive-thing.html, as known",
        merged(OURS, {"escape": {
            "allowed_types": {"aws:iot/provisioningTemplate:ProvisioningTemplate": "one thing, one policy"},
            "allowed_switches": {"aws:iot/caCertificate:CaCertificate:allowAutoRegistration":
                                 "the authority issues to our cash machines alone"}}})),
)  # fmt: skip
