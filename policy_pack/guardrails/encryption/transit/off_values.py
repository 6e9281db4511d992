"""Properties that switch encryption or signatures off by their value, in every type of AWS and Azure.

Rows evaluate the properties whose meaning is known. This rule reads all other declared ones by the name of the key and
the word of the value: `encryptionAlgorithm: NONE`, `sslSecurityProtocol: plaintext`, `encryptionMode: no_encrypt`.
"""

import re
from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import Resource
from ...engine.rows import Guardrail, Severity, aws
from ...engine.verdicts import Outcome, failed
from ...readers.texts import read_texts

_KEY = lazy_regex(r"encrypt|ssl|(?<![a-z])tls|TLS|Tls|sign(?:ing|ature)", re.IGNORECASE)
_NO_SWITCH = lazy_regex(
    r"sign_?in(?!g)|assign|design|cert|policy|name$|id$|arn$|inspection|offload|ipsec"
    r"|rc4|triple_?des|tls_?v?1(?:[._]?[01])?$|ssl_?v?[23](?:[._]?0)?$",
    re.IGNORECASE,
)
"""Keys with such a part that say nothing about encryption, or that rows evaluate; and those of methods that are broken,
which are better off: `kerberosRc4Encryption`, `tlsV1` (Azure/bicep-registry-modules avm/res/aad/domain-service,
tests/e2e/waf-aligned, read 2026-11-30)."""
_OFF = frozenset(
    {"none", "plaintext", "plain", "cleartext", "no_encrypt", "no-encryption", "noencryption", "not_encrypted",
     "unencrypted", "disabled", "disable", "off", "no-ssl", "nossl", "no_ssl", "unsigned"}
)  # fmt: skip


_STORES = frozenset({"s3", "dynamodb", "kinesis", "neptune", "opensearch", "elasticsearch", "redshift",
                     "redshift-serverless"})  # fmt: skip
_S3_ENDPOINT, _ENDPOINT = aws("dms/S3Endpoint"), aws("dms/Endpoint")
"""Engines of AWS DMS that are called over TLS whatever the mode says, which is `none` by default (AWS DMS User Guide,
"Using SSL with AWS Database Migration Service": Redshift; the finding "DMS endpoints should require SSL/TLS" of
Datadog's rules leaves out S3, DynamoDB, Kinesis, Neptune and Elasticsearch; read 2026-11-30)."""


def _is_always_encrypted(resource: Resource) -> bool:
    is_store = resource.type in _ENDPOINT and str(resource.get("engineName")).lower() in _STORES
    return is_store or resource.type in _S3_ENDPOINT


def _check_values(resource: Resource) -> Iterator[Outcome]:
    for path, key, value, is_in_text in read_texts(resource).leaves:
        is_declared = not is_in_text and re.sub(r"\[\d+\]$", "", path).endswith(key)
        is_off = is_declared and isinstance(value, str) and value.strip().lower() in _OFF
        if path == "sslMode" and _is_always_encrypted(resource):
            continue
        if is_off and _KEY.search(key) and not _NO_SWITCH.search(key):
            yield failed(f"{path} is {value}", path)


OFF_VALUES: tuple[Guardrail, ...] = (
    transit_rule(426, Severity.HIGH, "No property switches encryption or signatures off",
                 "what is neither encrypted nor signed can be read and changed by everybody on its way",
                 "Name an algorithm or a mode with encryption, such as AES256, ssl-encryption or must_encrypt",
                 predicate=_check_values, types=("aws:", "azure-native:")),
)  # fmt: skip
