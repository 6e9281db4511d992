"""Attacks on AWS by bare numbers of accounts in properties that no rule named (2026-11-29).

Found by putting a stranger's account into every property of pulumi-aws 7.51.1 whose name or documentation speaks of an
account; ARNs with the account are found by their form, numbers are not.
"""

from ..blind import KEY, ME, TAGS, THEM, aws
from . import Attack
from .tenth_aws import _ours

STRANGER = ("FJ-IDN-116",)
STUDIO = {"domainName": "x", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
          "appNetworkAccessType": "VpcOnly", "defaultUserSettings": {
              "executionRole": f"arn:aws:iam::{ME}:role/studio", "securityGroups": ["sg-1"]}, "tags": TAGS}  # fmt: skip
EVERYTHING = [{"permissions": ["ALL"], "principal": THEM}]
IN_CATALOGUE = [{"permissions": ["ALL"], "principal": {"dataLakePrincipalIdentifier": THEM}}]
AMI = {"name": "base", "tags": TAGS}
BEHAVIOUR = {"targetOriginId": "files", "viewerProtocolPolicy": "https-only", "allowedMethods": ["GET", "HEAD"],
             "cachedMethods": ["GET", "HEAD"], "cachePolicyId": "658327ea"}  # fmt: skip
SITE = {
    "enabled": True, "origins": [{"domainName": "files.s3.me-central-1.amazonaws.com", "originId": "files"}],
    "defaultCacheBehavior": BEHAVIOUR, "restrictions": {"geoRestriction": {"restrictionType": "none"}},
    "viewerCertificate": {"acmCertificateArn": _ours("acm", "certificate/1"), "sslSupportMethod": "sni-only",
                          "minimumProtocolVersion": "TLSv1.2_2021"}, "tags": TAGS,
}  # fmt: skip

