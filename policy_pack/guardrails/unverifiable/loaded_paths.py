"""What a script or the user data of a machine writes where a program of the machine loads it: pods that the kubelet
starts without admission, and keys and rights of users.

Paths and keys by kubernetes/website 0189ae0f ("Create static Pods"), rancher/rke2-docs 9477b7b1 (docs/advanced.md and
docs/architecture.md), k3s-io/docs 1b767ca4 (docs/installation/packaged-components.md) and openssh/openssh-portable
0ef0f5a8 (sshd.8) and sudo-project/sudo 052d3d1d (docs/sudoers.man.in), read 2026-11-30, and canonical/cloud-init
04eacd06, schema-cloud-config-v1.json, read 2026-11-29; programs that make users by shadow-maint/shadow 002e965
man/useradd.8.xml, manpages.debian.org (adduser.8) and manpages.ubuntu.com (chpasswd.8), and gpasswd, the option of
passwd and net of Windows as strings in public pages and repositories, read 2026-11-30.
"""

import re

from ..engine.lazy_regex import lazy_regex

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
_WRITTEN = lazy_regex(rf"(?:{'|'.join(_WAYS)})(?:{'|'.join(_FOLDERS)})", re.IGNORECASE)
"""A path of cloud-config, a redirection or a copy to such a folder."""
_KEYS = lazy_regex(
    r"(?m)^[ \t-]{0,20}[\"']?(?:ssh_import_id|ssh_authorized_keys|chpasswd)[\"']?[ \t]{0,9}:"
    r"|^[ \t-]{0,20}[\"']?ssh_pwauth[\"']?[ \t]{0,9}:[ \t]{0,9}[\"']?(?:true|yes|1)\b"
    r"|\bssh-import-id(?:-\w{2,9})?[ \t]"
)
"""Settings of cloud-config, and a program, by which somebody signs in to the machine."""
_USERS = r"ec2-user|ubuntu|admin|azureuser|rocky|centos|almalinux|fedora|debian|core|ssm-user|\$\{?(?:SUDO_)?USER\}?"
"""Users that images have, who may do everything anyway."""
_RIGHTS = lazy_regex(
    r"\b(?:usermod|useradd|adduser)[ \t][^\n;|&]{0,99}?(?:-\w{0,5}G[ \t]{0,9}|--groups[= \t])(?:[\w,-]{1,60},)?"
    r"(?:wheel|sudo|root)\b"
    rf"(?:,[\w,-]{{1,60}})?(?![\w,-])(?![ \t]{{1,9}}(?:{_USERS})(?![\w-]))"
    rf"|\b(?:gpasswd[ \t]{{1,9}}-a|adduser)[ \t]{{1,9}}(?!(?:{_USERS})(?![\w-]))[\w.-]{{1,60}}"
    r"[ \t]{1,9}(?:wheel|sudo|root)\b"
    r"|\becho[ \t]{1,9}(?:-\w[ \t]{1,9})?[\"']?[\w.-]{1,60}:[^$`\"'\n|{<]{1,99}[\"']?[ \t]{0,9}\|[ \t]{0,9}"
    r"(?:sudo[ \t]{1,9})?chpasswd\b"
    r"|\becho[ \t]{1,9}(?:-\w[ \t]{1,9})?[\"']?[^$`\"'\n|{<]{1,99}[\"']?[ \t]{0,9}\|[ \t]{0,9}"
    r"(?:sudo[ \t]{1,9})?passwd[ \t][^\n;|&]{0,60}?--stdin\b"
    r"|\bnet1?(?:\.exe)?[ \t]{1,9}(?:user[ \t]{1,9}[\w.-]{1,60}[ \t]{1,9}[^$%\s/*]{4,99}[ \t]{1,9}/add\b"
    r"|localgroup[ \t]{1,9}administrators[ \t]{1,9}[\w.-]{1,60}[ \t]{1,9}/add\b)"
    r"|\badd-localgroupmember[ \t][^\n;|]{0,99}?\badministrators\b",
    re.IGNORECASE,
)
"""A user who gets the rights of root, or a password that stands in the text."""
_FROM_ADDRESS = lazy_regex(r"--manifest-url[=\s]|\bstaticPodURL[\"']?[ \t]{0,9}:[ \t]{0,9}[\"']?\w")
"""Settings of the kubelet by which whoever answers at an address starts pods ("Create static Pods")."""


def loaded(text: str) -> str:
    """Returns where a text writes what a machine loads by itself; empty if it writes there nothing."""
    match = _WRITTEN.search(text) or _KEYS.search(text) or _RIGHTS.search(text) or _FROM_ADDRESS.search(text)
    return match[0].strip() if match else ""
