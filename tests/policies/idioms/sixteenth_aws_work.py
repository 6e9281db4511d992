"""Good idioms of platform teams on AWS: questions, lakes, lines between networks and searches (set 16, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept, role_arn
from .sixteenth_aws import known
from .twelfth_aws_platform import VPC, logs, rights, trusted

RESOLVER = """import { util } from '@aws-appsync/utils';
export function request(ctx) {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) };
}
export function response(ctx) {
  return ctx.result;
}
"""
SCHEMA = "type Limit { id: ID! aed: Float! }\ntype Query { limit(id: ID!): Limit }\nschema { query: Query }\n"
COLLECTION = "collection/papers"


def group(name: str, description: str, port: int) -> tuple[Given, Given]:
    """Returns a group that lets the apps' group call one port."""
    return (
        aws("ec2/SecurityGroup", {"name": name, "description": description, "vpcId": VPC, "tags": TAGS}, "group"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": "sg-0a1b2c3d4e5f60718", "ipProtocol": "tcp",
            "fromPort": port, "toPort": port, "description": description, "tags": TAGS}, "in", links={
                "securityGroupId": ("group",)}))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("limits are asked for by GraphQL inside the network, signed by roles, from one table alone", (
        logs("/aws/appsync/limits"), trusted("appsync.amazonaws.com", "limits-reader"),
        rights("limits-reader", statement("dynamodb:GetItem", arn("dynamodb", "table/limits")),
               statement("kms:Decrypt", KEY)),
        aws("appsync/GraphQLApi", {
            "name": "limits", "authenticationType": "AWS_IAM", "visibility": "PRIVATE", "xrayEnabled": True,
            "introspectionConfig": "DISABLED", "queryDepthLimit": 5, "resolverCountLimit": 20, "schema": SCHEMA,
            "logConfig": {"cloudwatchLogsRoleArn": role_arn("appsync-logs"), "fieldLogLevel": "ERROR",
                          "excludeVerboseContent": True}, "tags": TAGS}, "api"),
        aws("appsync/DataSource", {
            "apiId": UNKNOWN, "name": "limits", "type": "AMAZON_DYNAMODB", "serviceRoleArn": UNKNOWN,
            "dynamodbConfig": {
                "tableName": "limits", "region": "me-central-1", "useCallerCredentials": False}}, "table", links={
                    "apiId": ("api",), "serviceRoleArn": ("limits-reader",)}),
        aws("appsync/Resolver", {
            "apiId": UNKNOWN, "type": "Query", "field": "limit", "dataSource": UNKNOWN, "kind": "UNIT", "code":
            RESOLVER, "runtime": {"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}}, "limit", links={
                "apiId": ("api",), "dataSource": ("table",)})),
        f"{AWS_DOCS}/appsync/latest/devguide/using-private-apis.html", unpriced(
            "aws:appsync/graphQLApi:GraphQLApi::api")),
    Idiom("questions of risk have capacity of their own, a limit of bytes, and answers under the bank's key", (
        BUDGET,
        aws("athena/Workgroup", {
            "name": "risk", "state": "ENABLED", "forceDestroy": False, "tags": TAGS, "configuration": {
                "enforceWorkgroupConfiguration": True, "publishCloudwatchMetricsEnabled": True,
                "bytesScannedCutoffPerQuery": 1099511627776, "requesterPaysEnabled": False, "engineVersion": {
                    "selectedEngineVersion": "Athena engine version 3"}, "resultConfiguration": {
                        "outputLocation": "s3://bank-answers/risk/", "expectedBucketOwner": ME,
                        "encryptionConfiguration": {"encryptionOption": "SSE_KMS", "kmsKeyArn": KEY}}}}, "risk"),
        aws("athena/CapacityReservation", {"name": "risk", "targetDpus": 24, "tags": TAGS}, "capacity"),
        aws("athena/PreparedStatement", {
            "name": "exposure", "workgroup": UNKNOWN, "description": "Exposure of one counterparty", "queryStatement":
            "SELECT sum(aed) FROM risk.exposures WHERE counterparty = ?"}, "exposure", links={"workgroup": ("risk",)})),
        f"{AWS_DOCS}/athena/latest/ug/capacity-management.html", {**known("bank-answers"), **unpriced(
            "aws:athena/capacityReservation:CapacityReservation::capacity")}),
    Idiom("a database is reached by apps of another network through a gateway of Lattice, on its port alone", (
        *group("ledger-gateway", "Callers of the ledger", 5432),
        aws("vpclattice/ResourceGateway", {
            "name": "ledger", "vpcId": VPC, "subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN],
            "ipAddressType": "IPV4", "tags": TAGS}, "gateway", links={"securityGroupIds": ("group",)}),
        aws("vpclattice/ResourceConfiguration", {
            "name": "ledger", "type": "ARN", "resourceGatewayIdentifier": UNKNOWN,
            "allowAssociationToShareableServiceNetwork": False, "resourceConfigurationDefinition": {"arnResource": {
                "arn": arn("rds", "cluster:ledger")}}, "tags": TAGS}, "ledger", links={
                    "resourceGatewayIdentifier": ("gateway",)}),
        aws("vpclattice/ServiceNetwork", {"name": "data", "authType": "AWS_IAM", "tags": TAGS}, "data"),
        aws("vpclattice/AuthPolicy", {"resourceIdentifier": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("reports")}, "Action": "vpc-lattice-svcs:Invoke",
            "Resource": "*"})}, "who", links={"resourceIdentifier": ("data",)}),
        aws("vpclattice/ServiceNetworkResourceAssociation", {
            "resourceConfigurationIdentifier": UNKNOWN, "serviceNetworkIdentifier": UNKNOWN, "tags": TAGS}, "joined",
            links={"resourceConfigurationIdentifier": ("ledger",), "serviceNetworkIdentifier": ("data",)})),
        f"{AWS_DOCS}/vpc-lattice/latest/ug/resource-configuration.html", unpriced(
            "aws:vpclattice/resourceGateway:ResourceGateway::gateway",
            "aws:vpclattice/resourceConfiguration:ResourceConfiguration::ledger",
            "aws:vpclattice/serviceNetworkResourceAssociation:ServiceNetworkResourceAssociation::joined")),
    Idiom("tables of one class of secrecy are read by analysts by tags, from a place that Lake Formation holds", (
        trusted("lakeformation.amazonaws.com", "lake"),
        rights("lake", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-lake/curated/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-lake"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("lakeformation/Resource", {"arn": "arn:aws:s3:::bank-lake/curated", "roleArn": UNKNOWN,
                                       "hybridAccessEnabled": False}, "curated", links={"roleArn": ("lake",)}),
        aws("lakeformation/LfTag", {"key": "class", "values": ["internal", "secret"]}, "class"),
        aws("lakeformation/LfTagExpression", {
            "name": "internal", "description": "What is internal", "expressions": [
                {"tagKey": "class", "tagValues": ["internal"]}]}, "internal"),
        aws("lakeformation/Permissions", {
            "principal": role_arn("analysts"), "permissions": ["SELECT", "DESCRIBE"], "lfTagPolicy": {
                "resourceType": "TABLE", "expressions": [{"key": "class", "values": ["internal"]}]}}, "analysts")),
        f"{AWS_DOCS}/lake-formation/latest/dg/TBAC-overview.html", known("bank-lake")),
    Idiom("firewalls of the network tell its tables their routes by BGP, and the other takes over within a second", (
        BUDGET,
        aws("vpc/RouteServer", {
            "amazonSideAsn": 65020, "persistRoutes": "enable", "persistRoutesDuration": 2, "snsNotificationsEnabled":
            True, "tags": TAGS}, "server"),
        aws("vpc/RouteServerVpcAssociation", {"routeServerId": UNKNOWN, "vpcId": VPC}, "network", links={
            "routeServerId": ("server",)}),
        *(aws("vpc/RouteServerEndpoint", {"routeServerId": UNKNOWN, "subnetId": subnet, "tags": TAGS}, f"endpoint-{n}",
              links={"routeServerId": ("server",)}) for n, subnet in enumerate(SUBNETS[:2])),
        *(aws("vpc/RouteServerPeer", {
            "routeServerEndpointId": UNKNOWN, "peerAddress": f"10.30.{n}.10", "bgpOptions": {
                "peerAsn": 65030, "peerLivenessDetection": "bfd"}, "tags": TAGS}, f"firewall-{n}", links={
                    "routeServerEndpointId": (f"endpoint-{n}",)}) for n in (0, 1)),
        aws("vpc/RouteServerPropagation", {"routeServerId": UNKNOWN, "routeTableId": "rtb-0a1b2c3d4e5f60718"}, "table",
            links={"routeServerId": ("server",)})),
        f"{AWS_DOCS}/vpc/latest/userguide/dynamic-routing-route-server.html", unpriced(
            "aws:vpc/routeServer:RouteServer::server", "aws:vpc/routeServerEndpoint:RouteServerEndpoint::endpoint-*")),
    Idiom("vectors of papers lie in a collection that one endpoint of the network alone reaches, under the key", (
        BUDGET, *group("papers", "Searches of papers", 443),
        aws("opensearch/ServerlessVpcEndpoint", {
            "name": "papers", "vpcId": VPC, "subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN]}, "endpoint", links={
                "securityGroupIds": ("group",)}),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "papers-key", "type": "encryption", "policy": json.dumps({
            "Rules": [{"ResourceType": "collection", "Resource": [COLLECTION]}], "AWSOwnedKey": False, "KmsARN": KEY})},
            "key"),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "papers-net", "type": "network", "policy": json.dumps([{
            "Rules": [{"ResourceType": "collection", "Resource": [COLLECTION]}], "AllowFromPublic": False,
            "SourceVPCEs": ["vpce-0a1b2c3d4e5f60718"]}])}, "net", links={"policy": ("endpoint",)}),
        aws("opensearch/ServerlessAccessPolicy", {"name": "papers", "type": "data", "policy": json.dumps([{
            "Rules": [{"ResourceType": "index", "Resource": ["index/papers/*"], "Permission": [
                "aoss:ReadDocument", "aoss:DescribeIndex"]}], "Principal": [role_arn("search")]}])}, "access"),
        aws("opensearch/ServerlessCollection", {
            "name": "papers", "type": "VECTORSEARCH", "standbyReplicas": "ENABLED", "tags": TAGS}, "papers",
            protect=True, links={"name": ("key", "net")})),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/serverless-vpc.html", {**kept("papers"), **unpriced(
            "aws:opensearch/serverlessCollection:ServerlessCollection::papers",
            "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint::endpoint")}),
    Idiom("what lies in buckets, and how it is sealed, is counted each day in the region into a sealed bucket", (
        aws("s3control/StorageLensConfiguration", {
            "configId": "bank", "tags": TAGS, "storageLensConfiguration": {
                "enabled": True, "include": {"regions": ["me-central-1"]}, "accountLevel": {
                    "activityMetrics": {"enabled": True}, "advancedDataProtectionMetrics": {"enabled": True},
                    "advancedCostOptimizationMetrics": {"enabled": True}, "bucketLevel": {
                        "activityMetrics": {"enabled": True}, "advancedDataProtectionMetrics": {"enabled": True}}},
                "dataExport": {"cloudWatchMetrics": {"enabled": True}, "s3BucketDestination": {
                    "accountId": ME, "arn": "arn:aws:s3:::bank-inventories", "format": "Parquet",
                    "outputSchemaVersion": "V_1", "prefix": "lens", "encryption": {"sseKms": {"keyId": KEY}}}}}},
            "lens"),),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/storage_lens_basics_metrics_recommendations.html", {
            **known("bank-inventories"), **unpriced(
                "aws:s3control/storageLensConfiguration:StorageLensConfiguration::lens")}),
    Idiom("an app's network connects privately to the platform's Kafka, as a role, through its own group", (
        BUDGET, *group("kafka-clients", "Clients of Kafka", 14001),
        aws("msk/VpcConnection", {
            "targetClusterArn": arn("kafka", "cluster/events/0a1b2c3d-1111-2222-3333-444455556666-1"), "authentication":
            "SASL_IAM", "vpcId": VPC, "clientSubnets": SUBNETS, "securityGroups": [UNKNOWN], "tags": TAGS}, "kafka",
            links={"securityGroups": ("group",)}),
        aws("iam/Policy", {"name": "events-reader", "tags": TAGS, "policy": document(
            statement(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], arn("kafka", "cluster/events/*")),
            statement(["kafka-cluster:ReadData", "kafka-cluster:DescribeTopic"], arn("kafka", "topic/events/*/booked")),
            statement(["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], arn(
                "kafka", "group/events/*/ledger")))}, "reader")),
        f"{AWS_DOCS}/msk/latest/developerguide/aws-access-mult-vpc.html", unpriced(
            "aws:msk/vpcConnection:VpcConnection::kafka")),
    Idiom("each load of papers into the base of knowledge is on record in a group under the bank's key", (
        logs("/aws/vendedlogs/bedrock/papers"),
        aws("cloudwatch/LogDeliverySource", {
            "name": "papers", "logType": "APPLICATION_LOGS", "resourceArn": arn("bedrock", "knowledge-base/KB12345678"),
            "tags": TAGS}, "source"),
        aws("cloudwatch/LogDeliveryDestination", {
            "name": "papers", "outputFormat": "json", "tags": TAGS, "deliveryDestinationConfiguration": {
                "destinationResourceArn": UNKNOWN}}, "destination", links={
                    "deliveryDestinationConfiguration": ("logs",)}),
        aws("cloudwatch/LogDelivery", {
            "deliverySourceName": UNKNOWN, "deliveryDestinationArn": UNKNOWN, "tags": TAGS}, "delivery", links={
                "deliverySourceName": ("source",), "deliveryDestinationArn": ("destination",)})),
        f"{AWS_DOCS}/bedrock/latest/userguide/knowledge-bases-logging.html"),
    Idiom("reports of another network reach the warehouse by an endpoint of their own, from one group", (
        BUDGET, *group("warehouse", "Readers of the warehouse", 5439),
        aws("redshift/SubnetGroup", {"name": "reports", "subnetIds": SUBNETS, "description": "Reports", "tags": TAGS},
            "subnets"),
        aws("redshift/EndpointAccess", {
            "clusterIdentifier": "warehouse", "endpointName": "reports", "subnetGroupName": UNKNOWN,
            "vpcSecurityGroupIds": [UNKNOWN]}, "endpoint", links={
                "subnetGroupName": ("subnets",), "vpcSecurityGroupIds": ("group",)})),
        f"{AWS_DOCS}/redshift/latest/mgmt/managing-cluster-cross-vpc.html", unpriced(
            "aws:redshift/endpointAccess:EndpointAccess::endpoint")),
)  # fmt: skip
