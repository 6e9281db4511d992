"""Encryption in transit on Azure.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it). A missing value passes if
the default of the service is TLS 1.2. Not checked: virtual network encryption, which many machine sizes do not support,
and encryption between App Service front ends and workers, which is inside Azure.
"""

from collections.abc import Iterator

from ...engine.conditions import FALSE, NOT_FALSE, NOT_TRUE, TRUE, Condition, contains, is_true, none_of, one_of
from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, one_or_many
from ...engine.rows import Check, Guardrail, Severity, azure
from ...engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ...readers.tls import VERSION, VERSION_OR_DEFAULT
from .reasons import PLAINTEXT
from .tunnels import AZURE_TUNNEL_ROWS

STRONG_CHANNELS = Condition(
    "must not allow AES-128-CCM",
    lambda value: "AES-128-CCM" not in str(value).upper().split(";"),
    missing=Verdict.PASS,
)
"""The value is a list of SMB channel encryption ciphers, separated by semicolons."""


def _without(weak: str) -> Condition:
    """Returns the condition of a list of settings of SMB that must not include a weak one."""
    return Condition(
        f"must not allow {weak}", lambda value: weak.upper() not in str(value).upper().split(";"), missing=Verdict.PASS
    )


STRONG_SHARES = {
    "versions": _without("SMB2.1"),
    "authenticationMethods": _without("NTLMv2"),
    "kerberosTicketEncryption": _without("RC4-HMAC"),
}
"""Setting of SMB -> its condition."""

FALSE_OR_MISSING = Condition("", lambda value: not is_true(value), missing=Verdict.PASS)
"""Used in `when` only."""

_SITES = azure("web:WebApp", "web:WebAppSlot")
_AUTH_SETTINGS = azure(
    "web:WebAppAuthSettingsV2", "web:WebAppAuthSettingsV2Slot",
    "web:WebAppAuthSettingsV2WithoutSecrets", "web:WebAppAuthSettingsV2WithoutSecretsSlot",
)  # fmt: skip
_MESSAGING_NAMESPACES = azure("eventhub:Namespace", "servicebus:Namespace")
_EVENT_GRID = azure("eventgrid:Topic", "eventgrid:Domain", "eventgrid:Namespace", "eventgrid:PartnerNamespace")
_SINGLE_SERVERS = azure("dbforpostgresql:SingleServer", "dbformysql:SingleServer", "dbformariadb:Server")

