"""Other AWS accounts and organisations get access only if the settings list them.

Policies name accounts as principals and in conditions; other resources in a property. Whatever a resource sends to,
calls, reads or is started by, it names by an ARN or the address of a queue: in a property, in the texts of its
definition, or in an object of Kubernetes. The rule applies as soon as an account is known to be one's own: the provider
states it (`allowedAccountIds`, the role that it assumes), or the settings list it under `identity.trusted`; from then
on organisations must be listed too. As soon as an account is listed, providers deploy to listed accounts only.
"""

import re
from collections.abc import Collection, Iterator

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, leaves, walk
from ..engine.rows import Guardrail, Predicate, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.aws_accounts import is_known, own_accounts, owner_of
from ..readers.iam_conditions import as_tuple
from ..readers.leaf_cache import cached_by_leaf
from ..readers.policy_documents import ParsedStatement, judge_statements
from ..readers.resource_policies import DOCUMENTS, resolve_when_known
from ..readers.texts import Leaf, read_texts

GRANTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("acmpca/Permission"), ("sourceAccount",)),
    **dict.fromkeys(aws("appmesh/GatewayRoute", "appmesh/Route", "appmesh/VirtualGateway", "appmesh/VirtualNode",
                        "appmesh/VirtualRouter", "appmesh/VirtualService"), ("meshOwner",)),
    **dict.fromkeys(aws("auditmanager/FrameworkShare"), ("destinationAccount",)),
    **dict.fromkeys(aws("auditmanager/AccountRegistration"), ("delegatedAdminAccount",)),
    **dict.fromkeys(aws("backup/Plan"), ("rules[*].copyActions?.destinationVaultArn",)),
    **dict.fromkeys(aws("cleanrooms/Collaboration"), ("members[*].accountId",)),
    **dict.fromkeys(aws("cloudformation/StackInstances"), ("accounts", "deploymentTargets?.accounts?")),
    **dict.fromkeys(aws("cloudformation/StackSetInstance"), ("accountId", "deploymentTargets?.accounts?")),
    **dict.fromkeys(aws("cloudfront/Distribution"), (
        "defaultCacheBehavior.trustedSigners?", "orderedCacheBehaviors[*].trustedSigners?",
        "origins[*].vpcOriginConfig?.ownerAccountId?")),
    **dict.fromkeys(aws("cloudwatch/EventPermission"), ("principal", "condition?.value?")),
    **dict.fromkeys(aws("licensemanager/LicenseGrant"), ("principal",)),
    # Packages are published there, and loaded from there (AWS CodeArtifact API, domainOwner, botocore 1.44.8).
    **dict.fromkeys(aws("codeartifact/Repository"), ("domainOwner",)),
    **dict.fromkeys(aws("datazone/Environment"), ("accountIdentifier",)),
    **dict.fromkeys(aws("datazone/EnvironmentProfile"), ("awsAccountId",)),
    **dict.fromkeys(aws("directoryservice/SharedDirectory"), ("target.id",)),
    **dict.fromkeys(aws("ec2/AmiLaunchPermission"), ("accountId", "organizationArn", "organizationalUnitArn")),
    **dict.fromkeys(aws("cfg/AggregateAuthorization"), ("accountId",)),
    **dict.fromkeys(aws("auditmanager/OrganizationAdminAccountRegistration"), ("adminAccountId",)),
    **dict.fromkeys(aws("detective/OrganizationAdminAccount", "fis/TargetAccountConfiguration", "fms/AdminAccount",
                        "inspector2/DelegatedAdminAccount"), ("accountId",)),
    **dict.fromkeys(aws("ec2/VpcIpamOrganizationAdminAccount"), ("delegatedAdminAccountId",)),
    **dict.fromkeys(aws("directconnect/HostedConnection", "directconnect/HostedPrivateVirtualInterface",
                        "directconnect/HostedPublicVirtualInterface", "directconnect/HostedTransitVirtualInterface"),
                    ("ownerAccountId",)),
    **dict.fromkeys(aws("directconnect/GatewayAssociation"), ("associatedGatewayOwnerAccountId",)),
    **dict.fromkeys(aws("directconnect/GatewayAssociationProposal"), ("dxGatewayOwnerAccountId",)),
    **dict.fromkeys(aws("dlm/LifecyclePolicy"), ("policyDetails.eventSource?.parameters?.snapshotOwners?",)),
    **dict.fromkeys(aws("ec2/NetworkInterfacePermission"), ("awsAccountId",)),
    **dict.fromkeys(aws("ec2/VpcPeeringConnection"), ("peerOwnerId",)),
    **dict.fromkeys(aws("ec2transitgateway/PeeringAttachment"), ("peerAccountId",)),
    **dict.fromkeys(aws("ecr/PullThroughCacheRule"), ("upstreamRegistryUrl",)),
    **dict.fromkeys(aws("glue/Catalog"), (
        "createDatabaseDefaultPermissions[*].principal?.dataLakePrincipalIdentifier?",
        "createTableDefaultPermissions[*].principal?.dataLakePrincipalIdentifier?")),
    **dict.fromkeys(aws("glue/CatalogDatabase"), (
        "targetDatabase?.catalogId?",
        "createTableDefaultPermissions[*].principal?.dataLakePrincipalIdentifier?",)),
    **dict.fromkeys(aws("guardduty/InviteAccepter"), ("masterAccountId",)),
    **dict.fromkeys(aws("guardduty/OrganizationAdminAccount", "securityhub/OrganizationAdminAccount",
                        "macie2/OrganizationAdminAccount"), ("adminAccountId",)),
    **dict.fromkeys(aws("imagebuilder/DistributionConfiguration"), (
        "distributions[*].amiDistributionConfiguration?.targetAccountIds?",
        "distributions[*].launchTemplateConfigurations[*].accountId?",
        "distributions[*].ssmParameterConfigurations[*].amiAccountId?")),
    **dict.fromkeys(aws("invoicing/InvoiceUnit"), ("invoiceReceiver",)),
    **dict.fromkeys(aws("macie2/InvitationAccepter"), ("administratorAccountId",)),
    **dict.fromkeys(aws("securityhub/InviteAccepter"), ("masterId",)),
    **dict.fromkeys(aws("securitylake/CustomLogSource"), ("configuration.providerIdentity.principal",)),
    **dict.fromkeys(aws("securitylake/Subscriber"), ("subscriberIdentity.principal",)),
    **dict.fromkeys(aws("ec2/SnapshotCreateVolumePermission", "organizations/DelegatedAdministrator",
                        "cloudtrail/OrganizationDelegatedAdminAccount"), ("accountId",)),
    **dict.fromkeys(aws("ec2/VpcEndpointService"), ("allowedPrincipals",)),
    **dict.fromkeys(aws("ec2/VpcEndpointServiceAllowedPrinciple"), ("principalArn",)),
    **dict.fromkeys(aws("eks/AccessEntry", "eks/AccessPolicyAssociation"), ("principalArn",)),
    **dict.fromkeys(aws("globalaccelerator/CrossAccountAttachment", "ram/ResourceShareAssociationsExclusive"),
                    ("principals",)),
    **dict.fromkeys(aws("kms/Grant"), ("granteePrincipal", "retiringPrincipal")),
    **dict.fromkeys(aws("lambda/LayerVersionPermission"), ("principal", "organizationId")),
    **dict.fromkeys(aws("lambda/Permission"), ("principal", "sourceAccount", "sourceArn", "principalOrgId")),
    **dict.fromkeys(aws("lakeformation/DataLakeSettings"), (
        "externalDataFilteringAllowLists", "trustedResourceOwners", "createDatabaseDefaultPermissions[*].principal?",
        "createTableDefaultPermissions[*].principal?")),
    **dict.fromkeys(aws("lakeformation/OptIn"), ("principals[*].dataLakePrincipalIdentifier",)),
    **dict.fromkeys(aws("lakeformation/Permissions", "ram/PrincipalAssociation", "signer/SigningProfilePermission"),
                    ("principal",)),
    # Tables of a catalogue of another account, whose rows are in its buckets (botocore 1.44.8: athena,
    # CreateDataCatalogInput.Parameters, and glue, TableIdentifier and DatabaseIdentifier; read 2026-12-01).
    **dict.fromkeys(aws("athena/DataCatalog"), ("parameters?.catalog-id?",)),
    **dict.fromkeys(aws("glue/CatalogTable"), ("targetTable?.catalogId?",)),
    **dict.fromkeys(aws("oam/Link"), ("sinkIdentifier",)),
    **dict.fromkeys(aws("observabilityadmin/CentralizationRuleForOrganization"), ("rule.destination.account",)),
    **dict.fromkeys(aws("opensearch/AuthorizeVpcEndpointAccess", "redshift/EndpointAuthorization"), ("account",)),
    **dict.fromkeys(aws("opensearch/OutboundConnection"), ("remoteDomainInfo.ownerId",)),
    **dict.fromkeys(aws("rds/Snapshot", "rds/ClusterSnapshot", "rds/SnapshotCopy", "rds/ClusterSnapshotCopy"),
                    ("sharedAccounts",)),
    **dict.fromkeys(aws("redshift/DataShareAuthorization"), ("consumerIdentifier",)),
    **dict.fromkeys(aws("redshift/EndpointAccess"), ("resourceOwner",)),
    **dict.fromkeys(aws("redshiftserverless/EndpointAccess"), ("ownerAccount",)),
    **dict.fromkeys(aws("s3/AccessPoint"), ("bucketAccountId",)),
    **dict.fromkeys(aws("s3control/AccessGrant"), ("grantee.granteeIdentifier",)),
    **dict.fromkeys(aws("s3control/MultiRegionAccessPoint"), ("details.regions[*].bucketAccountId?",)),
    **dict.fromkeys(aws("sagemaker/Domain"), ("domainSettings?.dockerSettings?.vpcOnlyTrustedAccounts?",)),
    **dict.fromkeys(aws("servicecatalog/PortfolioShare"), ("principalId",)),
    **dict.fromkeys(aws("servicecatalog/ProvisionedProduct"), ("stackSetProvisioningPreferences?.accounts?",)),
    **dict.fromkeys(aws("ssm/Document"), ("permissions?.account_ids",)),
}  # fmt: skip
"""Type -> paths of the accounts, organisations or identities that get access, are sent to or are taken from. Every
property of pulumi-aws 7.51.1 whose name or documentation speaks of an account was read on 2026-11-29."""

