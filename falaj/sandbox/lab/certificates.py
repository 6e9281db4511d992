"""Creates the certificates of a laboratory: those of its certificate authority, a server and an administrator."""

import datetime
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from falaj.components.core.charts.charts import KUBERAY_NAMESPACE, LWS_NAMESPACE, TRAINER_NAMESPACE

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

VALIDITY = datetime.timedelta(days=365)
"""Kueue renews certificates that expire within 90 days; no laboratory lives that long."""

SERVER_NAMES = (
    "localhost",
    "kubernetes",
    "kubernetes.default.svc",
    "kueue-webhook-service.kueue-system.svc",
    "keda-operator-metrics-apiserver.keda.svc",
)
ADDRESS = "127.0.0.1"
FRONT_PROXY = "front-proxy-client"
"""User as which the API server calls aggregated APIs, with the name of the caller in a header."""
AUTHORITY = "kueue-ca"
"""Name of the certificate authority. Kueue looks for it; without it, Kueue creates its own, and makes the API server
trust that one.
"""


def _service_account(namespace: str, name: str) -> tuple[str, Sequence[str]]:
    """Returns the user name and the groups of a service account (kubernetes.io, Authenticating)."""
    groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated")
    return f"system:serviceaccount:{namespace}:{name}", groups


CONTROLLERS = {
    "kueue": _service_account("kueue-system", "kueue-controller-manager"),
    "jobset": _service_account("jobset-system", "jobset-controller"),
    # The account of the chart ends in `-controller-manager`; a common name has at most 64 characters (RFC 5280).
    "trainer": _service_account(TRAINER_NAMESPACE, "kubeflow-trainer"),
    "kuberay": _service_account(KUBERAY_NAMESPACE, "kuberay-operator"),
    "lws": _service_account(LWS_NAMESPACE, "lws-controller-manager"),
}
"""Program -> the user as which it runs, by which admission policies know it."""


@dataclass(frozen=True)
class CertificatePair:
    """Files of a certificate and its key."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Certificates:
    """Certificates of a laboratory. `accounts`: file of the key that signs service account tokens. `controllers`:
    clients with the user name and the groups of a controller's service account, by name of its program. `store`: of
    etcd and its only client, by an authority of its own, since a user of the API server is none of etcd."""

    authority: CertificatePair
    store_authority: CertificatePair
    store: CertificatePair
    server: CertificatePair
    administrator: CertificatePair
    front_proxy: CertificatePair
    accounts: Path
    controllers: Mapping[str, CertificatePair]


def create_certificates(folder: Path) -> Certificates:
    """Creates certificates in `folder`, readable only by the current user."""
    folder.mkdir(mode=0o700, parents=True)
    authority_name, authority_key, authority = _authority("falaj-lab", [x509.DNSName(AUTHORITY)])
    store_name, store_authority_key, store_authority = _authority("falaj-lab-etcd")
    names = [*(x509.DNSName(name) for name in SERVER_NAMES), x509.IPAddress(ipaddress.ip_address(ADDRESS))]
    server_key, administrator_key, store_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    # KEDA's metrics server is a client of its operator with the certificate that it serves.
    uses = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)
    server = _signed(_name("falaj-lab-server"), authority_name, server_key, authority_key, names, uses)
    store = _signed(_name("falaj-lab-etcd"), store_name, store_key, store_authority_key, names, uses)
    # This group has all permissions (kubernetes.io/docs/reference/access-authn-authz/rbac).
    administrator = _signed(
        _name("falaj-lab", "system:masters"), authority_name, administrator_key, authority_key, (),
        (ExtendedKeyUsageOID.CLIENT_AUTH,),
    )  # fmt: skip
    controllers = {
        program: _client(folder / program, name, groups, authority_name, authority_key)
        for program, (name, groups) in CONTROLLERS.items()
    }
    accounts = folder / "accounts.key"
    _write(accounts, _key_text(ec.generate_private_key(ec.SECP256R1())))
    return Certificates(
        _pair(folder / "ca", authority, authority_key),
        _pair(folder / "etcd-ca", store_authority, store_authority_key),
        _pair(folder / "etcd", store, store_key),
        _pair(folder / "tls", server, server_key),
        _pair(folder / "admin", administrator, administrator_key),
        _client(folder / "front-proxy", FRONT_PROXY, (), authority_name, authority_key),
        accounts,
        controllers,
    )


def sign_user(folder: Path, user: str, *groups: str) -> CertificatePair:
    """Creates the certificate of a user, signed by the authority of `create_certificates` in `folder`, and returns its
    files there."""
    authority = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    authority_key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(authority_key, rsa.RSAPrivateKey)  # noqa: S101 - of `create_certificates`
    return _client(folder / user, user, groups, authority.subject, authority_key)


def _authority(
    name: str, names: Sequence[x509.GeneralName] = ()
) -> tuple[x509.Name, rsa.RSAPrivateKey, x509.Certificate]:
    """Creates a certificate authority; returns its name, key and certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)  # Kueue supports RSA only
    subject = _name(name)
    return subject, key, _signed(subject, subject, key, key, names, authority=True)


def _client(
    stem: Path, name: str, groups: Sequence[str], authority_name: x509.Name, authority_key: Key
) -> CertificatePair:
    key = ec.generate_private_key(ec.SECP256R1())
    uses = (ExtendedKeyUsageOID.CLIENT_AUTH,)
    return _pair(stem, _signed(_name(name, *groups), authority_name, key, authority_key, (), uses), key)


def _name(common: str, *groups: str) -> x509.Name:
    organisations = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in groups]
    return x509.Name([*organisations, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: Key,
    issuer_key: Key,
    names: Sequence[x509.GeneralName] = (),
    uses: Sequence[x509.ObjectIdentifier] = (),
    authority: bool = False,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + VALIDITY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .add_extension(_key_usage(authority), critical=True)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _key_usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pair(stem: Path, certificate: x509.Certificate, key: Key) -> CertificatePair:
    pair = CertificatePair(stem.with_suffix(".crt"), stem.with_suffix(".key"))
    _write(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM))
    _write(pair.key, _key_text(key))
    return pair


def _key_text(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )


def _write(path: Path, text: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(text)