ROWS = (
    Check(azure("storage:StorageAccount"), "enableHttpsTrafficOnly", NOT_FALSE),
    Check(azure("storage:StorageAccount"), "minimumTlsVersion", one_of("TLS1_2", "TLS1_3")),
    Check(azure("storage:FileServiceProperties"), "protocolSettings?.smb?.channelEncryption", STRONG_CHANNELS),
    # SMB 2.1 does not encrypt, NTLMv2 signs in with the account's key, and RC4 is broken (MicrosoftDocs/azure-docs
    # 03e5750a, "SMB Azure file shares", security settings, read 2026-11-29).
    *(Check(azure("storage:FileServiceProperties"), f"protocolSettings?.smb?.{key}", condition)
      for key, condition in STRONG_SHARES.items()),
    Check(azure("netapp:CapacityPoolVolume"), "smbEncryption", TRUE, when=("protocolTypes", contains("CIFS"))),
    # Kerberos encrypts NFSv4.1 with krb5p only, and nothing encrypts NFSv3 (Azure NetApp Files, "Understand data
    # encryption", azure-docs at 0c3a01e9; Azure/azure-policy at f4a50bac, ANF_VolumesShouldUseKerberosEncryption).
    Check(azure("netapp:CapacityPoolVolume"), "kerberosEnabled", TRUE, when=("protocolTypes", contains("NFSv4.1"))),
    *(Check(azure("netapp:CapacityPoolVolume"), f"exportPolicy?.rules[*].kerberos5{kind}", NOT_TRUE)
      for kind in ("ReadOnly", "ReadWrite", "iReadOnly", "iReadWrite")),
    Check(azure("netapp:CapacityPoolVolume"), "protocolTypes", none_of("NFSv3")),
    Check(azure("sql:Server"), "minimalTlsVersion", VERSION),
    Check(azure("sql:ManagedInstance"), "minimalTlsVersion", VERSION_OR_DEFAULT),
    Check(_SINGLE_SERVERS, "properties.sslEnforcement", one_of("Enabled")),
    Check(_SINGLE_SERVERS, "properties.minimalTlsVersion", one_of("TLS1_2")),
    # Without a value 1.2 (pulumi-azure-native 3.29.0, cosmosdb:DatabaseAccount; read 2026-11-30).
    Check(azure("cosmosdb:DatabaseAccount"), "minimalTlsVersion", one_of("Tls12", missing=Verdict.PASS)),
    Check(azure("redis:Redis"), "enableNonSslPort", NOT_TRUE),
    Check(azure("redis:Redis"), "minimumTlsVersion", VERSION),
    Check(azure("redisenterprise:RedisEnterprise"), "minimumTlsVersion", VERSION_OR_DEFAULT),
    Check(azure("redisenterprise:Database"), "clientProtocol", one_of("Encrypted", missing=Verdict.PASS)),
    Check(_SITES, "httpsOnly", TRUE),
    Check(azure("appplatform:App", "appplatform:Gateway", "appplatform:ApiPortal"), "properties.httpsOnly", TRUE),
    Check(_SITES, "siteConfig?.minTlsVersion", VERSION_OR_DEFAULT),
    Check(_SITES, "siteConfig?.scmMinTlsVersion", VERSION_OR_DEFAULT),
    Check(_AUTH_SETTINGS, "httpSettings?.requireHttps", NOT_FALSE),
    Check(_SITES, "siteConfig.ftpsState", one_of("FtpsOnly", "Disabled")),
    Check(azure("appplatform:App"), "properties.enableEndToEndTLS", TRUE),
    Check(azure("app:ContainerApp"), "configuration?.ingress?.allowInsecure", NOT_TRUE),
    # Mutual TLS between the apps encrypts their traffic too.
    Check(azure("app:ManagedEnvironment"), "peerTrafficConfiguration.encryption.enabled", TRUE,
          when=("peerAuthentication.mtls.enabled", FALSE_OR_MISSING)),
    Check(_MESSAGING_NAMESPACES, "minimumTlsVersion", one_of("1.2", "1.3", missing=Verdict.PASS)),
    Check(_EVENT_GRID, "minimumTlsVersionAllowed", VERSION_OR_DEFAULT),
    Check(azure("iothub:IotHubResource"), "properties.minTlsVersion", one_of("1.2")),
    Check(azure("hdinsight:Cluster"), "properties.minSupportedTlsVersion", one_of("1.2")),
    Check(azure("hdinsight:Cluster"), "properties.encryptionInTransitProperties.isEncryptionInTransitEnabled", TRUE),
    Check(azure("cdn:AFDCustomDomain"), "tlsSettings.minimumTlsVersion", one_of("TLS12", "TLS13")),
    Check(azure("cdn:Route"), "httpsRedirect", one_of("Enabled", missing=Verdict.PASS)),
    Check(azure("cdn:Route"), "forwardingProtocol", none_of("HttpOnly")),
    Check(azure("cdn:AFDOrigin"), "enforceCertificateNameCheck", NOT_FALSE),
    Check(azure("cdn:Endpoint"), "isHttpAllowed", FALSE),
)  # fmt: skip

_GATEWAY = azure("network:ApplicationGateway")
_STRONG_SUITE = lazy_regex(r"TLS_(?:ECDHE_\w{1,40}_WITH_AES_\d{1,9}_GCM|AES_\d{1,9}_GCM|CHACHA20)_\w{1,40}")
STRONG_SUITES = Condition(
    "must have only suites with ECDHE and GCM, or of TLS 1.3",
    lambda value: all(_STRONG_SUITE.fullmatch(str(item)) for item in one_or_many(value)),
    missing=Verdict.PASS,
)
"""The cipher suites are those that RFC 9325 (4.2) recommends, or of TLS 1.3."""
_MINIMUM_VERSION = one_of("TLSv1_2", "TLSv1_3", missing=Verdict.PASS)
_PREDEFINED = one_of(
    "AppGwSslPolicy20170401S", "AppGwSslPolicy20220101", "AppGwSslPolicy20220101S", missing=Verdict.PASS
)
_SSL_POLICIES = ("sslPolicy?", "sslProfiles[*].sslPolicy?")
"""The policy of the gateway, and those of profiles, which replace it on their listeners."""
GATEWAY_ROWS = (
    Check(_GATEWAY, "backendHttpSettingsCollection[*].protocol", one_of("Https", "Tls")),
    *(Check(_GATEWAY, f"{policy}.minProtocolVersion", _MINIMUM_VERSION) for policy in _SSL_POLICIES),
    *(Check(_GATEWAY, f"{policy}.policyName", _PREDEFINED) for policy in _SSL_POLICIES),
    *(Check(_GATEWAY, f"{policy}.cipherSuites", STRONG_SUITES) for policy in _SSL_POLICIES),
)


def _objects(value: Plain) -> list[dict[str, Plain]]:
    return [item for item in items_of(value) if isinstance(item, dict)]


