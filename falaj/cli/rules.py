"""The rules of the base for `falaj verdict`: they judge a change that alters the rules, and the report shows how."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from falaj.cli.common import EXIT_INVALID, CommandError
from falaj.cli.pack import BUNDLED_PACK, REVIEWS_FILE, pack_of, run_guardrails

if TYPE_CHECKING:
    from falaj.finops.gate import GateResult
    from falaj.finops.report.rule_changes import RuleChanges, RuleSet
    from falaj.sandbox.previews import PolicyPreview


@dataclass(frozen=True)
class Ref:
    """A commit as it was given, and its hash; None if it was not given or is no commit."""

    name: str | None
    commit: str | None

    def __str__(self) -> str:
        """The name with the hash that it had."""
        return f"{self.name} ({(self.commit or '')[:10]})"


@dataclass(frozen=True)
class Packs:
    """The pack that decides on a change, the pack of the change if it alters its rules, and how it does."""

    judge: Path
    own: Path | None = None
    changes: "RuleChanges | None" = None


@contextmanager
def packs_of(project: Path, stack: str, base: Ref, rules: Ref, given: Path | None = None) -> Iterator[Packs]:
    """Yields the packs that judge a change since `base`, of which that of `rules` decides. Raises `CommandError`.

    A `given` pack judges alone. It may not be part of the change, which could alter it.
    """
    from falaj.finops.report.rule_changes import RuleSet, rule_changes
    from falaj.sandbox.base_pack import CHECK, changed_files, changed_rules, is_in_repository, pack_at
    from falaj.sandbox.previews import CommitNotFound

    if given is not None:
        if rules.commit is not None and is_in_repository(project, given.resolve()):
            raise CommandError(
                f"--policy-pack: {given} is in the repository of the change, which could alter it; name a folder "
                "outside, or call it policy_pack/ and leave the option out: then the version of the base decides",
                EXIT_INVALID,
            )
        yield Packs(given)
        return
    own = project / pack_of(project)
    if rules.commit is None:
        yield Packs(own)
        return
    try:
        compared = base.commit or rules.commit
        altered, check = changed_rules(project, compared), changed_files(project, compared, CHECK)
        with pack_at(project, rules.commit) as extracted:
            pack = extracted or BUNDLED_PACK
            judge = pack if changed_rules(project, rules.commit) else own
            if altered:
                changes = rule_changes(str(rules), rules_of(pack, stack), rules_of(own, stack), (*altered, *check))
                yield Packs(judge, own, changes)
            else:
                yield Packs(judge, None, rule_changes(str(rules), RuleSet(), RuleSet(), check) if check else None)
    except CommitNotFound as error:
        raise CommandError(f"--rules: {error}", EXIT_INVALID) from None


def judged_by_both(changes: "RuleChanges | None", preview: "PolicyPreview", stack: str) -> "RuleChanges | None":
    """Adds the verdicts that differ to the changes, and the finding that there are changes to the evidence."""
    from falaj.finops.report.rule_changes import with_verdicts
    from falaj.sandbox.evidence import read_evidence

    if changes is None or preview.evidence is None:
        return changes
    if preview.own is not None and preview.own.evidence is not None:
        changes = with_verdicts(changes, read_evidence(preview.evidence), read_evidence(preview.own.evidence))
    with preview.evidence.open("a", encoding="utf-8") as file:
        file.write(json.dumps(changes.evidence(stack)) + "\n")
    return changes


def own_verdict(preview: "PolicyPreview") -> "tuple[GateResult, ...]":
    """Returns a failed result if the rules of the change refuse it, whatever those of the base decide."""
    from falaj.finops.gate import GateResult

    if preview.own is None or preview.own.plan is not None:
        return ()
    reason = "its own rules refuse this change or stop with an error; run `falaj preview` to see why"
    return (GateResult("policy pack of the change", False, reason),)


def rules_of(pack: Path, stack: str = "") -> "RuleSet":
    """Reads levels and settings of a pack, in a stack or by default. A pack that cannot list its rules has none."""
    from falaj.finops.report.rule_changes import RuleSet

    done = run_guardrails(pack, "list", "--stack", stack)
    listed = json.loads(done.stdout) if done.returncode == 0 else []
    return RuleSet(
        levels={rule["id"]: rule["level"] for rule in listed},
        settings=_yaml(pack / "enforcement.yaml"),
        exemptions=_entries(pack / "exemptions.yaml", "exemptions"),
        reviews=_entries(pack / REVIEWS_FILE, "reviewed_programs"),
    )


def _entries(file: Path, key: str) -> tuple[dict[str, Any], ...]:
    entries = _yaml(file).get(key)
    return tuple(item for item in entries if isinstance(item, dict)) if isinstance(entries, list) else ()


def _yaml(file: Path) -> dict[str, Any]:
    """Returns the content of a settings file; nothing if it is missing or invalid, for which the pack then stops."""
    import yaml

    from falaj.facts import strict_yaml

    try:
        content = strict_yaml.load(file)
    except (OSError, yaml.YAMLError):
        return {}
    return content if isinstance(content, dict) else {}