ATTACKS = (
    Attack("a stranger's account may read who uses the data of the lake", STRANGER, (
        aws("lakeformation/DataLakeSettings", {"trustedResourceOwners": [THEM]}),),
        "major", "identities of users are written into a stranger's trail (botocore, DataLakeSettings)"),
    Attack("a stranger's account gets every new database", STRANGER, (aws("lakeformation/DataLakeSettings", {
        "createDatabaseDefaultPermissions": EVERYTHING}),),
        "critical", "each database that is made is the stranger's too (botocore, DataLakeSettings)"),
    Attack("a stranger's account gets every new table", STRANGER, (aws("lakeformation/DataLakeSettings", {
        "createTableDefaultPermissions": EVERYTHING}),),
        "critical", "each table that is made is the stranger's too (botocore, DataLakeSettings)"),
    Attack("a stranger's account gets what is created in a database", STRANGER, (aws("glue/CatalogDatabase", {
        "name": "orders", "createTableDefaultPermissions": IN_CATALOGUE, "tags": TAGS}),),
        "critical", "each table that is made is the stranger's too (AWS Glue, DatabaseInput)"),
    Attack("a stranger's account gets what is created in a catalogue", STRANGER, (aws("glue/Catalog", {
        "name": "lake", "createDatabaseDefaultPermissions": IN_CATALOGUE, "tags": TAGS,
        "catalogProperties": {"dataLakeAccessProperties": {"kmsKey": KEY}}}),),
        "critical", "each database that is made is the stranger's too (AWS Glue, CatalogInput)"),
    Attack("images of machines are copied to a stranger", STRANGER, (aws("imagebuilder/DistributionConfiguration", {
        **AMI, "distributions": [{"region": "me-central-1", "amiDistributionConfiguration": {
            "name": "base-{{ imagebuilder:buildDate }}", "kmsKeyId": KEY, "targetAccountIds": [THEM]}}]}),),
        "critical", "each listed account receives its own copy (botocore, AmiDistributionConfiguration)"),
    Attack("launch templates of a stranger start the image", STRANGER, (aws("imagebuilder/DistributionConfiguration", {
        **AMI, "distributions": [{"region": "me-central-1", "launchTemplateConfigurations": [
            {"accountId": THEM, "launchTemplateId": "lt-0123456789abcdef0"}]}]}),),
        "minor", "the stranger's machines are of the image (botocore, LaunchTemplateConfiguration)"),
    Attack("notebooks run containers of a stranger", STRANGER, (aws("sagemaker/Domain", {
        **STUDIO, "domainSettings": {"dockerSettings": {"vpcOnlyTrustedAccounts": [THEM]}}}),),
        "major", "images of the account run with the role of the notebook (Amazon SageMaker AI, DockerSettings)"),
    Attack("a stranger signs addresses of the private files", STRANGER, (aws("cloudfront/Distribution", {
        **SITE, "defaultCacheBehavior": {**BEHAVIOUR, "trustedSigners": [THEM]}}),),
        "critical", "whoever has a signed address gets the file (Amazon CloudFront, TrustedSigners)"),
    Attack("another way of the files is signed by a stranger", STRANGER, (aws("cloudfront/Distribution", {
        **SITE, "orderedCacheBehaviors": [{**BEHAVIOUR, "pathPattern": "/x/*", "trustedSigners": [THEM]}]}),),
        "critical", "whoever has a signed address gets the file (Amazon CloudFront, TrustedSigners)"),
    Attack("requests are led into the network of a stranger", STRANGER, (aws("cloudfront/Distribution", {
        **SITE, "origins": [{"domainName": "internal-x.me-central-1.elb.amazonaws.com", "originId": "files",
                             "vpcOriginConfig": {"vpcOriginId": "vo-1", "ownerAccountId": THEM}}]}),),
        "critical", "the stranger answers in the name of the bank (Amazon CloudFront, VpcOriginConfig)"),
    Attack("the network of a stranger is attached to the line to the head office", STRANGER, (
        aws("directconnect/GatewayAssociation", {
            "dxGatewayId": "g-1", "proposalId": "p-1", "associatedGatewayOwnerAccountId": THEM}),),
        "critical", "the stranger reaches the head office (AWS Direct Connect, 'Virtual private gateway associations "
        "across accounts')"),
    Attack("the search domain asks the one of a stranger", STRANGER, (aws("opensearch/OutboundConnection", {
        "connectionAlias": "partner", "localDomainInfo": {
            "ownerId": ME, "domainName": "orders", "region": "me-central-1"},
        "remoteDomainInfo": {"ownerId": THEM, "domainName": "collector", "region": "me-central-1"}}),),
        "major", "searches, with what is looked for, go there (Amazon OpenSearch Service, 'Cross-cluster search')"),
    Attack("snapshots of a stranger are copied as soon as he shares them", STRANGER, (aws("dlm/LifecyclePolicy", {
        "description": "x", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "tags": TAGS, "policyDetails": {
            "policyType": "EVENT_BASED_POLICY", "action": {"name": "copy", "crossRegionCopies": [
                {"target": "me-central-1", "encryptionConfiguration": {"encrypted": True, "cmkArn": KEY}}]},
            "eventSource": {"type": "MANAGED_CWE", "parameters": {
                "eventType": "shareSnapshot", "snapshotOwners": [THEM], "descriptionRegex": "^.*$"}}}}),),
        "major", "disks that a stranger filled are taken for own ones (Amazon Data Lifecycle Manager)"),
    Attack("stacks are deployed into a stranger's account", STRANGER, (aws("cloudformation/StackSetInstance", {
        "stackSetName": "base", "accountId": THEM}),),
        "major", "templates, with what they contain, are created there (AWS CloudFormation, 'StackSets')"),
    Attack("stacks are deployed into accounts of strangers", STRANGER, (aws("cloudformation/StackInstances", {
        "stackSetName": "base", "regions": ["me-central-1"], "accounts": [THEM]}),),
        "major", "templates, with what they contain, are created there (AWS CloudFormation, 'StackSets')"),
    Attack("a stranger administers the audits", STRANGER, (aws("auditmanager/AccountRegistration", {
        "delegatedAdminAccount": THEM, "kmsKey": KEY}),),
        "critical", "evidence of every account lies with the stranger (AWS Audit Manager, 'Delegated administrator')"),
    Attack("a product is rolled out into a stranger's account", STRANGER, (aws("servicecatalog/ProvisionedProduct", {
        "name": "x", "productId": "prod-1", "provisioningArtifactId": "pa-1", "tags": TAGS,
        "stackSetProvisioningPreferences": {"accounts": [THEM], "regions": ["me-central-1"]}}),),
        "major", "accounts in the list get the product (AWS Service Catalog, ProvisioningPreferences)"),
    Attack("an access point leads to the bucket of a stranger", STRANGER, (aws("s3/AccessPoint", {
        "bucket": "bank-orders", "bucketAccountId": THEM, "name": "orders", "vpcConfiguration": {"vpcId": "vpc-1"},
        "tags": TAGS}),),
        "critical", "what is written to it is the stranger's (Amazon S3, CreateAccessPoint BucketAccountId)"),
    Attack("a name for several buckets leads to a stranger's", STRANGER, (aws("s3control/MultiRegionAccessPoint", {
        "details": {"name": "orders", "regions": [{"bucket": "bank-orders", "bucketAccountId": THEM}]}}),),
        "critical", "what is written to it is the stranger's (Amazon S3, CreateMultiRegionAccessPoint)"),
    Attack("invoices are sent to a stranger", STRANGER, (aws("invoicing/InvoiceUnit", {
        "name": "x", "invoiceReceiver": THEM, "rules": [{"linkedAccounts": [ME]}], "tags": TAGS}),),
        "minor", "the stranger reads what is used (AWS Invoicing, CreateInvoiceUnit InvoiceReceiver)"),
)  # fmt: skip
