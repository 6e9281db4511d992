"""Values that satisfy, and values that violate, the conditions that cannot be derived from their requirement text."""

import json

from guardrails.cost.buckets import ABORTS_UPLOADS
from guardrails.cost.pipeline_machines import FEW_MACHINES
from guardrails.encryption.at_rest.aws.ai_and_analytics import KEYED_VOLUMES
from guardrails.encryption.at_rest.azure.storage import MADE_PLAIN
from guardrails.encryption.transit.addresses import ENCRYPTED_SCHEME, NOT_PLAINTEXT
from guardrails.encryption.transit.azure import STRONG_SHARES, STRONG_SUITES
from guardrails.exposure.aws import (
    NOT_FROM_PUBLIC,
    OPEN_ADDRESSES,
    SHARING_SETTING,
    SUBDIRECTORY,
    TOKENS_REQUIRED,
)
from guardrails.exposure.azure import (
    ANSWERS_APART,
    FOR_PROGRAMS,
    NO_MANAGEMENT,
    NOT_SET_TO_TRUE,
    OWN_NAME,
    OWN_TENANT,
    SIGNED_TOKENS,
)
from guardrails.exposure.azure_networks import WIDE_PREFIX
from guardrails.exposure.cors import NAMED_IN_HEADERS, NAMED_ORIGINS
from guardrails.exposure.traffic_filters import LOOKS_AT_TEXTS
from guardrails.exposure.verified_access import LIMITED_PERMITS
from guardrails.identity.app_service import NOT_EVERY_PATH, REGISTRY_IMAGE
from guardrails.identity.aws_attachments import HOST_SETTING
from guardrails.identity.aws_data import (
    KAFKA_AUTHENTICATION,
    LEAVES_OUT,
    LIMITED_PERMIT,
    LIMITED_TOKENS,
    LISTED_CLIENTS,
    NAMED_PRINCIPALS,
    NOT_EVERY_IDENTITY,
    WITH_PASSWORD,
)
from guardrails.identity.azure import MANAGED_IDENTITY
from guardrails.identity.eks_identities import PREFIX, PREFIX_IF_SET
from guardrails.readers.cidrs import NARROW_ADDRESSES
from guardrails.residency.azure import NAMED_DESTINATION
from guardrails.residency.connectors import AZURE_API, DAPR_COMPONENT, INSIDE_EXTENSIONS
from guardrails.resilience.data_protection import KEEPS_IMAGES
from guardrails.resilience.log_retention import AUDITED_CONNECTIONS, AUDITED_STATEMENTS, WHO_CONNECTS
from guardrails.unverifiable.add_ons import OF_NO_VENDOR


def _step(**resources: object) -> str:
    """Returns a pipeline of SageMaker with one step that has these resources."""
    return json.dumps({"Steps": [{"Type": "Training", "Arguments": {"ResourceConfig": resources}}]})


