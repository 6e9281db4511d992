"""Good uses of AWS that the table of switches refused until its second reading, and those beside its attacks
(`attacks/fields_awsa_second.py`), 2026-11-29.
"""

from ..attacks.fields_awsa_second import ASK, OBJECT, RESTORE, R
from ..attacks.fields_awsb_watch import AUTHORITY
from ..blind import ME, TAGS, aws
from . import Idiom
from .fourth import AWS_DOCS

T = {"tags": TAGS}


def _authorizer(source: str) -> Idiom:
    return Idiom(f"an authorizer remembers its answer by the credential ({source})", (
        aws("apigateway/Authorizer", {"restApi": "a", "name": "tokens", "type": "REQUEST", "authorizerUri": ASK,
                                      "identitySource": source}),),
        f"{AWS_DOCS}/apigateway/latest/api/API_CreateAuthorizer.html")  # fmt: skip


IDIOMS = (
    *map(_authorizer, ("method.request.header.Auth", "method.request.header.X-Auth,method.request.querystring.Name",
                       "context.identity.clientCert.serialNumber", "method.request.header.Authorization,context.path")),
    Idiom("who may not empty the cache of an API gets its answer and a warning", (aws("apigateway/MethodSettings", {
        "restApi": "a", "stageName": "p", "methodPath": "*/*", "settings": {
            "loggingLevel": "ERROR", "requireAuthorizationForCacheControl": True,
            "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER"}}),),
        f"{AWS_DOCS}/apigateway/latest/developerguide/api-gateway-caching.html"),
    Idiom("clusters of EMR of the account filter rows by Lake Formation", (aws("lakeformation/DataLakeSettings", {
        "admins": [f"arn:aws:iam::{ME}:role/lake-admin"], "allowExternalDataFiltering": True,
        "externalDataFilteringAllowLists": [ME], "authorizedSessionTagValueLists": ["Amazon EMR"]}),),
        f"{AWS_DOCS}/emr/latest/ManagementGuide/emr-lake-formation.html"),
    Idiom("a private certificate needs no public log", (aws("acm/Certificate", {
        "domainName": "orders.internal.bank.ae", "keyAlgorithm": "EC_prime256v1",
        "certificateAuthorityArn": f"arn:aws:acm-pca:{R}:{ME}:certificate-authority/1111",
        "options": {"certificateTransparencyLoggingPreference": "DISABLED"}, **T}),),
        f"{AWS_DOCS}/acm/latest/APIReference/API_CertificateOptions.html"),
    Idiom("revocations lie in a bucket that the authority's clients may read", (aws("acmpca/CertificateAuthority", {
        **AUTHORITY, "permanentDeletionTimeInDays": 14, "revocationConfiguration": {"crlConfiguration": {
            "enabled": True, "expirationInDays": 7, "s3BucketName": "crl",
            "s3ObjectAcl": "BUCKET_OWNER_FULL_CONTROL"}}}),),
        f"{AWS_DOCS}/privateca/latest/userguide/crl-planning.html"),
    Idiom("an identity pool asks whether the user is still signed in", (aws("cognito/IdentityPool", {
        "identityPoolName": "portal", "allowUnauthenticatedIdentities": False, "cognitoIdentityProviders": [{
            "clientId": "c", "providerName": f"cognito-idp.{R}.amazonaws.com/{R}_abc",
            "serverSideTokenCheck": True}], **T}),),
        f"{AWS_DOCS}/cognitoidentity/latest/APIReference/API_CognitoIdentityProvider.html"),
    Idiom("the region of the bank is on, and one abroad is off", (
        aws("account/Region", {"regionName": R, "enabled": True}, "home"),
        aws("account/Region", {"regionName": "eu-central-2", "enabled": False}, "abroad")),
        f"{AWS_DOCS}/accounts/latest/reference/manage-acct-regions.html"),
    Idiom("a restore is tested on a small machine of a private network", (aws("backup/RestoreTestingSelection", {
        **RESTORE, "protectedResourceType": "EC2", "restoreMetadataOverrides": {
            "instanceType": "t3.small", "requireImdsV2": "true", "subnetId": "subnet-1"}}),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/restore-testing-inferred-metadata.html"),
    Idiom("plans of backup leave services out that nobody uses", (aws("backup/RegionSettings", {
        "resourceTypeOptInPreference": {"EBS": True, "DSQL": True, "Redshift Serverless": True, "VirtualMachine": False,
                                        "Storage Gateway": False, "SAP HANA on Amazon EC2": False}}),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/assigning-resources.html"),
    Idiom("an object without a hold goes with the stack", (aws("s3/BucketObjectv2", {
        **OBJECT, "content": "x", "serverSideEncryption": "aws:kms", "forceDestroy": False, **T}),),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/object-lock.html"),
)  # fmt: skip
