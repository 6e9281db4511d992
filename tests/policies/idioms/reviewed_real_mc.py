"""Good idioms beside the attacks of `attacks/reviewed_real_mc.py` (2026-11-30)."""

from ..attacks.reviewed_real_mc import KEY
from ..blind import k8s, meta
from ..harness import Given
from . import Idiom
from .twelfth_charts import ours

HOSTS = f"""# bitbucket.org:22 SSH-2.0-conker_d7a2b1c
[bitbucket.org]:7999,bitbucket.org ssh-ed25519 {KEY}
@cert-authority *.bank.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABB ca@bank.com
|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7
"""


def _text(key: str, value: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("text"), "data": {key: value}}, "text")


IDIOMS = (
    Idiom("keys of hosts in every form of a line", (_text("known_hosts", HOSTS),),
          "OpenSSH, sshd(8), SSH_KNOWN_HOSTS FILE FORMAT, and ssh-keyscan(1); as known", ours()),
    Idiom("keys of people with their addresses", (_text("authorized", f"ssh-ed25519 {KEY} operator@bank.com\n"),),
          "OpenSSH, sshd(8), AUTHORIZED_KEYS FILE FORMAT; as known", ours()),
    Idiom("an image has its place in a section of its own", (_text(
        "values.yaml", "initImage: {registry: quay.io, name: quay.io/bank/wait, tag: 1.2.0}\n"),),
        "bitnami and opensearch charts, values.yaml; as known", ours()),
)  # fmt: skip
