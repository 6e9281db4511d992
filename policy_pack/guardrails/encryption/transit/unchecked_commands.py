"""Commands that talk in plain text, or to whoever answers: in scripts, and in lists of the words of a container.

curl -k, redis-cli --insecure, mysql --ssl-mode and --skip-ssl, aws --no-verify-ssl, git http.sslVerify and ssh
StrictHostKeyChecking by their manuals and by scripts in public repositories, read 2026-11-29; which flags of curl have
no value by curl/curl 5c61e16 docs/cmdline-opts, and the programs of registries by oras-project/oras 94fa1d8 cmd/oras/
internal/option/remote.go, google/go-containerregistry 3f4ff3c cmd/crane/cmd/root.go, helm/helm e9b85e4 pkg/cmd,
sigstore/cosign d6d86c2 cmd/cosign/cli/options/registry.go, regclient/regclient 725072f cmd/regctl/registry.go,
containerd/containerd 00f3516 cmd/ctr/commands/commands.go, GoogleContainerTools/kaniko 236ba56 cmd/executor/cmd/root.go
and httpie/cli 5b604c3 httpie/cli/definition.py; read 2026-11-30. Git's words for false, with an empty one, by
git/git 1a3e64c6 parse.c, and that mysql talks to localhost by a socket unless a protocol is named by the MySQL
Reference Manual, "Connection Transport Protocols"; read 2026-11-30. Options such as `--tls-verify=false` (skopeo,
podman, buildah) and `--insecure-registry` (nerdctl) say enough without the program's name: `client_settings` and the
switches of programs. A program in the same pod or machine, such as one that a check of health asks, is on no path that
others reach. What is reported is the program and the option only: commands have passwords. Repetitions are bounded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ...engine.lazy_regex import lazy_regex
from ...readers.commands import words_of
from ...readers.texts import Leaf
from .client_files import FAR_HOST

_MYSQL = (
    r"--ssl-mode[= ](?:disabled|preferred)\b|--ssl=(?:0|off|false)\b|--(?:skip|disable)[-_]ssl(?![\w-])"
    r"|--(?:skip|disable)-ssl-verify-server-cert\b"
)
_OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("curl", r"(?-i:-[aBfgGiIjJlLMnNOpqRsSvVZ#:0-46]{0,20}k)|--insecure(?= |$)", "-k"),
    (r"(?:mysql|mariadb)[\w-]{0,20}", _MYSQL, ""),
    ("redis-cli|valkey-cli|mc|crane", r"--insecure(?:=true)?(?= |$)", ""),
    ("oras", r"--(?:from-|to-)?(?:insecure|plain-http)(?:=true)?(?= |$)", ""),
    ("cosign", r"--allow-(?:insecure|http)-registry(?:=true)?(?= |$)", ""),
    ("regctl", r"--tls[= ](?:disabled|insecure)\b", ""),
    ("ctr", r"(?:--plain-http|--skip-verify|-k)(?= |$)", ""),
    ("executor|warmer", r"--(?:insecure|skip-tls-verify)(?:-pull|-registry)?(?:=(?!false)\S{1,200})?(?= |$)", ""),
    ("https?|httpie", r"--verify[= ](?:no|false)\b", ""),
    (r"mosquitto_(?:pub|sub|rr)", r"--insecure(?= |$)", ""),
    ("argocd", r"--insecure(?= |$)", ""),
    ("aws", r"--no-verify-ssl(?= |$)", ""),
    ("wget|rclone", r"--no-check-certificate(?= |$)", ""),
    ("kubectl|oc", r"--insecure-skip-tls-verify(?:=true)?(?= |$)", ""),
    ("helm", r"--(?:insecure-skip-tls-verify|plain-http|insecure)(?:=true)?(?= |$)", ""),
    ("s3cmd", r"--no-ssl(?= |$)", ""),
    ("restic", r"--insecure-tls(?= |$)", ""),
    ("git", r"(?:-c ?|--config[= ]|config )(?:.{0,150} )?(?:-c ?|--config[= ])?http\.(?:\S{1,200}\.)?sslverify"
     r"(?:=(?:(?:false|0|no|off)\b|(?= |$))| (?:(?:false|0|no|off)\b))", "http.sslVerify=false"),
    ("npm|pnpm|yarn", r"(?:set (?:-\S{1,30} )?(?:strict-ssl|enableStrictSsl)[= ]|--strict-ssl[= ]?)(?:false|0)\b"
     r"|--no-strict-ssl(?= |$)", ""),
    (r"pip[\d.]{0,6}", rf"--trusted-host[= ]{FAR_HOST}", "--trusted-host"),
    (r"(?:auto)?ssh|scp|sftp|rsync|sshfs|ansible[\w-]{0,20}",
     r"(?:-\w{0,9}o ?|--\w[\w-]{0,40}=-o ?)?StrictHostKeyChecking[= ](?:no|off)\b", "StrictHostKeyChecking=no"),
)  # fmt: skip
"""Programs, their options that switch TLS or its check off, and what is reported: what was found, if it is fixed."""
_ROWS = tuple((lazy_regex(name), lazy_regex(f"(?<= )(?:{option})", re.IGNORECASE), stated)
              for name, option, stated in _OPTIONS)  # fmt: skip
_SIGNS = lazy_regex(
    r"-[\w#:]{0,20}k|insecure|ssl|stricthostkeychecking|no-check-cert|plain-http|skip-|-http-registry|--tls|--verify"
    r"|--trusted",
    re.IGNORECASE,
)
"""What every text with such a command has: most have none, and are not divided into words."""
_OF_GIT = lazy_regex(r"GIT_SSL_NO_VERIFY=(?:1|true)", re.IGNORECASE)
_OWN = (
    r"(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|\$\{?(?:POD_IP|HOSTNAME)\}?|\$\((?:POD_IP|HOSTNAME)\))"
    r"(?::[\w${}()]{1,40})?(?:[/?]\S*)?"
)
_OWN_HOST = lazy_regex(rf"(?:-h|--host=)?{_OWN}", re.IGNORECASE)
_ADDRESS = lazy_regex(r"(?:--url=)?[a-z][a-z0-9+]{1,9}://(?:[^\s/@]{0,200}@)?(?P<rest>.*)", re.IGNORECASE)
_SOCKET = lazy_regex(
    r" (?:--(?:abstract-)?unix-socket[= ]|--socket[= ]/|--protocol[= ]socket(?: |$)|-S ?/(?:var/)?run/)"
)
_RESOLVED = lazy_regex(
    r" --(?:resolve[= ]\+?|connect-to[= ])(?P<host>[^\s:]{0,253}):\d{0,5}"
    r":(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?=[: ]|$)"
)
"""Hosts that curl asks at an address of its own machine; an empty one is each."""
_HOST = lazy_regex(r" (?:-h ?|--host[= ])(?P<host>[^\s-]\S*)")
_OWN_NAME = lazy_regex(r"\$\((?:hostname[ \t]{0,9}[\w-]{0,9}|POD_IP|HOSTNAME)\)|`hostname[ \t]{0,9}[\w-]{0,9}`")
_SUBSTITUTED = lazy_regex(r"\$\((?P<inner>[^()\n]{1,400})\)")
_VALUE = lazy_regex(
    r"(?:(?<=\s-[dHwAub])|(?<=\s-[dHwAub] )|(?<=--data )|(?<=--header )|(?=[\"']https?://))"
    r"(?:\"[^\"\n]{0,2000}\"|'[^'\n]{0,2000}')"
)
"""Texts in quotes that are one word: what stands in them divides no command, and is no option."""
_COMMENT = lazy_regex(r"(?m)^[ \t]{0,99}#(?!!)[^\n]*")
_DIVIDES = lazy_regex(r"[\s;|&()`]")
_SEARCHES = frozenset({"grep", "egrep", "fgrep", "rg", "zgrep"})
"""Programs whose words are what is looked for."""
_ALONE = lazy_regex(r"--(?:(?:skip|disable)[-_]ssl|no-check-certificate)", re.IGNORECASE)
"""Options that say enough without a program."""
_MOST_WORDS = 60
"""Words behind a program that are read: the time stays linear."""


def without_comments(text: str) -> str:
    """Returns a script without the lines that are comments."""
    return _COMMENT.sub("", text) if "#" in text else text


def unchecked_command(text: str, *, is_item: bool = False) -> str:
    """Returns the program and the option of the first command of a text that verifies nobody; empty if there is none.

    An option alone is one of a program that is not named, such as those that a variable holds for a server; as an item
    of a list it belongs to the words before it (`unchecked_lists`).
    """
    if not _SIGNS.search(text):
        return ""
    plain = _OWN_NAME.sub("localhost", without_comments(text))
    plain = _VALUE.sub(lambda found: _DIVIDES.sub("_", found[0]), plain)
    inner = "\n".join(found["inner"] for found in _SUBSTITUTED.finditer(plain))
    plain = _SUBSTITUTED.sub("_", plain)
    if not is_item and plain.lstrip().startswith("-") and (found := _of_no_program(plain.split())):
        return found
    return next(filter(None, map(_of_words, words_of(f"{plain}\n{inner}"))), "")


def unchecked_lists(leaves: Iterable[Leaf]) -> Iterator[tuple[str, str]]:
    """Yields path and command of each list of words that verifies nobody: a container's command with its arguments."""
    lists: dict[str, list[str]] = defaultdict(list)
    for leaf in leaves:
        if leaf.path.endswith("]") and isinstance(leaf.value, str):
            lists[leaf.path.rpartition("[")[0]].append(leaf.value)
    for path, words in lists.items():
        above, _, name = path.rpartition(".")
        if name == "args" and f"{above}.command" in lists:
            continue
        behind = lists.get(f"{above}.args", []) if name == "command" else []
        if _SIGNS.search(" ".join((*words, *behind))) is None:
            continue
        every = tuple(map(_word, (*words, *behind)))
        if found := _of_words(every) or _of_no_program(every):
            yield path, found


