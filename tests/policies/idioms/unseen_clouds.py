"""Good programs of platform teams on AWS: keys, images, stores and networks (2026-12-02, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import APPS_ACCOUNT, ORGANISATION
from .twenty_third_aws import store

BY_CLOUDTRAIL = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action":
                 "kms:GenerateDataKey*", "Resource": "*", "Condition": {"StringEquals": {
                     "aws:SourceArn": arn("cloudtrail", "trail/platform")}}}  # fmt: skip
BY_ADMINISTRATORS = {"Effect": "Allow", "Principal": {"AWS": role_arn("key-administrators")}, "Action": [
    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetParametersForImport", "kms:ImportKeyMaterial", "kms:TagResource",
    "kms:EnableKey", "kms:DisableKey", "kms:ScheduleKeyDeletion"], "Resource": "*"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a key whose material comes from the bank's own HSM, granted to one role in one context", (
        BUDGET,
        aws("kms/ExternalKey", {
            "description": "Payments, material of the HSM in Abu Dhabi", "deletionWindowInDays": 30, "enabled": True,
            "policy": document(
                {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*",
                 "Resource": "*"}, BY_ADMINISTRATORS), "tags": TAGS}, "own-key", protect=True),
        aws("kms/Alias", {"name": "alias/payments-hsm", "targetKeyId": UNKNOWN}, "alias", links={
            "targetKeyId": ("own-key",)}),
        trusted("ecs-tasks.amazonaws.com", "payments"),
        aws("kms/Grant", {
            "name": "payments", "keyId": UNKNOWN, "granteePrincipal": UNKNOWN, "operations": [
                "Encrypt", "Decrypt", "GenerateDataKey", "DescribeKey"], "constraints": [{
                    "encryptionContextSubset": {"app": "payments"}}], "retireOnDelete": True}, "grant", links={
                        "keyId": ("own-key",), "granteePrincipal": ("payments",)}),
        aws("cloudwatch/EventRule", {"name": "key-material", "description": "Imported material ends", "eventPattern":
            json.dumps({"source": ["aws.kms"], "detail-type": ["KMS Imported Key Material Expiration"]}),
            "tags": TAGS}, "expiry"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": ALARMS}, "expiry-to-duty", links={"rule": ("expiry",)})),
        f"{AWS_DOCS}/kms/latest/developerguide/importing-keys.html; .../grants.html, as known", OURS),
    Idiom("a registry of images: apps accounts pull, copies go to the apps account in the same region", (
        aws("ecr/Repository", {
            "name": "payments/api", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": [{"filter": "cache-*", "filterType": "WILDCARD"}],
            "imageScanningConfiguration": {"scanOnPush": True}, "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}, "repository"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [
            {"rulePriority": 1, "description": "caches", "selection": {
                "tagStatus": "tagged", "tagPatternList": ["cache-*"], "countType": "sinceImagePushed", "countUnit":
                "days", "countNumber": 7}, "action": {"type": "expire"}},
            {"rulePriority": 2, "description": "untagged", "selection": {
                "tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 10}, "action": {
                    "type": "expire"}}]})}, "age", links={"repository": ("repository",)}),
        aws("ecr/ReplicationConfiguration", {"replicationConfiguration": {"rules": [{
            "destinations": [{"region": R, "registryId": APPS_ACCOUNT}], "repositoryFilters": [
                {"filter": "payments/", "filterType": "PREFIX_MATCH"}]}]}}, "copies"),
        aws("ecr/RegistryPolicy", {"policy": document({
            "Sid": "Copies", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{APPS_ACCOUNT}:root"}, "Action":
            ["ecr:ReplicateImage"], "Resource": arn("ecr", "repository/apps/*")})}, "registry"),
        aws("ecr/RepositoryPolicy", {"repository": UNKNOWN, "policy": document({
            "Sid": "Pull", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{APPS_ACCOUNT}:role/nodes"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]})},
            "pull", links={"repository": ("repository",)})),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/registry-permissions-create-replication.html; "
        ".../replication.html, as known", ORGANISATION),
    Idiom("a bucket into which customers upload documents from the portal: CORS, attributes and an index of it", (
        *store("bank-documents", "documents"),
        aws("s3/BucketCorsConfiguration", {"bucket": UNKNOWN, "corsRules": [{
            "id": "portal", "allowedOrigins": ["https://portal.bank.ae"], "allowedMethods": ["PUT", "POST"],
            "allowedHeaders": ["content-type", "x-amz-*"], "exposeHeaders": ["ETag"], "maxAgeSeconds": 600}]}, "cors",
            links={"bucket": ("documents",)}),
        aws("s3/BucketAbac", {"bucket": UNKNOWN, "abacStatus": {"status": "Enabled"}}, "abac", links={
            "bucket": ("documents",)}),
        aws("s3/BucketMetadataConfiguration", {"bucket": UNKNOWN, "metadataConfiguration": {
            "journalTableConfiguration": {
                "recordExpiration": {"expiration": "ENABLED", "days": 365}, "encryptionConfiguration": {
                    "sseAlgorithm": "aws:kms", "kmsKeyArn": KEY}},
            "inventoryTableConfiguration": {"configurationState": "ENABLED", "encryptionConfiguration": {
                "sseAlgorithm": "aws:kms", "kmsKeyArn": KEY}}}}, "index", links={"bucket": ("documents",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/cors.html; .../metadata-tables-overview.html, as known",
        merged(OURS, kept("documents"))),
    Idiom("vectors of an assistant in a vector bucket that one role reads", (
        aws("s3/VectorsVectorBucket", {"vectorBucketName": "bank-vectors", "encryptionConfigurations": [
            {"sseType": "aws:kms", "kmsKeyArn": KEY}], "forceDestroy": False, "tags": TAGS}, "vectors", protect=True),
        aws("s3/VectorsIndex", {
            "vectorBucketName": UNKNOWN, "indexName": "policies", "dataType": "float32", "dimension": 1024,
            "distanceMetric": "cosine", "metadataConfiguration": {"nonFilterableMetadataKeys": ["text"]},
            "encryptionConfigurations": [{"sseType": "aws:kms", "kmsKeyArn": KEY}], "tags": TAGS}, "policies", links={
                "vectorBucketName": ("vectors",)}),
        aws("s3/VectorsVectorBucketPolicy", {"vectorBucketArn": UNKNOWN, "policy": document({
            "Sid": "Assistant", "Effect": "Allow", "Principal": {"AWS": role_arn("assistant")}, "Action": [
                "s3vectors:QueryVectors", "s3vectors:GetVectors"], "Resource": arn("s3vectors",
                    "bucket/bank-vectors/index/policies")})}, "readers", links={"vectorBucketArn": ("vectors",)}),
        trusted("ecs-tasks.amazonaws.com", "assistant"),
        rights("assistant", statement(["s3vectors:QueryVectors", "s3vectors:GetVectors"], arn(
            "s3vectors", "bucket/bank-vectors/index/policies")))),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/s3-vectors-bucket-policy.html, as known",
        merged(OURS, merged(kept("vectors"), unpriced("aws:s3/vectorsVectorBucket:VectorsVectorBucket::vectors",
                                                      "aws:s3/vectorsIndex:VectorsIndex::policies")))),
    Idiom("a table with an index of its own resource, exported to a bucket under the key", (
        *store("bank-exports", "exports"),
        aws("dynamodb/Table", {
            "name": "mandates", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": [
                {"name": "id", "type": "S"}], "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
            "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}, "deletionProtectionEnabled": True,
            "onDemandThroughput": {"maxReadRequestUnits": 500, "maxWriteRequestUnits": 200}, "tags": TAGS}, "mandates",
            protect=True),
        aws("dynamodb/GlobalSecondaryIndex", {
            "tableName": UNKNOWN, "indexName": "by-customer", "keySchemas": [
                {"attributeName": "customer", "attributeType": "S", "keyType": "HASH"}], "projection": {
                    "projectionType": "KEYS_ONLY"}, "onDemandThroughput": {
                        "maxReadRequestUnits": 200, "maxWriteRequestUnits": 200}}, "by-customer", links={
                "tableName": ("mandates",)}),
        aws("dynamodb/TableExport", {
            "tableArn": UNKNOWN, "s3Bucket": UNKNOWN, "s3Prefix": "mandates/", "s3BucketOwner": ME, "exportFormat":
            "DYNAMODB_JSON", "s3SseAlgorithm": "KMS", "s3SseKmsKeyId": KEY}, "export", links={
                "tableArn": ("mandates",), "s3Bucket": ("exports",)}),
        alarm("mandates-throttled", "AWS/DynamoDB", "ThrottledRequests", 0.0, TableName="mandates")),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/S3DataExport.HowItWorks.html, as known",
        merged(OURS, kept("mandates", "exports"))),
    Idiom("a licence server with a fixed interface and a data volume of its own", (
        BUDGET,
        aws("ec2/SecurityGroup", {"vpcId": VPC, "name": "licences", "description": "Licences", "tags": TAGS,
            "ingress": [{"protocol": "tcp", "fromPort": 27000, "toPort": 27009, "cidrBlocks": ["10.20.0.0/16"],
                         "description": "Workstations"}]}, "group"),
        aws("ec2/NetworkInterface", {
            "subnetId": "subnet-1", "privateIps": ["10.20.4.10"], "securityGroups": [UNKNOWN], "description":
            "Licences are bound to its address", "sourceDestCheck": True, "tags": TAGS}, "interface", links={
                "securityGroups": ("group",)}),
        aws("ec2/Instance", {
            "ami": f"resolve:ssm:arn:aws:ssm:{R}:{ME}:parameter/images/al2023", "instanceType": "m7g.large",
            "primaryNetworkInterface": {"networkInterfaceId": UNKNOWN}, "ebsOptimized": True, "monitoring": True,
            "disableApiTermination": True, "iamInstanceProfile": "ssm-managed", "metadataOptions": {
                "httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 20},
            "maintenanceOptions": {"autoRecovery": "default"}, "tags": TAGS, "volumeTags": TAGS}, "server", links={
                "primaryNetworkInterface": ("interface",)}),
        aws("ebs/Volume", {
            "availabilityZone": f"{R}a", "size": 50, "type": "gp3", "encrypted": True, "kmsKeyId": KEY,
            "finalSnapshot": True, "tags": {**TAGS, "backup": "daily"}}, "data", protect=True),
        aws("ec2/VolumeAttachment", {
            "deviceName": "/dev/sdf", "instanceId": UNKNOWN, "volumeId": UNKNOWN, "stopInstanceBeforeDetaching": True},
            "mount", links={"instanceId": ("server",), "volumeId": ("data",)}),
        alarm("licences-down", "AWS/EC2", "StatusCheckFailed", 0.0, InstanceId=UNKNOWN)),
        "terraform-aws-modules/terraform-aws-ec2-instance examples/volume-attachment, as known",
        merged(OURS, kept("data", "server"))),
    Idiom("a hardened image is copied under the bank's key and shared with the organisation's workloads", (
        aws("ec2/AmiCopy", {
            "name": "al2023-hardened-2026-12", "sourceAmiId": UNKNOWN, "sourceAmiRegion": R, "encrypted": True,
            "kmsKeyId": KEY, "deprecationTime": "2027-06-01T00:00:00Z", "description": "CIS level 1", "tags": TAGS},
            "image", links={"sourceAmiId": ("build",)}),
        aws("imagebuilder/Image", {
            "imageRecipeArn": arn("imagebuilder", "image-recipe/al2023/1.0.0"), "infrastructureConfigurationArn": arn(
                "imagebuilder", "infrastructure-configuration/private"), "enhancedImageMetadataEnabled": True,
            "imageTestsConfiguration": {"imageTestsEnabled": True, "timeoutMinutes": 60}, "tags": TAGS}, "build"),
        aws("ec2/AmiLaunchPermission", {"imageId": UNKNOWN, "accountId": APPS_ACCOUNT}, "apps", links={
            "imageId": ("image",)}),
        aws("ssm/Parameter", {"name": "/images/al2023", "type": "String", "dataType": "aws:ec2:image", "value": UNKNOWN,
                              "tags": TAGS}, "pointer", links={"value": ("image",)})),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/CopyingAMIs.html; .../sharingamis-explicit.html, as known",
        merged(ORGANISATION, unpriced("aws:imagebuilder/image:Image::build"))),
    Idiom("a network grows by a second range for pods, with its parts as resources of their own", (
        aws("ec2/VpcIpv4CidrBlockAssociation", {"vpcId": VPC, "cidrBlock": "100.64.0.0/16"}, "pods-range"),
        aws("ec2/Subnet", {"vpcId": VPC, "cidrBlock": "100.64.0.0/18", "availabilityZone": f"{R}a",
                           "mapPublicIpOnLaunch": False, "tags": TAGS}, "pods", links={"vpcId": ("pods-range",)}),
        aws("ec2/RouteTable", {"vpcId": VPC, "tags": TAGS}, "inner"),
        aws("ec2/MainRouteTableAssociation", {"vpcId": VPC, "routeTableId": UNKNOWN}, "main", links={
            "routeTableId": ("inner",)}),
        aws("ec2/NetworkAcl", {"vpcId": VPC, "tags": TAGS, "ingress": [
            {"ruleNo": 100, "action": "allow", "protocol": "-1", "cidrBlock": "10.0.0.0/8", "fromPort": 0, "toPort": 0},
            {"ruleNo": 110, "action": "allow", "protocol": "-1", "cidrBlock": "100.64.0.0/16", "fromPort": 0,
             "toPort": 0}], "egress": [
            {"ruleNo": 100, "action": "allow", "protocol": "-1", "cidrBlock": "10.0.0.0/8", "fromPort": 0, "toPort": 0},
            {"ruleNo": 110, "action": "allow", "protocol": "-1", "cidrBlock": "100.64.0.0/16", "fromPort": 0,
             "toPort": 0}]}, "acl"),
        aws("ec2/NetworkAclAssociation", {"networkAclId": UNKNOWN, "subnetId": UNKNOWN}, "acl-of-pods", links={
            "networkAclId": ("acl",), "subnetId": ("pods",)}),
        aws("ec2/VpcDhcpOptions", {"domainName": "bank.ae", "domainNameServers": ["AmazonProvidedDNS"],
                                   "ntpServers": ["169.254.169.123"], "tags": TAGS}, "options"),
        aws("ec2/VpcDhcpOptionsAssociation", {"vpcId": VPC, "dhcpOptionsId": UNKNOWN}, "with-options", links={
            "dhcpOptionsId": ("options",)}),
        aws("ec2/VpcEndpoint", {"vpcId": VPC, "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway",
            "policy": document({"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"],
                                "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceAccount": ME,
                                                                                "aws:PrincipalAccount": ME}}}),
            "tags": TAGS}, "to-s3"),
        aws("ec2/VpcEndpointRouteTableAssociation", {"vpcEndpointId": UNKNOWN, "routeTableId": UNKNOWN}, "way-to-s3",
            links={"vpcEndpointId": ("to-s3",), "routeTableId": ("inner",)})),
        f"{AWS_DOCS}/eks/latest/best-practices/custom-networking.html; {AWS_DOCS}/vpc/latest/privatelink/"
        "gateway-endpoints.html, as known", OURS),
    Idiom("addresses come from a plan: a scope for acquisitions, allocations that are held back", (
        aws("ec2/VpcIpam", {"description": "Addresses of the bank", "operatingRegions": [{"regionName": R}],
                            "tier": "advanced", "enablePrivateGua": False, "tags": TAGS}, "ipam"),
        aws("ec2/VpcIpamScope", {"ipamId": UNKNOWN, "description": "An acquired bank with overlapping ranges",
                                 "tags": TAGS}, "acquired", links={"ipamId": ("ipam",)}),
        aws("ec2/VpcIpamPool", {
            "addressFamily": "ipv4", "ipamScopeId": UNKNOWN, "locale": R, "allocationDefaultNetmaskLength": 20,
            "allocationMinNetmaskLength": 16, "allocationMaxNetmaskLength": 24, "autoImport": False,
            "allocationResourceTags": {"environment": "prod"}, "tags": TAGS}, "pool", links={
                "ipamScopeId": ("acquired",)}),
        aws("ec2/VpcIpamPoolCidr", {"ipamPoolId": UNKNOWN, "cidr": "10.64.0.0/12"}, "range", links={
            "ipamPoolId": ("pool",)}),
        aws("ec2/VpcIpamPoolCidrAllocation", {"ipamPoolId": UNKNOWN, "cidr": "10.64.0.0/20", "description":
                                              "Branches, not in the cloud", "tags": TAGS},
            "held", links={"ipamPoolId": ("range",)})),
        f"{AWS_DOCS}/vpc/latest/ipam/plan-for-overlapping-ips-ipam.html, as known",
        merged(OURS, unpriced("aws:ec2/vpcIpam:VpcIpam::ipam"))),
    Idiom("prices of the exchange reach two desks by multicast through the transit gateway", (
        aws("ec2transitgateway/MulticastDomain", {
            "transitGatewayId": "tgw-0123456789abcdef0", "staticSourcesSupport": "enable", "igmpv2Support": "disable",
            "autoAcceptSharedAssociations": "disable", "tags": TAGS}, "prices"),
        aws("ec2transitgateway/MulticastDomainAssociation", {
            "subnetId": "subnet-1", "transitGatewayAttachmentId": "tgw-attach-0123456789abcdef0",
            "transitGatewayMulticastDomainId": UNKNOWN}, "desk", links={"transitGatewayMulticastDomainId": (
                "prices",)}),
        aws("ec2transitgateway/MulticastGroupSource", {
            "groupIpAddress": "239.10.0.1", "networkInterfaceId": "eni-0123456789abcdef0",
            "transitGatewayMulticastDomainId": UNKNOWN}, "feed", links={"transitGatewayMulticastDomainId": (
                "desk",)}),
        *(aws("ec2transitgateway/MulticastGroupMember", {
            "groupIpAddress": "239.10.0.1", "networkInterfaceId": f"eni-0123456789abcdef{number}",
            "transitGatewayMulticastDomainId": UNKNOWN}, f"desk-{number}", links={
                "transitGatewayMulticastDomainId": ("desk",)}) for number in (1, 2))),
        f"{AWS_DOCS}/vpc/latest/tgw/tgw-multicast-overview.html, as known",
        merged(OURS, {"residency": {"known": {
            "tgw-attach-0123456789abcdef0": "our own network, in this account"}}})),
    Idiom("two lines to the data centre as one group, and a new network behind the firewall's second endpoint", (
        BUDGET,
        aws("directconnect/LinkAggregationGroup", {
            "name": "abu-dhabi", "connectionsBandwidth": "10Gbps", "location": "EQDC2", "forceDestroy": False,
            "providerName": "Equinix, Inc.", "tags": TAGS}, "lag"),
        *(aws("directconnect/Connection", {
            "name": f"abu-dhabi-{number}", "bandwidth": "10Gbps", "location": "EQDC2", "requestMacsec": True,
            "encryptionMode": "must_encrypt", "providerName": "Equinix, Inc.", "tags": TAGS}, f"line-{number}")
          for number in (1, 2)),
        *(aws("directconnect/ConnectionAssociation", {"connectionId": UNKNOWN, "lagId": UNKNOWN}, f"in-{number}",
              links={"connectionId": (f"line-{number}",), "lagId": ("lag",)}) for number in (1, 2)),
        aws("networkfirewall/VpcEndpointAssociation", {
            "firewallArn": arn("network-firewall", "firewall/central"), "vpcId": VPC, "subnetMapping": {
                "subnetId": "subnet-1", "ipAddressType": "IPV4"}, "description": "Cards", "tags": TAGS}, "cards"),
        aws("ec2/Route", {"routeTableId": "rtb-0123456789abcdef0", "destinationCidrBlock": "10.0.0.0/8",
                          "transitGatewayId": "tgw-0123456789abcdef0"}, "to-hub"),
        alarm("line-errors", "AWS/DX", "ConnectionErrorCount", 0.0, ConnectionId=UNKNOWN)),
        f"{AWS_DOCS}/directconnect/latest/UserGuide/lags.html; {AWS_DOCS}/network-firewall/latest/developerguide/"
        "vpc-endpoint-associations.html, as known",
        merged(OURS, unpriced("aws:networkfirewall/vpcEndpointAssociation:VpcEndpointAssociation::cards",
                              "aws:directconnect/linkAggregationGroup:LinkAggregationGroup::lag",
                              *(f"aws:directconnect/connection:Connection::line-{number}" for number in (1, 2))))),
)  # fmt: skip
