"""Good idioms of platform teams on AWS: the services that teams use most, in shapes not yet seen (2026-11-28)."""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document, statement
from . import Idiom, unpriced
from .aws_platform import bucket, subnet, vpc
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn

SITE = {"residency": {"known": {"203.0.113.20": "the bank's own site in Dubai"}}}
CONTAINER = json.dumps([{
    "name": "portal", "image": IMAGE, "essential": True, "readonlyRootFilesystem": True, "user": "10001",
    "portMappings": [{"containerPort": 8443, "protocol": "tcp"}],
    "secrets": [{"name": "DB", "valueFrom": arn("secretsmanager", "secret:portal-AbCdEf")}],
    "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/apps/portal", "awslogs-region": R, "awslogs-stream-prefix": "portal"}}}])  # fmt: skip
ASSUMED = document({"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"},
                    "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], "Condition": {
                        "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "loader.dc1.example.ae"},
                        "ArnEquals": {"aws:SourceArn": arn("rolesanywhere", "trust-anchor/1111-2222")}}})  # fmt: skip
CEDAR = 'permit(principal == ?principal, action == Portal::Action::"read", resource == ?resource);'
TUNNELS = {f"tunnel{n}{key}": value for n in (1, 2) for key, value in {
    "IkeVersions": ["ikev2"], "Phase1DhGroupNumbers": [20], "Phase2DhGroupNumbers": [20], "StartupAction": "start",
    "Phase1EncryptionAlgorithms": ["AES256-GCM-16"], "Phase2EncryptionAlgorithms": ["AES256-GCM-16"],
    "Phase1IntegrityAlgorithms": ["SHA2-384"], "Phase2IntegrityAlgorithms": ["SHA2-384"]}.items()}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a service on Fargate with two tasks behind the inner balancer", (BUDGET,
        aws("ecs/Cluster", {"name": "apps", "tags": TAGS, "settings": [{"name": "containerInsights",
                                                                        "value": "enhanced"}]}, "apps"),
        aws("ecs/TaskDefinition", {
            "family": "portal", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "tags": TAGS,
            "requiresCompatibilities": ["FARGATE"], "executionRoleArn": role_arn("pull"), "taskRoleArn":
            role_arn("portal"), "containerDefinitions": CONTAINER,
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}}, "task"),
        aws("ecs/Service", {
            "name": "portal", "cluster": arn("ecs", "cluster/apps"), "taskDefinition": arn("ecs",
                                                                                           "task-definition/portal"),
            "desiredCount": 2, "launchType": "FARGATE", "platformVersion": "LATEST", "propagateTags": "SERVICE",
            "enableEcsManagedTags": True, "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "loadBalancers": [{"containerName": "portal", "containerPort": 8443, "targetGroupArn":
                               arn("elasticloadbalancing", "targetgroup/portal/50dc6c495c0c9188")}],
            "tags": TAGS}, "portal", links={"taskDefinition": ("task",), "cluster": ("apps",)})),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/AWS_Fargate.html"),
    Idiom("reports read a copy of the database", (BUDGET, aws("rds/Instance", {
        "identifier": "orders-reports", "replicateSourceDb": arn("rds", "db:orders"), "instanceClass": "db.t4g.large",
        "kmsKeyId": KEY, "storageEncrypted": True, "publiclyAccessible": False, "multiAz": False,
        "deletionProtection": True, "backupRetentionPeriod": 7, "copyTagsToSnapshot": True,
        "autoMinorVersionUpgrade": True, "iamDatabaseAuthenticationEnabled": True, "monitoringInterval": 60,
        "monitoringRoleArn": role_arn("rds-monitoring"), "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": KEY, "parameterGroupName": "orders", "vpcSecurityGroupIds": GROUPS,
        "skipFinalSnapshot": True, "enabledCloudwatchLogsExports": ["postgresql"], "tags": TAGS}, "reports",
        protect=True),), f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
        {**unpriced("aws:rds/instance:Instance::reports"), **kept("reports")}),
    Idiom("operators reach machines by an endpoint without a bastion", (aws(
        "ec2transitgateway/InstanceConnectEndpoint", {
        "subnetId": "subnet-1", "securityGroupIds": GROUPS, "preserveClientIp": True, "tags": TAGS}, "connect"),),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html"),
    Idiom("changes of a table feed a function", (
        aws("dynamodb/Table", {
            "name": "orders", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": [
                {"name": "id", "type": "S"}], "streamEnabled": True, "streamViewType": "NEW_AND_OLD_IMAGES",
            "pointInTimeRecovery": {"enabled": True}, "deletionProtectionEnabled": True, "tags": TAGS,
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}}, "orders", protect=True),
        aws("lambda/EventSourceMapping", {
            "functionName": "audit", "eventSourceArn": arn("dynamodb", "table/orders/stream/2026-11-01T00:00:00.000"),
            "startingPosition": "TRIM_HORIZON", "batchSize": 100, "maximumBatchingWindowInSeconds": 5, "tags": TAGS,
            "functionResponseTypes": ["ReportBatchItemFailures"], "filterCriteria": {"filters": [
                {"pattern": '{"eventName": ["MODIFY", "REMOVE"]}'}]}}, "audit")),
        f"{AWS_DOCS}/lambda/latest/dg/with-ddb.html", kept("orders")),
    Idiom("events call an API of the bank by OAuth", (
        aws("cloudwatch/EventConnection", {
            "name": "crm", "authorizationType": "OAUTH_CLIENT_CREDENTIALS", "kmsKeyIdentifier": KEY, "authParameters": {
                "oauth": {"authorizationEndpoint": "https://login.example.ae/oauth2/token", "httpMethod": "POST",
                          "clientParameters": {"clientId": "events", "clientSecret": "{{resolved-at-deploy}}"},
                          "oauthHttpParameters": {"bodies": [{"key": "scope", "value": "crm", "isValueSecret": False}]},
                          }}}, "crm"),
        aws("cloudwatch/EventApiDestination", {
            "name": "crm", "connectionArn": arn("events", "connection/crm/1111"), "httpMethod": "POST",
            "invocationEndpoint": "https://crm.example.ae/events", "invocationRateLimitPerSecond": 10}, "to-crm")),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-api-destinations.html",
        {"residency": {"known": dict.fromkeys(("login.example.ae", "crm.example.ae"), "the bank's own site")}}),
    Idiom("the portal is tried out every five minutes from the network", (*bucket("bank-canaries"),
        aws("synthetics/Canary", {
            "name": "portal", "artifactS3Location": "s3://bank-canaries/portal", "handler": "portal.handler",
            "executionRoleArn": role_arn("canary"), "runtimeVersion": "syn-nodejs-puppeteer-10.0",
            "schedule": {"expression": "rate(5 minutes)"}, "startCanary": True, "s3Bucket": "bank-canaries",
            "s3Key": "code/portal.zip", "successRetentionPeriod": 7, "failureRetentionPeriod": 31,
            "kmsKeyArn": KEY, "artifactConfig": {"s3Encryption": {"encryptionMode": "SSE_KMS", "kmsKeyArn": KEY}},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}, "portal")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html", kept("bucket")),
    Idiom("subnets of the network account are offered to one unit of the organisation", (
        aws("ram/SharingWithOrganization", {}, "on"),
        aws("ram/ResourceShare", {"name": "subnets", "allowExternalPrincipals": False, "tags": TAGS}, "share"),
        aws("ram/ResourceAssociation", {"resourceArn": arn("ec2", "subnet/subnet-1"), "resourceShareArn":
                                        arn("ram", "resource-share/1111")}, "subnet"),
        aws("ram/PrincipalAssociation", {
            "principal": f"arn:aws:organizations::{ME}:ou/o-abcde12345/ou-ab12-cdefgh34",
            "resourceShareArn": arn("ram", "resource-share/1111")}, "unit")),
        f"{AWS_DOCS}/vpc/latest/userguide/vpc-sharing.html",
        {"identity": {"trusted": {"o-abcde12345": "the bank's own organisation"}}}),
    Idiom("networks of the bank are one list, and routes use it", (
        aws("ec2/ManagedPrefixList", {
            "name": "sites", "addressFamily": "IPv4", "maxEntries": 5, "tags": TAGS, "entries": [
                {"cidr": "10.10.0.0/16", "description": "Dubai"},
                {"cidr": "10.11.0.0/16", "description": "Abu Dhabi"}]}, "sites"),
        aws("ec2transitgateway/PrefixListReference", {
            "prefixListId": "pl-0123456789abcdef0", "transitGatewayAttachmentId": "tgw-attach-1",
            "transitGatewayRouteTableId": "tgw-rtb-1"}, "route")),
        f"{AWS_DOCS}/vpc/latest/userguide/managed-prefix-lists.html"),
    Idiom("addresses of networks come from a pool of the region", (
        aws("ec2/VpcIpam", {"operatingRegions": [{"regionName": R}], "tier": "advanced", "tags": TAGS}, "ipam"),
        aws("ec2/VpcIpamPool", {
            "addressFamily": "ipv4", "ipamScopeId": "ipam-scope-1", "locale": R, "allocationDefaultNetmaskLength": 20,
            "tags": TAGS}, "pool"),
        aws("ec2/VpcIpamPoolCidr", {"ipamPoolId": "ipam-pool-1", "cidr": "10.20.0.0/14"}, "range")),
        f"{AWS_DOCS}/vpc/latest/ipam/what-it-is-ipam.html", unpriced("aws:ec2/vpcIpam:VpcIpam::ipam")),
    Idiom("a private authority signs certificates of services", (BUDGET,
        aws("acmpca/CertificateAuthority", {
            "type": "ROOT", "usageMode": "SHORT_LIVED_CERTIFICATE", "permanentDeletionTimeInDays": 30, "tags": TAGS,
            "certificateAuthorityConfiguration": {
                "keyAlgorithm": "EC_prime256v1", "signingAlgorithm": "SHA256WITHECDSA",
                "subject": {"commonName": "Services of the bank", "country": "AE", "organization": "Bank"}}}, "ca"),
        aws("acmpca/Certificate", {
            "certificateAuthorityArn": arn("acm-pca", "certificate-authority/1111"), "signingAlgorithm":
            "SHA256WITHECDSA", "certificateSigningRequest": "-----BEGIN CERTIFICATE REQUEST-----",
            "templateArn": "arn:aws:acm-pca:::template/RootCACertificate/V1",
            "validity": {"type": "YEARS", "value": "5"}}, "root"),
        aws("acmpca/CertificateAuthorityCertificate", {
            "certificateAuthorityArn": arn("acm-pca", "certificate-authority/1111"),
            "certificate": "-----BEGIN CERTIFICATE-----"}, "installed")),
        f"{AWS_DOCS}/privateca/latest/userguide/short-lived-certificates.html"),
    Idiom("services of two networks call each other with IAM over TLS", (BUDGET,
        aws("vpclattice/ServiceNetwork", {"name": "apps", "authType": "AWS_IAM", "tags": TAGS}, "net"),
        aws("vpclattice/Service", {"name": "orders", "authType": "AWS_IAM", "tags": TAGS}, "orders"),
        aws("vpclattice/TargetGroup", {"name": "orders", "type": "IP", "tags": TAGS, "config": {
            "port": 8443, "protocol": "HTTPS", "vpcIdentifier": "vpc-1"}}, "pods"),
        aws("vpclattice/Listener", {"name": "https", "protocol": "HTTPS", "port": 443, "serviceIdentifier": "svc-1",
                                    "tags": TAGS, "defaultAction": {"forwards": [{"targetGroups": [
                                        {"targetGroupIdentifier": "tg-1", "weight": 100}]}]}}, "https"),
        aws("vpclattice/AuthPolicy", {
            "resourceIdentifier": "svc-1", "policy": document({
                "Effect": "Allow", "Principal": {"AWS": role_arn("portal")}, "Action": "vpc-lattice-svcs:Invoke",
                "Resource": "*"})}, "who"),
        aws("vpclattice/ServiceNetworkServiceAssociation", {
            "serviceIdentifier": "svc-1", "serviceNetworkIdentifier": "sn-1", "tags": TAGS}, "in")),
        f"{AWS_DOCS}/vpc-lattice/latest/ug/auth-policies.html",
        unpriced("aws:vpclattice/service:Service::orders")),
    Idiom("a file system is copied to the bucket every night", (
        aws("datasync/EfsLocation", {
            "efsFileSystemArn": arn("elasticfilesystem", "file-system/fs-1"), "inTransitEncryption": "TLS1_2",
            "ec2Config": {"securityGroupArns": [arn("ec2", "security-group/sg-1")],
                          "subnetArn": arn("ec2", "subnet/subnet-1")}, "tags": TAGS}, "files"),
        aws("datasync/S3Location", {"s3BucketArn": "arn:aws:s3:::awsuae-copies", "subdirectory": "/efs",
                                    "s3Config": {"bucketAccessRoleArn": role_arn("datasync")}, "tags": TAGS}, "copies"),
        aws("datasync/Task", {
            "name": "nightly", "sourceLocationArn": arn("datasync", "location/loc-1"), "tags": TAGS,
            "destinationLocationArn": arn("datasync", "location/loc-2"), "schedule": {
                "scheduleExpression": "cron(0 22 * * ? *)"}, "cloudwatchLogGroupArn": arn("logs", "log-group:/sync:*"),
            "options": {"verifyMode": "ONLY_FILES_TRANSFERRED", "logLevel": "TRANSFER"}}, "nightly",
            links={"sourceLocationArn": ("files",), "destinationLocationArn": ("copies",)})),
        f"{AWS_DOCS}/datasync/latest/userguide/create-efs-location.html",
        {"residency": {"known": {"awsuae-copies": "the bank's own bucket, in me-central-1"}}}),
    Idiom("jobs of the lake reach a database by its secret and TLS", (aws("glue/Connection", {
        "name": "orders", "connectionType": "JDBC", "tags": TAGS, "connectionProperties": {
            "JDBC_CONNECTION_URL": f"jdbc:postgresql://orders.cluster-abcdefghijkl.{R}.rds.amazonaws.com:5432/orders",
            "JDBC_ENFORCE_SSL": "true", "SECRET_ID": "orders/glue"},
        "physicalConnectionRequirements": {"availabilityZone": f"{R}a", "securityGroupIdLists": GROUPS,
                                           "subnetId": "subnet-1"}}, "orders"),),
        f"{AWS_DOCS}/glue/latest/dg/connection-properties.html",
        {"residency": {"known": {f"orders.cluster-abcdefghijkl.{R}.rds.amazonaws.com": "the bank's own database"}}}),
    Idiom("a warehouse in the network that insists on TLS and is logged", (BUDGET,
        aws("redshift/ParameterGroup", {"name": "dwh", "family": "redshift-1.0", "tags": TAGS, "parameters": [
            {"name": "require_ssl", "value": "true"}, {"name": "enable_user_activity_logging", "value": "true"}]},
            "rules"),
        aws("redshift/Cluster", {
            "clusterIdentifier": "dwh", "nodeType": "ra3.large", "numberOfNodes": 2, "clusterType": "multi-node",
            "encrypted": "true", "kmsKeyId": KEY, "publiclyAccessible": False, "enhancedVpcRouting": True,
            "manageMasterPassword": True, "masterPasswordSecretKmsKeyId": KEY, "masterUsername": "owner",
            "clusterSubnetGroupName": "data", "clusterParameterGroupName": "dwh", "vpcSecurityGroupIds": GROUPS,
            "automatedSnapshotRetentionPeriod": 14, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "dwh-last",
            "allowVersionUpgrade": True, "tags": TAGS}, "dwh", protect=True),
        aws("redshift/Logging", {"clusterIdentifier": "dwh", "logDestinationType": "cloudwatch",
                                 "logExports": ["connectionlog", "userlog", "useractivitylog"]}, "log")),
        f"{AWS_DOCS}/redshift/latest/mgmt/security-group-ingress.html",
        {**unpriced("aws:redshift/cluster:Cluster::dwh"), **kept("dwh")}),
    Idiom("a graph of accounts without a fixed size, by IAM", (BUDGET,
        aws("neptune/ClusterParameterGroup", {"family": "neptune1.4", "name": "fraud", "tags": TAGS, "parameters": [
            {"name": "neptune_enable_audit_log", "value": "1"}]}, "rules"),
        aws("neptune/Cluster", {
            "clusterIdentifier": "fraud", "engine": "neptune", "storageEncrypted": True, "kmsKeyArn": KEY,
            "iamDatabaseAuthenticationEnabled": True, "deletionProtection": True, "backupRetentionPeriod": 14,
            "enableCloudwatchLogsExports": ["audit"], "neptuneClusterParameterGroupName": "fraud",
            "neptuneSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "copyTagsToSnapshot": True,
            "serverlessV2ScalingConfiguration": {"minCapacity": 1, "maxCapacity": 8}, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "fraud-last", "tags": TAGS}, "fraud", protect=True),
        *(aws("neptune/ClusterInstance", {
            "clusterIdentifier": "fraud", "instanceClass": "db.serverless", "engine": "neptune",
            "autoMinorVersionUpgrade": True, "publiclyAccessible": False, "tags": TAGS}, f"fraud-{n}",
            protect=True) for n in (1, 2))),
        f"{AWS_DOCS}/neptune/latest/userguide/neptune-serverless.html",
        {**unpriced("aws:neptune/clusterInstance:ClusterInstance::fraud-1",
                    "aws:neptune/clusterInstance:ClusterInstance::fraud-2"), **kept("fraud", "fraud-1", "fraud-2")}),
    Idiom("Kafka creates no topics by itself and knows its users", (
        aws("msk/Configuration", {
            "name": "bank", "kafkaVersions": ["3.8.x"], "serverProperties": "auto.create.topics.enable=false\n"
            "allow.everyone.if.no.acl.found=false\nmin.insync.replicas=2\ndefault.replication.factor=3\n"}, "rules"),
        aws("msk/ScramSecretAssociation", {"clusterArn": arn("kafka", "cluster/bank/1111"), "secretArnLists": [
            arn("secretsmanager", "secret:AmazonMSK_orders-AbCdEf")]}, "users")),
        f"{AWS_DOCS}/msk/latest/developerguide/msk-configuration-properties.html"),
    Idiom("a tunnel to the site in Dubai with strong keys", (BUDGET,
        aws("ec2/CustomerGateway", {"type": "ipsec.1", "bgpAsn": "65010", "ipAddress": "203.0.113.20",
                                    "deviceName": "dc1", "tags": TAGS}, "site"),
        aws("ec2/VpnConnection", {
            "customerGatewayId": "cgw-1", "transitGatewayId": "tgw-1", "type": "ipsec.1", "staticRoutesOnly": False,
            "presharedKeyStorage": "SecretsManager", **TUNNELS, "tags": TAGS}, "tunnel",
            links={"customerGatewayId": ("site",)})),
        f"{AWS_DOCS}/vpn/latest/s2svpn/VPNTunnels.html", {**SITE, **unpriced(
            "aws:ec2/vpnConnection:VpnConnection::tunnel")}),
    Idiom("subnets say which balancers of a cluster may stand in them", (vpc(), subnet("a", "10.20.0.0/20", f"{R}a"),
        aws("ec2/Tag", {"resourceId": "subnet-1", "key": "kubernetes.io/role/internal-elb", "value": "1"}, "inner"),
        aws("ec2/Tag", {"resourceId": "subnet-1", "key": "karpenter.sh/discovery", "value": "bank"}, "karpenter")),
        f"{AWS_DOCS}/eks/latest/userguide/network-load-balancing.html"),
    Idiom("notebooks have an image of the bank", (
        aws("sagemaker/Image", {"imageName": "arabic", "displayName": "Arabic NLP", "roleArn": role_arn("images"),
                                "tags": TAGS}, "image"),
        aws("sagemaker/ImageVersion", {"imageName": "arabic", "baseImage": IMAGE, "mlFramework": "PyTorch 2.6",
                                       "jobType": "NOTEBOOK_KERNEL", "processor": "GPU"}, "version"),
        aws("sagemaker/AppImageConfig", {"appImageConfigName": "arabic", "tags": TAGS, "jupyterLabImageConfig": {
            "fileSystemConfig": {"defaultGid": 100, "defaultUid": 1000, "mountPath": "/home/sagemaker-user"}}},
            "config")), f"{AWS_DOCS}/sagemaker/latest/dg/studio-updated-byoi.html"),
    Idiom("an application asks who may do what, by rules with blanks", (
        aws("verifiedpermissions/PolicyStore", {"description": "portal", "deletionProtection": "ENABLED",
                                                "validationSettings": {"mode": "STRICT"}, "tags": TAGS}, "store"),
        aws("verifiedpermissions/Schema", {"policyStoreId": "ps-1", "definition": {"value": json.dumps({"Portal": {
            "entityTypes": {"User": {}, "Case": {}}, "actions": {"read": {"appliesTo": {
                "principalTypes": ["User"], "resourceTypes": ["Case"]}}}}})}}, "schema"),
        aws("verifiedpermissions/PolicyTemplate", {"policyStoreId": "ps-1", "statement": CEDAR,
                                                   "description": "one reads one case"}, "read"),
        aws("verifiedpermissions/IdentitySource", {
            "policyStoreId": "ps-1", "principalEntityType": "Portal::User", "configuration": {
                "cognitoUserPoolConfiguration": {"userPoolArn": arn("cognito-idp", f"userpool/{R}_AbCdEfGhI"),
                                                 "clientIds": ["1example23456789"]}}}, "users")),
        f"{AWS_DOCS}/verifiedpermissions/latest/userguide/policy-templates.html"),
    Idiom("a program of the site signs in by a certificate of the bank", (
        aws("rolesanywhere/TrustAnchor", {"name": "site", "enabled": True, "tags": TAGS, "source": {
            "sourceType": "AWS_ACM_PCA", "sourceData": {"acmPcaArn": arn("acm-pca", "certificate-authority/1111")}}},
            "anchor"),
        aws("iam/Role", {"name": "loader", "assumeRolePolicy": ASSUMED, "tags": TAGS}, "loader"),
        aws("iam/RolePolicy", {"role": "loader", "policy": document(
            statement("s3:PutObject", "arn:aws:s3:::bank-landing/dc1/*"))}, "rights"),
        aws("rolesanywhere/Profile", {"name": "loader", "enabled": True, "durationSeconds": 3600, "tags": TAGS,
                                      "roleArns": [role_arn("loader")]}, "profile")),
        f"{AWS_DOCS}/rolesanywhere/latest/userguide/trust-model.html"),
    Idiom("servers of the site are managed for a month's registration", (aws("ssm/Activation", {
        "name": "dc1", "iamRole": "ssm-hybrid", "registrationLimit": 20, "expirationDate": "2026-12-20T00:00:00Z",
        "description": "servers of the site in Dubai", "tags": TAGS}, "dc1"),),
        f"{AWS_DOCS}/systems-manager/latest/userguide/hybrid-activation-managed-nodes.html"),
)  # fmt: skip
