"""Good idioms beside what was mended with the tenth set (2026-11-28; not blind)."""

from ..blind import KEY, ME, TAGS, aws, az
from . import Idiom
from .aws_platform import bucket
from .fourth import AWS_DOCS, HERE, LEARN, OURS, RG, R
from .ninth_aws import arn, kept

CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("clients of partners have certificates of an authority in the stack's bucket", (*bucket("bank-authority"),
        aws("lb/TrustStore", {"name": "partners", "caCertificatesBundleS3Bucket": "bank-authority",
                              "caCertificatesBundleS3Key": "bundle.pem", "tags": TAGS}, "partners",
            links={"caCertificatesBundleS3Bucket": ("bucket",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/mutual-authentication.html", {
            **kept("bucket"), "cost": {"unpriced": {"aws:lb/trustStore:TrustStore::partners": {
                "aed_per_month": 20, "reason": "approved with the budget of the platform"}}}}),
    Idiom("an old bucket of logs lists its owner only", (*bucket("bank-old"),
        aws("s3/BucketAcl", {"bucket": "bank-old", "accessControlPolicy": {
            "owner": {"id": CANONICAL}, "grants": [
                {"permission": "FULL_CONTROL", "grantee": {"type": "CanonicalUser", "id": CANONICAL}}]}}, "acl",
            links={"bucket": ("bucket",)})), f"{AWS_DOCS}/AmazonS3/latest/userguide/acl-overview.html", kept("bucket")),
    Idiom("a branch of the bank joins the wide network", (az("network:VpnSite", {
        **HERE, "vpnSiteName": "deira", "virtualWan": {"id": f"{OURS}.Network/virtualWans/wan"},
        "addressSpace": {"addressPrefixes": ["10.30.0.0/24"]}, "vpnSiteLinks": [{
            "name": "first", "ipAddress": "203.0.113.30", "linkProperties": {
                "linkProviderName": "isp", "linkSpeedInMbps": 100}}]}, "deira"),),
        f"{LEARN}/virtual-wan/virtual-wan-site-to-site-portal", {"residency": {"known": {
            "203.0.113.30": "the bank's branch in Deira"}}}),
    Idiom("one control that does not apply is named in the settings", (
        aws("securityhub/StandardsControlAssociation", {
            "associationStatus": "DISABLED", "securityControlId": "Macie.1",
            "updatedReason": "The service is not in the region",
            "standardsArn": "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"}, "macie"),),
        f"{AWS_DOCS}/securityhub/latest/userguide/disable-controls-overview.html", {"escape": {"allowed_switches": {
            "aws:securityhub/standardsControlAssociation:StandardsControlAssociation:associationStatus":
                "controls of services that the region does not have"}}}),
    Idiom("a table of the lake is copied into the second bucket for tables", (aws("s3tables/TableReplication", {
        "role": f"arn:aws:iam::{ME}:role/copy", "tableArn": f"arn:aws:s3tables:{R}:{ME}:bucket/lake/table/1111",
        "rule": {"destinations": [{"destinationTableBucketArn": f"arn:aws:s3tables:{R}:{ME}:bucket/lake-copy"}]}},
        "copy"),), f"{AWS_DOCS}/AmazonS3/latest/userguide/s3-tables-replication-tables.html"),
    Idiom("administrators of the lake are the people who govern data", (aws("lakeformation/DataLakeSettings", {
        "admins": [f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/{R}/AWSReservedSSO_DataGovernance_1a2b3c",
                   f"arn:aws:iam::{ME}:role/lake-admin"],
        "createDatabaseDefaultPermissions": [], "createTableDefaultPermissions": []}, "lake"),),
        f"{AWS_DOCS}/lake-formation/latest/dg/initial-lf-config.html"),
    Idiom("a team has a namespace of the cluster with quotas and closed networks", (
        az("containerservice:ManagedNamespace", {
            **HERE, "resourceName": "aks", "managedNamespaceName": "claims", "properties": {
                "adoptionPolicy": "Never", "deletePolicy": "Keep",
                "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"},
                "defaultNetworkPolicy": {"ingress": "AllowSameNamespace", "egress": "AllowSameNamespace"},
                "defaultResourceQuota": {"cpuRequest": "8", "cpuLimit": "16", "memoryRequest": "32Gi",
                                         "memoryLimit": "64Gi"}}}, "claims"),), f"{LEARN}/aks/managed-namespaces"),
    Idiom("traces are encrypted with the bank's key", (aws("xray/EncryptionConfig", {"type": "KMS", "keyId": KEY},
                                                           "traces"),),
        f"{AWS_DOCS}/xray/latest/devguide/xray-console-encryption.html"),
    Idiom("analysts see a folder of analyses by their group", (
        aws("quicksight/Group", {"groupName": "analysts", "namespace": "default"}, "analysts"),
        aws("quicksight/Folder", {"folderId": "claims", "name": "Claims", "tags": TAGS, "permissions": [
            {"principal": arn("quicksight", "group/default/analysts"), "actions": ["quicksight:DescribeFolder"]}]},
            "claims")), f"{AWS_DOCS}/quicksight/latest/user/folders.html"),
    Idiom("the workspace of a team in the gateway has its own operations", (
        az("apimanagement:Workspace", {**RG, "serviceName": "apim-bank", "workspaceId": "claims",
                                       "displayName": "Claims"}, "claims"),
        az("apimanagement:WorkspaceTag", {**RG, "serviceName": "apim-bank", "workspaceId": "claims", "tagId": "v1",
                                          "displayName": "v1"}, "v1"),
        az("apimanagement:WorkspaceApiVersionSet", {
            **RG, "serviceName": "apim-bank", "workspaceId": "claims", "versionSetId": "claims",
            "displayName": "Claims", "versioningScheme": "Segment"}, "versions")),
        f"{LEARN}/api-management/workspaces-overview"),
)  # fmt: skip