def _expires(status: str, count: int) -> str:
    """Returns a lifecycle policy of images that keeps `count` images with tags of a status."""
    selection = {"tagStatus": status, "countType": "imageCountMoreThan", "countNumber": count}
    return json.dumps({"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]})


_FOR_ONE = "<audiences><audience>a</audience></audiences>"
_ENTRA = "validate-azure-ad-token"
_TENANT = f'<{_ENTRA} tenant-id="11111111-2222-3333-4444-555555555555">{_FOR_ONE}</{_ENTRA}>'

SAMPLES: dict[int, tuple[list[object], list[object]]] = {
    id(AUDITED_CONNECTIONS): (["CONNECTION", "ddl, connection"], ["DDL,DCL", "GENERAL"]),
    id(MADE_PLAIN): (
        [{"createOption": "FromImage", "managedDisk": {"diskEncryptionSet": {"id": "something"}}}],
        [
            {"createOption": "attach", "managedDisk": {"id": "something"}},
            {"managedDisk": {"securityProfile": {"securityEncryptionType": "DiskWithVMGuestState"}}},
        ],
    ),
    id(ENCRYPTED_SCHEME): (["true", "tcp://localhost:1883"], ["tcp://10.0.0.4:1883", "amqp://user@10.0.0.4:5672"]),
    id(LEAVES_OUT): (
        [{"columnNames": ["team"]}, {"rowFilter": {"filterExpression": "team = 'risk'"}}],
        [{"columnWildcard": {}}, {"rowFilter": {"filterExpression": "1 = 1"}}],
    ),
    id(LIMITED_TOKENS): (
        [{"allowedClients": ["portal"]}, {"customClaims": [{"inboundTokenClaimName": "team"}]}],
        [{"discoveryUrl": "https://10.0.0.4/.well-known/openid-configuration"}, {"allowedAudiences": []}],
    ),
    id(LOOKS_AT_TEXTS): ([["TEXT"], ["IMAGE", "TEXT"]], [["IMAGE"]]),
    id(NAMED_DESTINATION): (["bank.uaenorth.azurecontainerapps.io"], ["*", "*.ae", ""]),
    id(TOKENS_REQUIRED): (
        [{"httpTokens": "required"}, {"httpEndpoint": "disabled"}, [{"httpTokens": "required"}]],
        [{"httpTokens": "optional"}, {"httpEndpoint": "enabled"}],
    ),
    id(FEW_MACHINES): ([_step(InstanceCount=8), "{}"], [_step(InstanceCount=9), _step(InstanceCount="100")]),
    id(KEYED_VOLUMES): (
        [
            _step(VolumeSizeInGB=9, VolumeKmsKeyId="k"),
            _step(VolumeSizeInGB=9, VolumeKmsKeyId={"Get": "Parameters.Key"}),
        ],
        [_step(VolumeSizeInGB=9), _step(VolumeSizeInGB=9, VolumeKmsKeyId="alias/aws/ebs")],
    ),
    id(NOT_FROM_PUBLIC): (
        ['[{"AllowFromPublic": false, "SourceVPCEs": ["vpce-1"]}]'],
        ['[{"AllowFromPublic": true}]', '[{"AllowFromPublic": false}, {"AllowFromPublic": true}]'],
    ),
    id(WIDE_PREFIX): (
        ["0.0.0.0/0", "128.0.0.0/1", "::/0", "64.0.0.0/2"],
        ["10.0.0.0/8", "AzureCloud", "203.0.113.0/24"],
    ),
    id(LIMITED_PERMITS): (
        [
            'permit(principal, action, resource) when { context.idc.groups has "a" };',
            'permit(principal,action,resource) when {context["idc"].user.email like "*@bank.ae" && context has idc};',
            'permit(principal,action,resource) unless {context.idc.groups.contains("guests")};',
        ],
        [
            "permit(principal, action, resource) when { context has http_request };",
            'permit(principal, action, resource) when { context.http_request.http_method == "GET" };',
            'permit(principal, action, resource) when { context.idc.user.email like "*" };',
            "permit(principal, action, resource) when { context has idc };",
            "permit(principal, action, resource);",
            "permit(principal,action,resource) when {true};permit(principal,a,b);",
        ],
    ),
    id(SIGNED_TOKENS): (
        [
            f'<validate-jwt header-name="A"><openid-config url="https://a" />{_FOR_ONE}</validate-jwt>',
            f'<validate-jwt require-signed-tokens="true"><issuer-signing-keys><key /></issuer-signing-keys>{_FOR_ONE}',
            "<inbound><base /><!-- <validate-jwt> --></inbound>",
        ],
        [
            f'<validate-jwt header-name="A">{_FOR_ONE}</validate-jwt>',
            f"<validate-jwt require-signed-tokens = 'False'><openid-config url='https://a' />{_FOR_ONE}</validate-jwt>",
            f'<validate-jwt require-expiration-time="false"><openid-config url="https://a" />{_FOR_ONE}</validate-jwt>',
            f'<validate-jwt><!-- <openid-config url="https://a" /> -->{_FOR_ONE}</validate-jwt>',
        ],
    ),
    id(OWN_TENANT): (
        [_TENANT],
        [f'<validate-azure-ad-token tenant-id="common">{_FOR_ONE}</validate-azure-ad-token>'],
    ),
    id(FOR_PROGRAMS): (
        [_TENANT],
        ['<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555" />'],
    ),
    id(ANSWERS_APART): (
        [
            '<inbound><cache-lookup vary-by-developer="true" allow-private-response-caching="true" /></inbound>',
            '<inbound><cache-lookup vary-by-developer="false" downstream-caching-type="none" /></inbound>',
        ],
        ['<inbound><cache-lookup vary-by-developer="false" allow-private-response-caching="true" /></inbound>'],
    ),
    id(NO_MANAGEMENT): (
        ['<inbound><authentication-managed-identity resource="https://cognitiveservices.azure.com" /></inbound>'],
        ['<inbound><authentication-managed-identity resource="https://management.azure.com/" /></inbound>'],
    ),
    id(OWN_NAME): (
        ['<inbound><set-header name="X-User" exists-action="override"><value>@(context.User.Id)</value></set-header>'],
        ['<inbound><set-header name="X-User" exists-action="skip"><value>@(context.User.Id)</value></set-header>'],
    ),
    id(LISTED_CLIENTS): (
        ["allow.everyone.if.no.acl.found=false", "auto.create.topics.enable=true"],
        ["allow.everyone.if.no.acl.found=true", "a=1\n allow.everyone.if.no.acl.found : true \nb=2"],
    ),
    id(WITH_PASSWORD): (["on ~app:* +@read"], ["on nopass ~* +@all", "on ~* NOPASS"]),
    id(WHO_CONNECTS): (["on", "ALL", "receipt,authentication"], ["off", "receipt", ""]),
    id(AUDITED_STATEMENTS): (["ddl,role", "all,-misc"], ["none", "", "ddl,-ddl", "role,-all"]),
    id(INSIDE_EXTENSIONS): (["VECTOR,PG_TRGM"], ["AZURE_STORAGE,VECTOR", "vector, dblink"]),
    id(STRONG_SHARES["versions"]): (["SMB3.1.1"], ["SMB2.1;SMB3.1.1"]),
    id(STRONG_SHARES["authenticationMethods"]): (["Kerberos"], ["NTLMv2;Kerberos"]),
    id(STRONG_SHARES["kerberosTicketEncryption"]): (["AES-256"], ["RC4-HMAC;AES-256"]),
    id(SUBDIRECTORY): (["/models"], ["/", ""]),
    id(OPEN_ADDRESSES): ([["0.0.0.0/0"]], [["203.0.113.0/24"]]),
    id(NARROW_ADDRESSES): (
        [["203.0.113.0/24"], ["203.0.113.0/24", "198.51.100.7"]],
        [
            [],
            ["0.0.0.0/0"],
            ["203.0.113.0/24", "0.0.0.0/1", "128.0.0.0/1"],
            ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"],
        ],
    ),
    id(ABORTS_UPLOADS): (
        [[{"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]],
        [
            [],
            [{"status": "Enabled"}],
            [{"status": "Disabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}],
        ],
    ),
    id(SHARING_SETTING): (
        ["/ssm/documents/console/public-sharing-permission"],
        ["/ssm/parameter-store/default-parameter-tier"],
    ),
    id(HOST_SETTING): (
        ["/ssm/managed-instance/default-ec2-instance-management-role"],
        ["/ssm/parameter-store/default-parameter-tier"],
    ),
    id(KAFKA_AUTHENTICATION): (
        [{"sasl": {"iam": True}}, {"tls": {"certificateAuthorityArns": ["arn"]}, "unauthenticated": False}],
        [{"unauthenticated": True}, {"sasl": {"iam": True}, "unauthenticated": True}],
    ),
    id(NAMED_PRINCIPALS): (
        ["arn:aws:iam::123456789012:root", ["arn:aws:iam::123456789012:role/reader"]],
        ["*", ["arn:aws:iam::123456789012:root", "*"]],
    ),
    id(NOT_EVERY_IDENTITY): (
        ["arn:aws:iam::123456789012:role/reader"],
        ["IAM_ALLOWED_PRINCIPALS", "123456789012:IAMPrincipals"],
    ),
    id(LIMITED_PERMIT): (
        [
            'permit(principal in Team::"ai", action, resource);',
            'permit(principal, action, resource) when { principal.team == "ai" };',
        ],
        ["permit(principal, action, resource);", "permit ( principal,action , resource )\n;"],
    ),
    id(PREFIX): (["oidc:", "gitlab-"], ["-", "", "system:"]),
    id(PREFIX_IF_SET): (["oidc:", "gitlab-"], ["-", "", "system:"]),
    id(NOT_EVERY_PATH): ([["/healthz"], "/healthz;/ready"], [["/"], ["/healthz", "/*"], "/healthz;/"]),
    id(MANAGED_IDENTITY): (["SystemAssigned", "SystemAssigned, UserAssigned"], ["None", ""]),
    id(REGISTRY_IMAGE): (["DOCKER|example.azurecr.io/app:1.0"], ["PYTHON|3.12"]),
    id(NOT_SET_TO_TRUE): ([False], [True]),
    id(NAMED_IN_HEADERS): (
        [
            [{"headerName": "Access-Control-Allow-Origin", "headerValue": "https://portal.internal"}],
            [{"headerName": "Access-Control-Allow-Headers", "headerValue": "*"}],
        ],
        [
            [{"headerName": "Access-Control-Allow-Origin", "headerValue": "*"}],
            [{"headerName": "access-control-allow-origin", "headerValue": "{http_req_origin}"}],
        ],
    ),
    id(NAMED_ORIGINS): (
        [["https://pages.example.ae"], "https://a.example.ae,https://b.example.ae"],
        [["*"], "https://a.example.ae, *", ["https://a.example.ae", "https://*"]],
    ),
    id(STRONG_SUITES): (
        [
            ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
            "TLS_AES_128_GCM_SHA256",
        ],
        [
            ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384"],
            ["TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"],
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        ],
    ),
    id(AZURE_API): (
        ["/subscriptions/s/providers/Microsoft.Web/locations/uaenorth/managedApis/azureblob"],
        ["/subscriptions/s/providers/Microsoft.Web/locations/uaenorth/managedApis/dropbox", ""],
    ),
    id(DAPR_COMPONENT): (
        ["state.azure.blobstorage", "pubsub.kafka"],
        ["bindings.gcp.bucket", "bindings.twilio.sms", ""],
    ),
    id(KEEPS_IMAGES): ([_expires("untagged", 1), _expires("any", 20)], ["{}", _expires("any", 1)]),
    id(OF_NO_VENDOR): (["vpc-cni", "metrics-server"], ["datadog_operator", "new-relic_kubernetes-operator"]),
    id(NOT_PLAINTEXT): (
        ["https://api.example.internal"],
        ["http://api.example.internal", "HTTP://api.example.internal", "ws://api.example.internal"],
    ),
}
