"""What a script or the user data of a machine writes where a program of the machine loads it: pods that the kubelet
starts without admission, and keys and rights of users.

Paths and keys by "Create static Pods" (Kubernetes), RKE2 and K3s "Auto-deploying manifests", sudoers(5), sshd(8), as
known on 2026-11-28, and canonical/cloud-init 04eacd06, schema-cloud-config-v1.json, read 2026-11-29.
"""

import re

_FOLDERS = (
    r"/etc/kubernetes/manifests/?",
    r"/etc/kubelet\.d/?",
    r"/var/lib/rancher/\w{1,9}/(?:server|agent)/\w{0,9}-?manifests/?",
    r"/etc/sudoers(?:\.d)?/?",
    r"[\w./~$-]{0,99}/\.ssh/authorized_keys2?",
)
_WAYS = (
    r"\bpath[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\"']?",
    r">{1,2}[ \t]{0,9}[\"']?",
    r"\btee[ \t](?:-\w{1,9}[ \t])?[\"']?",
    r"\b(?:cp|mv|install|ln|curl|wget)\b[^\n;|&]{1,300}[ \t=]",
)
_WRITTEN = re.compile(rf"(?:{'|'.join(_WAYS)})(?:{'|'.join(_FOLDERS)})", re.IGNORECASE)
"""A path of cloud-config, a redirection or a copy to such a folder."""
_KEYS = re.compile(
    r"(?m)^[ \t-]{0,20}[\"']?(?:ssh_import_id|ssh_authorized_keys|chpasswd)[\"']?[ \t]{0,9}:"
    r"|^[ \t-]{0,20}[\"']?ssh_pwauth[\"']?[ \t]{0,9}:[ \t]{0,9}[\"']?(?:true|yes|1)\b"
    r"|\bssh-import-id(?:-\w{2,9})?[ \t]"
)
"""Settings of cloud-config, and a program, by which somebody signs in to the machine."""


def loaded(text: str) -> str:
    """Returns where a text writes what a machine loads by itself; empty if it writes there nothing."""
    match = _WRITTEN.search(text) or _KEYS.search(text)
    return match[0].strip() if match else ""
