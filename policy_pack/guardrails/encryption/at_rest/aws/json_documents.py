"""Encryption that AWS services configure in a JSON document: EMR, OpenSearch Serverless and Session Manager, which also
takes YAML."""

from collections.abc import Iterator

from ....engine.conditions import CUSTOMER_KEY, TRUE, Condition, is_filled, one_of
from ....engine.families import encryption_rule
from ....engine.plan import Plan
from ....engine.reading import UNKNOWN, Plain, Resource, from_json, one_or_many, walk
from ....engine.rows import Guardrail, Severity, aws
from ....engine.verdicts import Outcome, Verdict, failed, passed
from ....readers.name_patterns import NamePatterns
from ....readers.session_documents import inputs_of_sessions
from ..reasons import AWS_KEY, OWN_KEY

_S3 = "AtRestEncryptionConfiguration.S3EncryptionConfiguration"
_DISK = "AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration"
_CERTIFICATE = "InTransitEncryptionConfiguration.TLSCertificateConfiguration"
_EMR: tuple[tuple[str, Condition], ...] = (
    ("EnableAtRestEncryption", TRUE),
    ("EnableInTransitEncryption", TRUE),
    (f"{_S3}.EncryptionMode", one_of("SSE-KMS", "CSE-KMS", "CSE-Custom")),
    (f"{_DISK}.EncryptionKeyProviderType", one_of("AwsKms", "Custom")),
    (f"{_CERTIFICATE}.CertificateProviderType", one_of("PEM", "Custom")),
)
"""What `EncryptionConfiguration` must have (EMR Management Guide, security configurations, 2026-11). With SSE-S3, EMRFS
writes objects with a key of S3, whatever the default encryption of the bucket says."""
_EMR_KEYS = ((_S3, "EncryptionMode", "CSE-Custom"), (_DISK, "EncryptionKeyProviderType", "Custom"))
"""Parts that name a key in `AwsKmsKey`, unless a property says that keys come from elsewhere."""


def _check_emr(resource: Resource) -> Iterator[Outcome]:
    """Checks that an EMR security configuration encrypts at rest with keys of one's own, and in transit."""
    document = from_json(resource.get("configuration"))
    if document is UNKNOWN:
        return
    encryption = document.get("EncryptionConfiguration") if isinstance(document, dict) else None
    fields = encryption if isinstance(encryption, dict) else {}
    for path, condition in _EMR:
        yield from _judge_emr(fields, path, condition)
    for part, name, elsewhere in _EMR_KEYS:
        if all(value != elsewhere for _, value in walk(fields, f"{part}.{name}")):
            yield from _judge_emr(fields, f"{part}.AwsKmsKey", CUSTOMER_KEY)


def _judge_emr(fields: dict[str, Plain], path: str, condition: Condition) -> Iterator[Outcome]:
    at = f"configuration.EncryptionConfiguration.{path}"
    for _, value in walk(fields, path):
        yield failed(f"{at} {condition.requirement}", at) if condition.judge(value) is Verdict.FAIL else passed()


def _check_opensearch(resource: Resource) -> Iterator[Outcome]:
    """Checks that an OpenSearch Serverless encryption policy sets a customer-managed key: then `AWSOwnedKey` is ignored
    (Amazon OpenSearch Service, "Encryption in Amazon OpenSearch Serverless", read 2026-11-30)."""
    document = from_json(resource.get("policy"))
    if resource.get("type") != "encryption" or document is UNKNOWN:
        return
    for item in one_or_many(document):
        has_customer_key = isinstance(item, dict) and _is_customer_key(item.get("KmsARN"))
        yield passed() if has_customer_key else failed("policy does not set KmsARN to a customer-managed key", "policy")


_COLLECTION = aws("opensearch/ServerlessCollection")
_SECURITY_POLICY = aws("opensearch/ServerlessSecurityPolicy")


def _check_collection(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a collection has a key of its own (botocore 1.44.8, opensearchserverless, CreateCollection,
    encryptionConfig, read 2026-11-29), or an encryption policy of the plan, which names one (Amazon OpenSearch Service,
    "Encryption in Amazon OpenSearch Serverless", read 2026-11-30)."""
    if resource.type not in _COLLECTION:
        return
    keys = [value for _, value in walk(resource.props, "encryptionConfigs[+].kmsKeyArn")]
    has_own_key = bool(keys) and all(_is_customer_key(value) for value in keys)
    name, patterns = resource.get("name"), plan.once(_patterns, "")
    is_covered = patterns.fit(f"collection/{name}") if isinstance(name, str) else bool(patterns)
    sentence = "neither its encryption_configs nor an encryption policy of the plan gives it a customer-managed key"
    yield passed() if has_own_key or is_covered else failed(sentence, "encryptionConfigs")


def _patterns(plan: Plan, _: str) -> NamePatterns:
    return NamePatterns(text for policy in plan.of_type(*_SECURITY_POLICY) for text in _applies_to(policy))


def _applies_to(policy: Resource) -> list[str]:
    """Returns patterns of the collections to which an encryption policy applies, perhaps of any; its key has a check of
    its own."""
    document = from_json(policy.get("policy"))
    if policy.get("type") != "encryption" or document is UNKNOWN:
        return ["*"] if policy.get("type") == "encryption" else []
    listed = [value for _, value in walk(document, "Rules[*].Resource")] if isinstance(document, dict) else []
    return [str(item) for value in listed for item in one_or_many(value)]


def _check_session_manager(resource: Resource) -> Iterator[Outcome]:
    """Checks that a Session Manager document sets a key for the session data, in addition to TLS."""
    for inputs in inputs_of_sessions(resource):
        has_key = inputs is UNKNOWN or (isinstance(inputs, dict) and _is_customer_key(inputs.get("kmsKeyId")))
        path = "content.inputs.kmsKeyId"
        yield passed() if has_key else failed(f"{path} {CUSTOMER_KEY.requirement}", path)


def _is_customer_key(value: Plain) -> bool:
    return value is UNKNOWN or (value is not None and is_filled(value) and CUSTOMER_KEY.test(value))


AWS_JSON_DOCUMENTS: tuple[Guardrail, ...] = (
    encryption_rule(112, Severity.HIGH, "EMR encrypts at rest and in transit",
                    OWN_KEY, AWS_KEY,
                    predicate=_check_emr, types=aws("emr/SecurityConfiguration")),
    encryption_rule(115, Severity.HIGH, "OpenSearch Serverless encrypts with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    predicate=_check_opensearch, plan_predicate=_check_collection,
                    types=(*_SECURITY_POLICY, *_COLLECTION)),
    encryption_rule(116, Severity.HIGH, "Session Manager sessions are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    predicate=_check_session_manager, types=aws("ssm/Document")),
)  # fmt: skip
