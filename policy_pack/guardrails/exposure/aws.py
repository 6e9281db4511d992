"""Public exposure of AWS resources: the properties that keep services private, and their defaults.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from ..engine.conditions import (
    ABSENT,
    FALSE,
    IS_MISSING,
    NEVER,
    NOT_FALSE,
    NOT_TRUE,
    SET,
    TRUE,
    Condition,
    is_true,
    none_of,
    one_of,
)
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, leaves
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.cidrs import is_open, split_addresses
from ..readers.known_later import resolve_from, resolve_own_addresses
from .default_endpoints import LINKS_OF_APIS, check_default_endpoint
from .ipv6_subnets import IPV6_TYPES, check_ipv6_addresses
from .verified_access import LIMITED_PERMITS


def _requires_tokens(value: Plain) -> bool:
    options = value[0] if isinstance(value, list) and value else value
    if not isinstance(options, dict):
        return False
    return options.get("httpTokens") in ("required", UNKNOWN) or options.get("httpEndpoint") == "disabled"


TOKENS_REQUIRED = Condition("must have httpTokens required (or httpEndpoint disabled)", _requires_tokens)
"""The instance metadata service requires a session token (IMDSv2)."""


class _Addresses(Condition):
    """A test of addresses, which are not known if one of them is not."""

    def judge(self, value: Plain) -> Verdict:
        """Returns the verdict on addresses."""
        is_unknown = value is not MISSING and is_open(split_addresses(value)) is None
        return self.unknown if is_unknown else super().judge(value)


OPEN_ADDRESSES = _Addresses(
    "must be open to everyone", lambda value: is_open(split_addresses(value)) is True, missing=Verdict.PASS
)
"""A list of addresses that is open to everyone. A missing list counts as open. Used in `when` only."""
SUBDIRECTORY = Condition("must be a directory below /", lambda value: str(value).strip() not in ("", "/"))
SHARING_SETTING = Condition(
    "must be the public sharing setting of documents",
    lambda value: str(value).endswith("/ssm/documents/console/public-sharing-permission"),
)
"""The value is the name or the ARN of the setting. Used in `when` only."""
NOT_FROM_PUBLIC = Condition(
    "must not set AllowFromPublic to true",
    lambda value: not any(key == "AllowFromPublic" and is_true(item) for _, key, item in leaves(from_json(value))),
)
"""The network policy of search collections admits VPC endpoints and listed AWS services only."""
_NO_LAUNCH_TEMPLATE = ("launchTemplate", IS_MISSING)
_MACHINES = aws("ec2/Instance", "ec2/SpotInstanceRequest")

ADDRESS_ROWS = (
    Check(aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest"), "associatePublicIpAddress",
          NOT_TRUE),
    Check(aws("ec2/LaunchTemplate"), "networkInterfaces[*].associatePublicIpAddress", NOT_TRUE),
    Check(aws("ec2/SpotFleetRequest"), "launchSpecifications[*].associatePublicIpAddress", NOT_TRUE),
    Check(aws("ec2/Subnet"), "mapPublicIpOnLaunch", NOT_TRUE),
    Check(aws("ec2/DefaultSubnet"), "mapPublicIpOnLaunch", FALSE),
    Check(aws("ec2/Eip"), "instance", ABSENT),
    Check(aws("ec2/Eip"), "networkInterface", ABSENT),
    Check(aws("ec2/EipAssociation"), "instanceId", ABSENT),
    Check(aws("ec2/EipAssociation"), "networkInterfaceId", ABSENT),
    Check(aws("ecs/Service", "ecs/TaskSet"), "networkConfiguration.assignPublicIp", NOT_TRUE),
    Check(aws("cloudwatch/EventTarget"), "ecsTarget?.networkConfiguration?.assignPublicIp", NOT_TRUE),
    Check(aws("scheduler/Schedule"), "target.ecsParameters?.networkConfiguration?.assignPublicIp", NOT_TRUE),
    Check(aws("drs/ReplicationConfigurationTemplate"), "createPublicIp", NOT_TRUE),
    Check(aws("eks/NodeGroup"), "remoteAccess?.sourceSecurityGroupIds", SET),
)  # fmt: skip

DATABASE_ROWS = (
    Check(
        aws("rds/Instance", "rds/ClusterInstance", "rds/Cluster", "neptune/ClusterInstance", "redshift/Cluster",
            "redshiftserverless/Workgroup", "dms/ReplicationInstance", "dms/InstanceProfile", "mq/Broker",
            "timestreaminfluxdb/DbInstance", "timestreaminfluxdb/DbCluster", "rds/ShardGroup", "lightsail/Database",
            "m2/Environment"),
        "publiclyAccessible",
        NOT_TRUE,
    ),
    Check(aws("neptunegraph/Graph"), "publicConnectivity", NOT_TRUE),
    Check(aws("msk/Cluster"), "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
          none_of("SERVICE_PROVIDED_EIPS")),
    Check(aws("redshift/Cluster"), "clusterSubnetGroupName", SET),
    Check(aws("redshift/Cluster", "redshiftserverless/Workgroup"), "enhancedVpcRouting", TRUE),
    Check(aws("opensearch/Domain"), "vpcOptions.subnetIds", SET),
    Check(aws("elasticsearch/Domain"), "vpcOptions.subnetIds", SET),
    Check(aws("opensearch/ServerlessSecurityPolicy"), "policy", NOT_FROM_PUBLIC, when=("type", one_of("network"))),
)  # fmt: skip

_NOT_GATEWAY = ("loadBalancerType", none_of("gateway"))
LOAD_BALANCER_ROWS = (
    Check(aws("lb/LoadBalancer", "alb/LoadBalancer"), "internal", TRUE, when=_NOT_GATEWAY),
    Check(aws("elb/LoadBalancer"), "internal", TRUE),
)

_OPEN_CIDRS = ("vpcConfig.publicAccessCidrs", OPEN_ADDRESSES)
CLUSTER_ROWS = (Check(aws("eks/Cluster"), "vpcConfig.endpointPublicAccess", FALSE, when=_OPEN_CIDRS),)

_BLOCK_FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_NO_PUBLIC_ACL = none_of("public-read", "public-read-write", "authenticated-read", "website")
_NO_PUBLIC_GROUP = none_of(
    "http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
)
_NO_ACL_WRITE = none_of("WRITE_ACP")
"""Permission to write the ACL would allow making the bucket public."""

BUCKET_ROWS = (
    *(Check(aws("s3/BucketPublicAccessBlock", "s3/AccountPublicAccessBlock"), flag, TRUE) for flag in _BLOCK_FLAGS),
    *(Check(aws("s3/AccessPoint"), f"publicAccessBlockConfiguration?.{flag}", NOT_FALSE) for flag in _BLOCK_FLAGS),
    Check(aws("s3/BucketAcl", "s3/BucketAclV2", "s3/Bucket", "s3/BucketV2", "s3/BucketObject", "s3/BucketObjectv2",
              "s3/ObjectCopy"), "acl", _NO_PUBLIC_ACL),
    Check(aws("s3/BucketAcl", "s3/BucketAclV2"), "accessControlPolicy?.grants[*].grantee?.uri", _NO_PUBLIC_GROUP),
    Check(aws("s3/BucketAcl", "s3/BucketAclV2"), "accessControlPolicy?.grants[*].permission", _NO_ACL_WRITE),
    Check(aws("s3/Bucket", "s3/BucketV2"), "grants[*].uri", _NO_PUBLIC_GROUP),
    Check(aws("s3/Bucket", "s3/BucketV2"), "grants[*].permissions", _NO_ACL_WRITE),
    Check(aws("s3/BucketWebsiteConfiguration", "s3/BucketWebsiteConfigurationV2"), "", NEVER),
    Check(aws("s3/Bucket"), "website", ABSENT),
    Check(aws("s3/BucketV2"), "websites", ABSENT),
)  # fmt: skip

SERVICE_ROWS = (
    Check(aws("lambda/FunctionUrl"), "authorizationType", none_of("NONE")),
    Check(aws("ec2/AmiLaunchPermission"), "group", none_of("all")),
    Check(aws("cognito/IdentityPool"), "allowUnauthenticatedIdentities", NOT_TRUE),
    Check(aws("ssm/Document"), "permissions?.account_ids", none_of("All")),
    Check(aws("ssm/ServiceSetting"), "settingValue", none_of("Enable"), when=("settingId", SHARING_SETTING)),
    Check(aws("apigatewayv2/Route"), "authorizationType", one_of("AWS_IAM", "JWT", "CUSTOM")),
    # Quick create adds a route without authorization.
    Check(aws("apigatewayv2/Api"), "target", ABSENT),
    Check(aws("appsync/GraphQLApi"), "authenticationType", none_of("API_KEY")),
    Check(aws("apprunner/Service"), "networkConfiguration.ingressConfiguration.isPubliclyAccessible", FALSE),
    Check(aws("sagemaker/NotebookInstance"), "directInternetAccess", one_of("Disabled")),
    Check(aws("sagemaker/NotebookInstance"), "rootAccess", one_of("Disabled")),
    Check(aws("sagemaker/Model"), "enableNetworkIsolation", TRUE),
    Check(aws("efs/AccessPoint"), "posixUser.uid", SET),
    Check(aws("efs/AccessPoint"), "rootDirectory.path", SUBDIRECTORY),
    Check(aws("s3/FilesAccessPoint"), "posixUsers[+].uid", SET),
    Check(aws("s3/FilesAccessPoint"), "rootDirectories[+].path", SUBDIRECTORY),
    Check(aws("sagemaker/Domain"), "appNetworkAccessType", one_of("VpcOnly")),
    Check(aws("sagemaker/Model"), "vpcConfig.subnets", SET),
    Check(aws("mwaa/Environment"), "webserverAccessMode", none_of("PUBLIC_ONLY", "PUBLIC_AND_PRIVATE")),
    Check(aws("transfer/Server"), "endpointType", one_of("VPC", "VPC_ENDPOINT")),
    # An endpoint with Elastic IP addresses is reachable from the internet.
    Check(aws("transfer/Server"), "endpointDetails?.addressAllocationIds", ABSENT),
    # Without a VPC its endpoint is public (Transfer Family API, CreateWebApp).
    Check(aws("transfer/WebApp"), "endpointDetails.vpc.vpcId", SET),
    # Without subnets it is in those of the default VPC, which are public (Amazon ECS API,
    # ExpressGatewayServiceNetworkConfiguration, read 2026-11-28; that these give public addresses: awsdocs/
    # amazon-ec2-user-guide e3707c4 doc_source/launching-instance.md, read 2026-12-01).
    Check(aws("ecs/ExpressGatewayService"), "networkConfigurations.subnets", SET),
    Check(aws("emr/BlockPublicAccessConfiguration"), "blockPublicSecurityGroupRules", TRUE),
    Check(aws("ec2/VpcEndpointService"), "acceptanceRequired", TRUE),
    Check(aws("sagemaker/NotebookInstance"), "subnetId", SET),
    Check(aws("vpclattice/Service", "vpclattice/ServiceNetwork"), "authType", one_of("AWS_IAM")),
    *(Check(aws("appsync/ChannelNamespace"), f"{kind}AuthModes[*].authType", none_of("API_KEY"))
      for kind in ("publish", "subscribe")),
    # Such a webhook takes requests of everybody (CodePipeline API, WebhookDefinition, read 2026-11-28).
    Check(aws("codepipeline/Webhook"), "authentication", none_of("UNAUTHENTICATED")),
    # Without a filter, pull requests of strangers are built (what a filter may name by botocore 1.44.8, codebuild,
    # WebhookFilter, read 2026-11-29; without filters each branch is built: CreateWebhookInput, branchFilter,
    # read 2026-11-30).
    Check(aws("codebuild/Webhook"), "filterGroups", SET, unless=("branchFilter",)),
    Check(aws("cognito/IdentityPoolRoleAttachment"), "roles.unauthenticated", ABSENT),
    # Tokens in the address of a page stay in histories and logs (OAuth 2.0 Security Best Current Practice, 2.1.2).
    Check(aws("cognito/UserPoolClient", "cognito/ManagedUserPoolClient"), "allowedOauthFlows", none_of("implicit")),
    Check(aws("verifiedaccess/Endpoint", "verifiedaccess/Group"), "policyDocument", LIMITED_PERMITS),
)  # fmt: skip

METADATA_ROWS = (
    Check(aws("sagemaker/NotebookInstance"),
          "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion", one_of("2")),
    Check(_MACHINES, "metadataOptions", TOKENS_REQUIRED, when=_NO_LAUNCH_TEMPLATE),
    Check(aws("ec2/LaunchTemplate", "ec2/LaunchConfiguration"), "metadataOptions", TOKENS_REQUIRED),
)  # fmt: skip


_METHOD = aws("apigateway/Method")


def _check_method_authorization(resource: Resource) -> Iterator[Outcome]:
    """Checks that an API method requires authorization or an API key. OPTIONS is exempt, for CORS preflight
    requests."""
    if resource.get("authorization") is UNKNOWN:
        yield undetermined("authorization is not known before deployment", "authorization")
    elif str(resource.get("authorization")).upper() == "NONE":
        is_preflight = str(resource.get("httpMethod")).upper().startswith("OPTION")
        is_protected = is_preflight or is_true(resource.get("apiKeyRequired"))
        yield passed() if is_protected else failed("authorization must not be NONE without an API key", "authorization")


_PROBED = "a public address is found and probed within minutes"

AWS_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(103, Severity.HIGH, "AWS machines and tasks have no public IP address",
                  _PROBED,
                  "Remove the public IP address; use a NAT gateway for outbound and private endpoints for inbound "
                  "traffic",
                  checks=ADDRESS_ROWS, plan_predicate=check_ipv6_addresses, types=IPV6_TYPES),
    exposure_rule(104, Severity.CRITICAL, "AWS databases, brokers and search domains are reachable from the VPC only",
                  _PROBED, "Set publicly_accessible to false, or set the subnets in vpc_options",
                  checks=DATABASE_ROWS, resolve=resolve_from(("policy",))),
    exposure_rule(105, Severity.HIGH, "AWS load balancers are internal",
                  f"{_PROBED}; internet-facing is the default", "Set internal to true",
                  checks=LOAD_BALANCER_ROWS),
    exposure_rule(106, Severity.CRITICAL,
                  "The API server of an EKS cluster is private, or open to listed addresses only",
                  f"{_PROBED}; public and open to all is the default",
                  "Set vpc_config.endpoint_public_access to false, or list narrow public_access_cidrs",
                  checks=CLUSTER_ROWS, resolve=resolve_own_addresses),
    exposure_rule(107, Severity.CRITICAL, "S3 buckets block public ACLs and public policies",
                  "public buckets are the most common cause of data leaks",
                  "Set all four flags of the BucketPublicAccessBlock to true, and remove public ACLs and website "
                  "hosting",
                  checks=BUCKET_ROWS),
    exposure_rule(110, Severity.HIGH, "AWS endpoints are private or authenticate their callers",
                  f"{_PROBED}; several services are public by default",
                  "Set the property in the message: a private network, or AWS_IAM or another authorizer",
                  checks=SERVICE_ROWS, predicate=_check_method_authorization, plan_predicate=check_default_endpoint,
                  resolve=resolve_from(("policyDocument",)), types=(*_METHOD, *LINKS_OF_APIS)),
    exposure_rule(111, Severity.HIGH, "The instance metadata service requires a session token (IMDSv2)",
                  "without the token, one forged request through a program on the machine reads its credentials",
                  'Set metadata_options to {"http_tokens": "required"}',
                  checks=METADATA_ROWS),
)  # fmt: skip
