"""Commands of containers that install or run the newest version of a package from a public index when they start.

Whoever publishes the package decides what the next start runs. A fixed version, a list of hashes, a path and the file
of a repository are what was reviewed. Other names of commands by npm/cli 780afc50 (lib/utils/cmd-list.js),
rubygems/rubygems 69ec4a3a (command_manager.rb), pnpm/pnpm 36e5ae6a (bin) and pypa/pipx 9bb766c0 (main.py), read
2026-11-28; uv run --with, cargo binstall, gem exec, pixi, composer, dotnet tool, krew, extensions of gh and cpanm found
as strings in public repositories, read 2026-11-29; the other commands and options by the programs' own references, as
known on 2026-11-28. Repetitions are bounded, so that the time is linear in the length of a text.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex

_GAP = r"[ \t]{1,9}"
_RUNNERS = (
    "npx", "pnpx", rf"npm{_GAP}(?:exec|x|init|innit|create)", rf"(?:pnpm|yarn|bun){_GAP}create", "bunx",
    rf"bun{_GAP}x", rf"(?:pnpm|yarn)(?:{_GAP}--package[= ]\S{{1,100}}){{0,4}}{_GAP}dlx", "uvx",
    rf"uv{_GAP}tool{_GAP}(?:run|install)", rf"pipx{_GAP}(?:run|install|upgrade)", rf"deno{_GAP}run",
    rf"go{_GAP}(?:run|install)", rf"gem{_GAP}exec", rf"pixi{_GAP}exec", "dnx",
    rf"dotnet{_GAP}tool{_GAP}(?:exec|install|update)", rf"gh{_GAP}extensions?{_GAP}install",
)  # fmt: skip
"""Programs that load a package and run it."""
_INSTALLERS = (
    rf"(?:python[\d.]{{0,5}}{_GAP}-m{_GAP})?(?:uv{_GAP})?pip[\d.]{{0,5}}{_GAP}install",
    rf"(?:npm|pnpm|bun){_GAP}(?:add|i|in|ins|insta?|install?|isnta?|isntall?|it|install-test)",
    rf"yarn{_GAP}(?:global{_GAP})?add", rf"gem{_GAP}i(?:nstall)?", rf"cargo{_GAP}install",
    rf"cargo{_GAP}binstall", rf"(?:conda|mamba|micromamba){_GAP}(?:install|create|update|upgrade)",
    rf"pixi{_GAP}(?:add|global{_GAP}install)",
    rf"(?:uv|poetry|pdm|deno){_GAP}add", rf"deno{_GAP}install", rf"composer{_GAP}(?:global{_GAP})?require",
    rf"(?:kubectl{_GAP})?krew{_GAP}install", "cpanm",
)  # fmt: skip
_COMMAND = lazy_regex(
    rf"(?<![\w./-])(?P<verb>{'|'.join((*_RUNNERS, *_INSTALLERS))})(?![\w-])"
    rf"(?P<packages>(?:{_GAP}[^\s;&|<>]{{1,200}}){{1,30}})?"
)
_IS_RUNNER = lazy_regex("|".join(_RUNNERS))
_IS_WORD = lazy_regex(r".*[ \t]i[nt]")
"""Short names that are words too, as in "we use npm in the image": these count where a command begins only."""
_BEGINS = lazy_regex(
    r"(?:^|[;&|({`]|\b(?:sudo|exec|then|do|else|RUN|env)|[ \t]-\w{0,3}c)[ \t\"']{0,9}"
    r"(?:[A-Za-z_]{1,40}=\S{0,100}[ \t]{1,9}){0,9}\Z"
)
_LONGEST_LINE = 500
"""Characters before a command that are read."""
_REVIEWED = lazy_regex(r"--require-hashes|--no-index|--offline|--frozen-lockfile|--no-install")
"""Options by which nothing is loaded, or only what a list of hashes has."""
_OF_VERSION = lazy_regex(r"[ \t](?:--(?:version|pin)[= \t]|-v[= \t]?)[ \t]{0,9}[\"']?v?\d{1,9}\.\d")
_VERSION_OF_GEM = lazy_regex(
    r"gem[ \t]{1,9}exec(?:[ \t]{1,9}--?[a-z-]{1,20}){0,5}[ \t]{1,9}(?:-v|--version)[= \t]{0,9}\d{1,9}\.\d"
)
"""A version before the program: what stands behind it is the program's (rubygems/rubygems
69ec4a3 lib/rubygems/commands/exec_command.rb, read 2026-11-30)."""
_HAS_VERSION = lazy_regex(r"(?:cargo|dotnet|gh)\b.*|gem[ \t]{1,9}i(?:nstall)?")
"""Option that fixes the version of the package, and the commands that have it; others hand it on to the program."""
_NAMED = lazy_regex(r"--(?:package|from|spec)(?:=(.*))?")
"""Options of a runner, before the program, that name packages; the program is one of theirs then (npx and pnpm
--package, uvx --from and pipx run --spec, found as strings in public repositories, read 2026-11-29)."""
_BESIDE = lazy_regex(rf"(?<![\w./-])(?:uv{_GAP}run|uvx)(?P<words>(?:{_GAP}[^\s;&|<>]{{1,200}}){{1,30}})")
_OPTION_OF_UV = lazy_regex(
    r"-(?:p|i|f|P|C|b|c)|--(?:(?:no-|only-)?(?:extra|group)|env-file|with-(?:editable|requirements|executables-from)"
    r"|index|default-index|exclude-newer-package|config-settings?-package|torch-backend|build-constraints?"
    r"|python-preference|preview-features|no-(?:install|editable)-package|upgrade-group|excludes?"
    r"|index-url|extra-index-url|find-links|index-strategy|keyring-provider|upgrade-package|reinstall-package"
    r"|refresh-package|resolution|prerelease|fork-strategy|config-setting|link-mode|exclude-newer|no-build-package"
    r"|no-binary-package|cache-dir|python|python-platform|color|project|directory|config-file|package|from"
    r"|allow-insecure-host|constraints?|overrides?)"
)
"""Options of uv whose value is the next word (astral-sh/uv 26a9dd4 crates/uv-cli/src/lib.rs, read 2026-11-30)."""
_WITH_VALUE = lazy_regex(r"-(?:r|c|e|t|i|f)|--(?:requirement|constraint|editable|target|prefix|index-url"
                         r"|extra-index-url|registry|cache-dir|find-links|allow-\w+|python|from|with"
                         r"|group|upgrade-strategy|no-binary|only-binary|root|report|timeout|default-timeout|retries"
                         r"|trusted-host|progress-bar|proxy|log|platform|python-version|abi)")  # fmt: skip
"""Options whose value is the next word (of pip by pypa/pip 6d309205, cli/cmdoptions.py and commands/install.py, read
2026-11-30)."""
_OF_CONDA = lazy_regex(r"(?<!\S)(?:-[np]|--(?:name|file|channel|solver|subdir|clone|revision))[= \t]{1,9}\S{1,200}")
"""Options of conda with a value (conda/conda 0f64223f, conda/cli/helpers.py and main_*.py, read 2026-11-30)."""
_FIXED = lazy_regex(r".+(?:={2,3}|@|~|:)v?\d+(?:\.\d+)+\S*|.+=\d\S*|.+@[0-9a-f]{12,64}")
"""A package with its version: `name==1.2`, `@scope/name@1.2.3`, `module@v1.2.3`."""
_LOCAL = lazy_regex(r"[./~$].*|.*\.(?:whl|tgz|tar\.gz|gem|ts|js|go)|file:.*")
"""A path, a variable or a file."""
_WORD = lazy_regex(r"[@\w][\w@./:+\[\]=<>!,~^*-]{0,199}")


def unpinned_install(text: str) -> str:
    """Returns the command and the package without a version that a text installs or runs; empty if there is none."""
    for match in _COMMAND.finditer(text):
        begin = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST_LINE)
        is_prose = _IS_WORD.fullmatch(match["verb"]) and not _BEGINS.search(text[begin : match.start()])
        is_fixed = (_HAS_VERSION.fullmatch(match["verb"]) and _OF_VERSION.search(match[0])) or _VERSION_OF_GEM.match(
            match[0]
        )
        if is_prose or is_fixed or _REVIEWED.search(match[0]):
            continue
        package = _package_of(match)
        if package:
            return f"{match['verb']} {package}"
    beside = (item for match in _BESIDE.finditer(text) for item in _beside(match["words"]))
    package = next((item for word in beside for item in word.split(",") if _unpinned(item, only_first=True)), "")
    return f"uv run --with {package}" if package else ""


def _beside(words: str) -> Iterator[str]:
    """Yields the packages that uv loads beside a program: options behind the program are its own."""
    option = ""
    for word in words.replace('"', "").replace("'", "").split():
        if option:
            if option == "--with":
                yield word
            option = ""
        elif word.startswith("--with="):
            yield word.removeprefix("--with=")
        elif word == "--with" or _OPTION_OF_UV.fullmatch(word):
            option = word
        elif not word.startswith("-"):
            return


def _package_of(command: re.Match[str]) -> str:
    """Returns the package without a version that a command loads; empty if there is none."""
    is_runner = _IS_RUNNER.fullmatch(command["verb"]) is not None
    words = command["packages"] or ""
    if re.match(r"conda|(?:micro)?mamba", command["verb"]):
        words = _OF_CONDA.sub("", words)
    before = " ".join(re.findall(r"--package[= ]\S+", command["verb"]))
    named = _named(f"{before} {words}") if is_runner else []
    return next(filter(None, (_unpinned(item, only_first=is_runner) for item in named or [words])), "")


def _named(words: str) -> list[str]:
    """Returns the packages that options before the program name."""
    found: list[str] = []
    option = ""
    for word in words.replace('"', "").replace("'", "").split():
        is_value, is_named = bool(option), _NAMED.fullmatch(option) is not None
        option = ""
        if is_value:
            found += [word] if is_named else []
        elif match := _NAMED.fullmatch(word):
            found += [match[1]] if match[1] else []
            option = "" if match[1] else word
        elif word.startswith("-"):
            option = word if _WITH_VALUE.fullmatch(word) else ""
        else:
            break
    return found


def _unpinned(words: str, *, only_first: bool) -> str:
    """Returns the first package without a version; of a runner only its first word is one."""
    is_value = False
    for word in words.replace('"', "").replace("'", "").split():
        if word.startswith("-"):
            is_value = _WITH_VALUE.fullmatch(word) is not None
        elif is_value:
            is_value = False
        elif _LOCAL.fullmatch(word) or _FIXED.fullmatch(word) or not _WORD.fullmatch(word):
            if only_first:
                return ""
        else:
            return word
    return ""
