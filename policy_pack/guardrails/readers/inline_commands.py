"""Commands that give a shell or an interpreter its program in an argument."""

import re
from collections.abc import Mapping, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, one_or_many

_FLAGS = re.IGNORECASE | re.DOTALL
_KEYS = ("entryPoint", "entryPoints", "entrypoint", "command", "commands", "cmd", "args", "arguments")
"""Properties of a container with the words of its command, in the order in which they are joined."""
_SHELL = lazy_regex(r"(?:.*[/\\])?(?:(?:ba|da|a|z|k|mk|fi|c|tc)?sh|busybox|cmd)(?:\.exe)?", _FLAGS)
_POWERSHELL = lazy_regex(r"(?:.*[/\\])?(?:pwsh(?:-preview)?|powershell)(?:\.exe)?", _FLAGS)
_INTERPRETER = lazy_regex(
    r"(?:.*[/\\])?(?:python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|node|nodejs|deno|bun|php[\d.]*|lua[\w.]*|rscript"
    r"|groovy|tclsh|psql|mysql|mariadb|sqlite3|clickhouse-client|sqlcmd|mongosh|mongo|redis-cli|vim?|emacs|gdb"
    r"|su|runuser|script|expect)(?:\.exe)?",
    _FLAGS,
)
_SHELL_FLAG = lazy_regex(r"-(?=[a-z]*c)[a-z]+|/[a-z]*[ckr]", _FLAGS)
"""Flags after which a shell reads its program: `-c` also among others (POSIX, `sh`; cmd by its help, as known)."""
_POWERSHELL_FLAG = lazy_regex(r"[-/](?=[a-z]*c)[a-z]+|[-/]en?", _FLAGS)
"""`-Command` and `-EncodedCommand`, which each beginning stands for, also alone (PowerShell, "about_Pwsh", read
2026-12-02)."""
_FLAG = lazy_regex(
    r"-(?=[a-z]*[ce])[a-z]+|-[ce].+|-[rq]|--(?:eval|exec|execute|command|expression|print|query|run)(?:=.*)?", _FLAGS
)
_ANY_FLAG = lazy_regex(r"-[a-z]*[ce]|--(?:eval|exec|execute|command)(?:=.*)?", _FLAGS)
"""The same of other interpreters, and of a program that is not named, such as that of an image."""
_FLAGS_OF = ((_SHELL, _SHELL_FLAG), (_POWERSHELL, _POWERSHELL_FLAG), (_INTERPRETER, _FLAG))
"""Programs, and their flags."""
_OF_PROGRAMS = lazy_regex(r"[\s;|&$<>(){}`\"']")
"""What a program has and a name of a file has not."""


_HEALTH_CHECK = "CMD-SHELL"
"""Word before a line that the shell of a container runs (Amazon ECS, HealthCheck, as known)."""


def inline_command(value: Mapping[str, Plain]) -> dict[str, Plain]:
    """Returns the properties with the words of a command that has a program, or that is not known; none if it has
    none."""
    words = {key: value[key] for key in _KEYS if value.get(key) not in (None, [], "")}
    return words if words and _is_inline([word for part in words.values() for word in _words(part)]) else {}


def _words(part: Plain) -> list[Plain]:
    """Returns the words of a list, or of a line."""
    return list(part.split()) if isinstance(part, str) else one_or_many(part)


def _is_inline(words: Sequence[Plain]) -> bool:
    if words[:1] == [UNKNOWN]:
        return True
    flags = _ANY_FLAG
    for word, following in zip(words, (*words[1:], ""), strict=True):
        text = word if isinstance(word, str) else ""
        if text == _HEALTH_CHECK or (flags.fullmatch(text) and (flags is not _ANY_FLAG or _is_text(text, following))):
            return True
        flags = next((after for program, after in _FLAGS_OF if program.fullmatch(text)), flags)
    return False


def _is_text(flag: str, following: Plain) -> bool:
    """Returns whether what follows a flag, perhaps in the same word, is a program or is not known."""
    return following is UNKNOWN or _OF_PROGRAMS.search(f"{flag.partition('=')[2]}{following}") is not None