_OBJECTS = "kubernetes:"
_PROVIDER = "pulumi:providers:aws"


def _owners_in(statement: ParsedStatement) -> Iterator[str]:
    """Yields the accounts and organisations that a statement gives access to."""
    for kind, name in statement.principals:
        yield str(name) if kind == "CanonicalUser" and name is not UNKNOWN else owner_of(name)
    for condition in statement.conditions:
        if any(condition.narrows(narrowing) for narrowing in (Narrowing.CALLER, Narrowing.TRUST)):
            yield from (owner_of(value) for value in condition.values)


_LOG_DELIVERY = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"
"""Canonical user awslogsdelivery, to which CloudFront needs a grant for its standard logs (hashicorp/
terraform-provider-aws 01f43111 internal/service/cloudfront/log_delivery_canonical_user_id_data_source.go, which cites
Amazon CloudFront, "Access logs"; read 2026-11-29)."""


def _violation(owners: Iterator[str], known: Collection[str]) -> str:
    stranger = next((owner for owner in owners if owner not in ("", _LOG_DELIVERY) and not is_known(owner, known)), "")
    return f"gives access to {stranger}, which is neither the provider's account nor listed" if stranger else ""


_ACLS = aws("s3/BucketAcl", "s3/BucketAclV2")
_GRANTEES = {
    **dict.fromkeys(aws("s3/Bucket", "s3/BucketV2", "s3/ObjectCopy"), "grants[*].id?"),
    # Whoever gets a grant reads the records of every call; S3 takes no addresses of mail for it since October 2025
    # (botocore 1.44.8, s3, PutBucketLogging, read 2026-11-30).
    **dict.fromkeys(aws("s3/BucketLogging", "s3/BucketLoggingV2"), "targetGrants[*].grantee?.id?"),
}
"""Type -> path of canonical users in a list that does not state the owner."""


