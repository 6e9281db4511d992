"""Files and options of clients that take whoever answers for their server: of Git, of package managers and of Wget.

`sslVerify` of Git, also in a section of its own and empty, and in GIT_CONFIG_PARAMETERS (git/git 1a3e64c6 parse.c and
Documentation/config/http.adoc), that of dnf (rpm-software-management/dnf doc/conf_ref.rst), `verify_ssl` of a Pipfile
(pypa/pipenv, issue 3841), npm's `strict-ssl` (npm, "config") and `check_certificate` of Wget ("Wgetrc Commands"), as
excerpts; `--trusted-host` of pip, whose host needs no valid HTTPS (pip 23.2.1 cli/cmdoptions.py); pgBackRest's
`repo1-storage-verify-tls` (found as a string); read 2026-11-30.
Repetitions are bounded.
"""

import re

from ...engine.lazy_regex import lazy_regex

FAR_HOST = (
    r"(?!(?:localhost|127\.[\d.]{1,11}|[\w-]{1,63}|[\w.-]{1,200}\.svc(?:\.[\w.-]{1,99})?)(?::\d{1,5})?(?:\s|\Z))"
    r"[\w.-]{1,253}"
)
"""A host that is neither the machine itself nor a service of the same cluster, to which the mesh may encrypt."""
_OTHERS = r"(?:[^\s=\[#;]{1,253}(?:[ \t]{1,40}|\r?\n[ \t]{1,40})){0,9}?"
"""Hosts before it in a list, of which each further line is indented."""
TRUSTED_HOST = lazy_regex(rf"\s{{0,40}}{_OTHERS}{FAR_HOST}", re.IGNORECASE)
_LINE = lazy_regex(
    r"^[ \t]{0,40}(?P<off>sslverify|ssl_verify|verify_ssl|strict-ssl|check[_-]?certificate"
    r"|repo\d{1,3}-(?:storage|s3|azure|gcs)-verify-tls)[ \t]{0,9}="
    r"[ \t]{0,9}[\"']?(?:false|0|no|off|n)\b|^[ \t]{0,40}(?P<empty>sslverify)[ \t]{0,9}=[ \t]{0,9}$"
    rf"|^[ \t]{{0,40}}(?P<trusted>trusted-host)[ \t]{{0,9}}=\s{{0,40}}{_OTHERS}{FAR_HOST}"
    r"|\bhttp\.(?:[^\s'\"]{1,200}\.)?(?P<git>sslverify)'?='?(?:false|0|no|off)\b",
    re.IGNORECASE | re.MULTILINE,
)


def unchecked_line(text: str) -> str:
    """Returns the name of the first setting of a file that switches the check of certificates off; empty if there is
    none. Its value and the address beside it, which may have a password, are left out."""
    found = _LINE.search(text)
    return found["off"] or found["empty"] or found["trusted"] or found["git"] if found else ""