def _word(text: str) -> str:
    """Returns an item of a list as one word."""
    return _DIVIDES.sub("_", _OWN_NAME.sub("localhost", text.strip()))


def _of_words(words: Sequence[str]) -> str:
    """Returns the program and the option of a command, if it verifies nobody."""
    if not _SEARCHES.isdisjoint(words[:4]):
        return ""
    for index, word in enumerate(words):
        if _OF_GIT.fullmatch(word):
            return "GIT_SSL_NO_VERIFY"
        name = re.split(r"[/=]", word[-200:])[-1]
        option, stated = next(
            ((option, stated) for program, option, stated in _ROWS if program.fullmatch(name)), (None, "")
        )
        line = " ".join(("", *words[index + 1 : index + 1 + _MOST_WORDS])) if option else ""
        found = option.search(line) if option else None
        if found is not None and not _is_own(words[index + 1 :], line):
            return f"{name} {stated or found[0]}"
    return ""


def _of_no_program(words: Sequence[str]) -> str:
    """Returns the option of a list of options whose program is not named: that of an image, or of a variable."""
    is_named = any(program.fullmatch(re.split(r"[/=]", word[-200:])[-1]) for word in words for program, _, _ in _ROWS)
    if is_named or _SOCKET.search(line := " ".join(("", *words))):
        return ""
    if alone := next(filter(_ALONE.fullmatch, words), ""):
        return "" if _is_own(words, line) else alone
    is_ssh = re.search(r" -o[ _]?StrictHostKeyChecking[=_ ](?:no|off)(?= |$)", line, re.IGNORECASE)
    return "StrictHostKeyChecking=no" if is_ssh else ""


def _is_own(words: Sequence[str], line: str) -> bool:
    """Returns whether a command only talks to programs of the same pod or machine."""
    hosts = [found["host"] for found in _HOST.finditer(line)]
    if _SOCKET.search(line):
        return all(map(_OWN_HOST.fullmatch, hosts))
    addresses = [found["rest"] for word in words[:_MOST_WORDS] if (found := _ADDRESS.fullmatch(word))]
    given = [*addresses, *hosts]
    if given:
        local = {found["host"] for found in _RESOLVED.finditer(line)}
        return "" in local or all(_OWN_HOST.fullmatch(host) or re.split("[:/?]", host)[0] in local for host in given)
    return any(map(_OWN_HOST.fullmatch, words[:_MOST_WORDS]))