def _check_listeners(resource: Resource) -> Iterator[Outcome]:
    """Checks that a redirect rule applies to every plain HTTP listener. Rules refer to listeners by the last part of
    their ids; one whose id is not known yet may be for each."""
    redirected = set[Plain]()
    for rule in _objects(resource.get("requestRoutingRules")):
        listener = rule.get("httpListener")
        reference = listener.get("id") if isinstance(listener, dict) else listener
        if rule.get("redirectConfiguration") and (isinstance(reference, str) or reference is UNKNOWN):
            redirected.add(reference.rsplit("/", 1)[-1] if isinstance(reference, str) else reference)
    for index, listener in enumerate(_objects(resource.get("httpListeners"))):
        path = f"httpListeners[{index}].protocol"
        protocol = listener.get("protocol")
        if protocol is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment; it must be Https", path)
        elif str(protocol).lower() == "http" and listener.get("name") not in redirected:
            if UNKNOWN in redirected:
                text = f"{path} is Http, and whether a rule redirects it is not known before deployment"
                yield undetermined(text, path)
            else:
                yield failed(f"{path} is Http, and no rule redirects it", path)
        else:
            yield passed()


_OUTDATED_PROPERTIES = ("protocols.tls10", "protocols.tls11", "protocols.ssl30")
_CIPHERS = ".security.ciphers."
"""Part of the names of ciphers that can be switched: 3DES, those without forward secrecy, and CBC (Azure/
PSRule.Rules.Azure 51d68cc8 docs/en/baselines/Azure.All.csv, Azure.APIM.Ciphers, read 2026-12-01; the names by the
description of customProperties in pulumi-azure-native 3.29.0, apimanagement:ApiManagementService)."""


def _check_api_management(resource: Resource) -> Iterator[Outcome]:
    """Checks that custom properties of API Management enable no outdated protocols, for clients or back ends."""
    properties = resource.get("customProperties")
    for key, value in properties.items() if isinstance(properties, dict) else ():
        is_weak = key.lower().endswith(_OUTDATED_PROPERTIES) or _CIPHERS in key.lower()
        if is_weak and str(value).lower() == "true":
            yield failed(f"customProperties enables {key.rsplit('.', 1)[-1]}", "customProperties")
        else:
            yield passed()


_SERVER_PARAMETERS = {
    "dbforpostgresql:Configuration": {
        "require_secure_transport": ("on", "1"),
        "ssl_min_protocol_version": ("tlsv1.2", "tlsv1.3"),
        "ssl_max_protocol_version": ("", "tlsv1.2", "tlsv1.3"),
        "password_encryption": ("scram-sha-256",),
    },
    "dbformysql:Configuration": {
        "require_secure_transport": ("on", "1"),
        "tls_version": ("tlsv1.2", "tlsv1.3", "tlsv1.2,tlsv1.3", "tlsv1.3,tlsv1.2"),
    },
}
"""Type -> server parameter -> allowed values. On flexible servers, these parameters require TLS by default, and must
not disable it."""
_PARAMETERS = {f"azure-native:{kind}": rows for kind, rows in _SERVER_PARAMETERS.items()}


def _check_server_parameter(resource: Resource) -> Iterator[Outcome]:
    name, value = resource.get("configurationName"), resource.get("value")
    allowed = _PARAMETERS[resource.type].get(str(name).lower())
    if allowed is None or value is MISSING:
        return
    if value is UNKNOWN:
        yield undetermined(f"parameter {name} is not known before deployment", "value")
    elif str(value).lower().replace(" ", "") in allowed:
        yield passed()
    else:
        yield failed(f"parameter {name} must be {allowed[0]}", "value")


AZURE_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(411, Severity.HIGH, "Azure services accept only TLS 1.2 or later, and tunnels encrypt",
                 PLAINTEXT, "Set the protocol or minimum version in the message",
                 checks=(*ROWS, *AZURE_TUNNEL_ROWS)),
    transit_rule(412, Severity.HIGH, "Application gateways serve and forward HTTPS, and redirect plain HTTP",
                 PLAINTEXT,
                 "Use protocol Https on listeners and back ends, and a redirect_configuration for Http",
                 checks=GATEWAY_ROWS, predicate=_check_listeners, types=_GATEWAY),
    transit_rule(413, Severity.HIGH, "Azure API Management enables no outdated protocol",
                 PLAINTEXT, "Remove the custom property, or set it to False",
                 predicate=_check_api_management, types=azure("apimanagement:ApiManagementService")),
    transit_rule(414, Severity.HIGH, "Azure database servers require TLS",
                 PLAINTEXT, "Leave the parameter at its default, or set the value in the message",
                 predicate=_check_server_parameter, types=tuple(_PARAMETERS)),
)  # fmt: skip