def _of_acl(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the canonical users in the access control list of a bucket, an object or its records (botocore
    1.44.8, s3, PutBucketAcl and PutBucketLogging, read 2026-11-30), without the owner where the list states one: grants
    of a bucket do not, so that it is to be listed."""
    if grantees := _GRANTEES.get(resource.type):
        yield from ((path, str(user)) for path, user in walk(resource.props, grantees) if isinstance(user, str))
    if resource.type not in _ACLS:
        return
    owners = [value for _, value in walk(resource.props, "accessControlPolicy?.owner?.id?")]
    for path, value in walk(resource.props, "accessControlPolicy?.grants[*].grantee?.id?"):
        if isinstance(value, str) and value not in owners:
            yield path, value


def _granted(resource: Resource) -> Iterator[tuple[str, Plain]]:
    for pattern in GRANTS.get(resource.type, ()):
        for path, value in walk(resource.props, pattern):
            for item in as_tuple(value):
                yield from ((path, part) for part in _parts(item))


def _parts(value: Plain) -> tuple[Plain, ...]:
    """Returns the accounts in a value: SSM documents list them in one string, with commas."""
    if value is UNKNOWN:
        return ()
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else (value,)


def _called(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the owners of the resources that a resource names, as (path, account): of its ARNs, those inside other
    ARNs (integrations of API Gateway) and texts, and of addresses of queues."""
    if resource.type == _PROVIDER:
        return
    for leaf, owners in _owners_named.among(read_texts(resource).leaves):
        for owner in owners:
            if re.split(r"[.\[]", leaf.path, maxsplit=1)[0] != DOCUMENTS.get(resource.type):
                yield leaf.path, owner


@cached_by_leaf
def _owners_named(leaf: Leaf) -> tuple[str, ...]:
    """Returns the owners of the resources that a leaf names."""
    if not isinstance(leaf.value, str) or _AWS_AUTH.search(leaf.path):
        return ()
    found = _NAMED.finditer(_PUBLISHED.sub("", leaf.value))
    return tuple(match["arn"] or match["queue"] or match["group"] for match in found)


_NAMED = lazy_regex(
    r"\barn:aws[\w-]*:[\w-]+:[\w-]*:(?P<arn>\d{12}):|\bsqs\.[a-z0-9-]+\.amazonaws\.com/(?P<queue>\d{12})/"
    r"|\b(?P<group>\d{12})/sg-[0-9a-f]"
)
"""The account in an ARN, in the address of a queue, and before a security group of a peer."""
_PUBLISHED = lazy_regex(
    r"\barn:aws[\w-]*:lambda:[\w-]*:(?:017000801446|094274105915|858974508948|732604637566|662846165436|739275441131):layer:"
)
"""Layers that AWS publishes to all customers: Powertools for Python and TypeScript in every region, and those of
me-central-1 for parameters and secrets, Lambda Insights (awsdocs/amazon-cloudwatch-user-guide cc40332
doc_source/Lambda-Insights-extension-versionsx86-64.md), AppConfig and OpenTelemetry (the others in public programs;
read 2026-12-01)."""
_AWS_AUTH = lazy_regex(r"\bdata\.map(?:Roles|Users)\b")
"""Access to a cluster in aws-auth, which FJ-IDN-307 evaluates."""


def _deploying_account(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the accounts to which a provider may deploy, as (path, account)."""
    for key in ("allowedAccountIds", "assumeRole", "assumeRoles", "assumeRoleWithWebIdentity"):
        for path, leaf, value in leaves(from_json(resource.get(key)), key, key):
            if leaf in ("allowedAccountIds", "roleArn"):
                yield path, owner_of(value)


def _check_accounts(trusted: Collection[str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        known = own_accounts(resource) | frozenset(trusted)
        for path, owner in _deploying_account(resource) if resource.type == _PROVIDER else ():
            is_stranger = bool(owner) and not is_known(owner, trusted)
            text = f"{path} deploys to account {owner}, which is not listed"
            yield failed(text, path) if is_stranger else passed()
        document = resource.get(DOCUMENTS.get(resource.type, ""))
        if document is not MISSING:
            yield from judge_statements(
                document,
                DOCUMENTS[resource.type],
                lambda statement: _violation(_owners_in(statement), known),
                report_unreadable=False,
            )
        for path, value in _granted(resource):
            text = _violation(iter([owner_of(value)]), known)
            yield failed(f"{path} {text}", path) if text else passed()
        for path, user in _of_acl(resource):
            text = _violation(iter([user]), known)
            yield failed(f"{path} {text}", path) if text else passed()
        granted = {path for path, _ in _granted(resource)}
        for path, owner in dict.fromkeys(_called(resource)):
            if path not in granted and not is_known(owner, known):
                text = f"{path} names a resource of {owner}, which is neither the provider's account nor listed"
                yield failed(text, path)

    return predicate


def account_guardrails(trusted: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail; `trusted` are the accounts and organisations that the settings list."""
    return (
        identity_rule(116, Severity.CRITICAL, "Other AWS accounts and organisations that get access are listed",
                      "an account of somebody else decides by itself who in it uses the access",
                      "Remove the account or organisation, or list it with its owner under identity.trusted in "
                      "enforcement.yaml",
                      predicate=_check_accounts(trusted), resolve=resolve_when_known,
                      types=("aws:", _OBJECTS, _PROVIDER, *GRANTS)),
    )  # fmt: skip
