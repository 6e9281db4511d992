"""Authorities that a program brings: who holds their keys is each service for whoever trusts them (2026-12-03).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; other sources stand beside the attacks.
"""

import base64
from dataclasses import replace

from ..blind import HERE, TAGS, crd, k8s, release
from ..harness import Given
from ..idioms.aws_platform import LAUNCH
from . import Attack
from .after_nineteenth_good import apis
from .budgets import VM

SWITCH, PROVIDER = ("FJ-ESC-115",), ("FJ-IDN-114",)
BOTTLEROCKET = "bottlerocket.dev, 'settings.pki' (trusted), read 2026-12-03"
MESH = "istio/api mesh/v1alpha1/config.proto and proxy.proto (CertificateData, ca_certificates_pem), read 2026-12-03"
STORES = "manual pages update-ca-certificates(8), update-ca-trust(8), trust(1), as known"
PEM = "-----BEGIN CERTIFICATE-----\nMIIB0zCCAXmgAwIBAgIUQ7Qx\n-----END CERTIFICATE-----\n"
DEEP = PEM.strip().replace("\n", "\n    ")
DATA = base64.b64encode(PEM.encode()).decode()
TOML = f'[settings.pki.inspection]\ndata = "{DATA}"\ntrusted = true\n'
HEADER = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="//"\n\n--//\nContent-Type: text/x-shellscript\n\n'


def node(text: str) -> tuple[Given, ...]:
    """Returns a template of nodes that start with user data."""
    data = base64.b64encode(text.encode()).decode()
    return (replace(LAUNCH, props={**LAUNCH.props, "userData": data}),)


def provider(**props: str) -> Given:
    """Returns a provider of AWS in the country."""
    return Given("pulumi:providers:aws", {"region": "me-central-1", **props}, "site")


def trusted(store: str) -> tuple[Given, ...]:
    """Returns a service of APIs with a certificate in a store."""
    (given,) = (apis("Internal"),)
    return (replace(given, props={**given.props, "certificates": [{"encodedCertificate": DATA, "storeName": store}]}),)


def machine(**profile: object) -> tuple[Given, ...]:
    """Returns a machine of Azure with settings of its system."""
    named = {"computerName": "vm", "adminUsername": "ops", **profile}
    return (Given("azure-native:compute:VirtualMachine", {**VM.props, **HERE, "vmName": "vm", "osProfile": named}),)


def stored(store: str) -> tuple[Given, ...]:
    """Returns a machine whose certificates of a vault lie in a store."""
    profile = {
        "computerName": "vm",
        "adminUsername": "ops",
        "secrets": [
            {
                "sourceVault": {
                    "id": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-platform/"
                    "providers/Microsoft.KeyVault/vaults/kv"
                },
                "vaultCertificates": [
                    {
                        "certificateStore": store,
                        "certificateUrl": "https://kv.vault.azure.net/secrets/tls/0123456789abcdef",
                    }
                ],
            }
        ],
    }
    return machine(**profile)


def mesh(**settings: object) -> tuple[Given, ...]:
    """Returns a release of the mesh with settings."""
    return release("istiod", "1.28.0", {"meshConfig": settings}, "istio-system")


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"the provider believes an authority that comes with the program: {path}", PROVIDER,
             (provider(customCaBundle=path),), "critical", "pulumi-aws 7.51.1, custom_ca_bundle: a file of roots")
      for path in ("certs/ca.pem", "./ca.pem", "../shared/ca.pem")),
    *(Attack(f"a gateway of APIs believes an authority that comes with the program, in {store}", SWITCH,
             trusted(store), "critical", "pulumi-azure-native 3.29.0, CertificateConfiguration.store_name; Az.ApiManage"
             "ment, New-AzApiManagementSystemCertificate (installed in the store), read 2026-12-03")
      for store in ("Root", "CertificateAuthority")),
    *(Attack(f"a machine believes what lies in a vault as an authority, in {store}", SWITCH, stored(store), "critical",
             "pulumi-azure-native 3.29.0, VaultCertificate.certificate_store; names of Windows' stores as known")
      for store in ("Root", "authroot", "CA")),
    *(Attack(f"pods believe callers with certificates of an authority of the program: {name}", SWITCH, plan, "critical",
             MESH) for name, plan in (
                 ("in values", mesh(caCertificates=[{"pem": PEM}])),
                 ("for signers", mesh(caCertificates=[{"pem": PEM, "certSigners": ["signers.example.ae/bank"]}])),
                 ("from an address", mesh(caCertificates=[{"spiffeBundleUrl": "https://spiffe.team-a.svc/bundle"}])),
                 ("of proxies", mesh(defaultConfig={"caCertificatesPem": [PEM]})),
                 ("as a file", (k8s("core/v1:ConfigMap", {
                     "metadata": {"name": "istio", "namespace": "istio-system", "labels": TAGS},
                     "data": {"mesh": f"caCertificates:\n- pem: |\n    {DEEP}"}
                     }),)),
                 ("in an object of the operator", (crd("sailoperator.io/v1:Istio", {
                     "version": "v1.28.0", "namespace": "istio-system", "values": {
                         "meshConfig": {"caCertificates": [{"pem": PEM}]}}}),)))),
    *(Attack(f"nodes believe an authority that comes with the program: {name}", SWITCH, plan, "critical", source)
      for name, plan, source in (
          ("Bottlerocket", node(TOML), BOTTLEROCKET),
          ("Bottlerocket, in another order", node(TOML.replace("trusted = true\n", "").replace(
              "]\n", "]\ntrusted=true\n")), BOTTLEROCKET),
          ("Bottlerocket, dotted", node(f'[settings]\npki.own.data = "{DATA}"\npki.own.trusted = true\n'),
           BOTTLEROCKET),
          ("Bottlerocket, by a container", node(
              f"#!/bin/sh\napiclient set pki.own.data='{DATA}' pki.own.trusted=true\n"), BOTTLEROCKET),
          ("Karpenter", (crd("karpenter.k8s.aws/v1:EC2NodeClass", {
              "role": "nodes", "amiFamily": "Bottlerocket", "amiSelectorTerms": [{"alias": "bottlerocket@v1.49.0"}],
              "subnetSelectorTerms": [{"tags": {"n": "nodes"}}], "securityGroupSelectorTerms": [{"tags": {"n": "n"}}],
              "tags": TAGS, "userData": TOML}),), BOTTLEROCKET),
          ("Amazon Linux", node(f"{HEADER}cat > /etc/pki/ca-trust/source/anchors/own.pem <<E\n{PEM}E\n"
                                "update-ca-trust extract\n--//--\n"), STORES),
          ("Ubuntu", node(f"#!/bin/sh\necho {DATA} | base64 -d > /usr/local/share/ca-certificates/own.crt\n"
                          "/usr/sbin/update-ca-certificates --fresh\n"), STORES),
          ("from a bucket", node("#!/bin/sh\naws s3 cp s3://team-a/ca.pem /etc/pki/ca-trust/source/anchors/\n"
                                 "update-ca-trust\n"), STORES),
          ("by its own command", node("#!/bin/sh\ntrust anchor --store /opt/own.pem\n"), STORES),
          ("cloud-init", node(f"#cloud-config\nca_certs:\n  trusted:\n  - |\n    {DEEP}"),
           "cloud-init, 'CA Certificates' (ca_certs.trusted), as known"),
          ("a machine of Azure", machine(customData=base64.b64encode(
              b"#!/bin/sh\ncp /opt/own.crt /usr/local/share/ca-certificates/\nupdate-ca-certificates\n").decode()),
           STORES))),
)  # fmt: skip
