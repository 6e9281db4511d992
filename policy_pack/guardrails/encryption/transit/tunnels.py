"""Tunnels to other networks: their packets are encrypted, and by algorithms that are not outdated.

Values by the enumerations of pulumi-azure-native 3.29.0 (network, IpsecEncryption and others) and the docstrings of
pulumi-aws 7.51.1 (ec2.VpnConnection), read 2026-11-27. Which are outdated is judged: DES, MD5, SHA-1, and groups of at
most 1,024 bits; RFC 9395 deprecates IKEv1 (read 2026-11-30). An absent property means what the cloud negotiates.
"""

from ...engine.conditions import TRUE, Condition, none_of, one_of
from ...engine.number_conditions import number_of
from ...engine.reading import Plain, one_or_many
from ...engine.rows import Check, aws, azure
from ...engine.verdicts import Verdict

_AZURE_POLICIES = {
    "network:VirtualNetworkGatewayConnection": ("ipsecPolicies[*]",),
    "network:VpnConnection": ("ipsecPolicies[*]", "vpnLinkConnections[*].ipsecPolicies[*]"),
    "network:VpnGateway": (
        "connections[*].ipsecPolicies[*]",
        "connections[*].vpnLinkConnections[*].ipsecPolicies[*]",
    ),
    "network:VpnServerConfiguration": ("properties?.vpnClientIpsecPolicies[*]",),
    "network:VirtualNetworkGateway": ("vpnClientConfiguration?.vpnClientIpsecPolicies[*]",),
}
"""Type -> paths of its policies of IPsec."""
_AZURE_VALUES = {
    "ipsecEncryption": none_of("None", "DES", "DES3"),
    "ikeEncryption": none_of("DES", "DES3"),
    "ipsecIntegrity": none_of("MD5", "SHA1"),
    "ikeIntegrity": none_of("MD5", "SHA1"),
    "dhGroup": none_of("None", "DHGroup1", "DHGroup2"),
    "pfsGroup": none_of("PFS1", "PFS2"),
}


_SMALL_GROUP = 2
"""Group of Diffie-Hellman with 1,024 bits."""


def _without_group_2(value: Plain) -> bool:
    groups = one_or_many(value)
    return not any(number_of(group) == _SMALL_GROUP for group in groups)


_LARGE_GROUPS = Condition(f"must not contain '{_SMALL_GROUP}'", _without_group_2, missing=Verdict.PASS)
_TUNNELS, _LINES = aws("ec2/VpnConnection"), aws("directconnect/Connection")
_SEALED = "must_encrypt"
AWS_TUNNEL_ROWS = (
    *(
        row
        for tunnel in ("tunnel1", "tunnel2")
        for row in (
            Check(_TUNNELS, f"{tunnel}IkeVersions", none_of("ikev1")),
            *(Check(_TUNNELS, f"{tunnel}{phase}DhGroupNumbers", _LARGE_GROUPS) for phase in ("Phase1", "Phase2")),
            *(
                Check(_TUNNELS, f"{tunnel}{phase}IntegrityAlgorithms", none_of("SHA1"))
                for phase in ("Phase1", "Phase2")
            ),
        )
    ),
    # `should_encrypt` is the mode of a line with MACsec that states none: without a key in common, it carries plain
    # text (awsdocs/aws-direct-connect-user-guide 2665b61 doc_source/updateconnection.md and
    # direct-connect-mac-sec-getting-started.md: `must_encrypt` alone ends the connection, and the mode changes to
    # `should_encrypt` with the last key; read 2026-12-01. That it is the mode where none is stated, by what a public
    # scanner says of it, read 2026-12-02).
    Check(_LINES, "encryptionMode", one_of(_SEALED, missing=Verdict.PASS)),
    Check(_LINES, "encryptionMode", one_of(_SEALED), when=("requestMacsec", TRUE)),
)
AZURE_TUNNEL_ROWS = (
    *(
        Check(azure(token), f"{path}.{key}", condition)
        for token, paths in _AZURE_POLICIES.items()
        for path in paths
        for key, condition in _AZURE_VALUES.items()
    ),
    Check(azure("network:VirtualNetworkGatewayConnection"), "connectionProtocol", none_of("IKEv1")),
    Check(azure("network:VpnConnection"), "vpnConnectionProtocolType", none_of("IKEv1")),
    Check(azure("network:VpnConnection"), "vpnLinkConnections[*].vpnConnectionProtocolType", none_of("IKEv1")),
)
