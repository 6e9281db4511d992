"""Test programs that are configured by environment variables, and the engine operations on them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.engine.harness import CommandResult, Project

STACK = "dev"


@dataclass(frozen=True)
class Program(Project):
    """A program and its sandbox. The variable PARTS enables parts of the program, CHANGE makes one change."""

    def do(self, name: str, *extra: str, pack: bool = False, **environment: str) -> CommandResult:
        """Runs an engine operation, which may fail."""
        session = replace(self.session, environment=self.session.environment | environment)
        return Project(session).run(name, STACK, *extra, pack=pack)

    def succeed(self, name: str, *extra: str, pack: bool = False, **environment: str) -> CommandResult:
        """Runs an engine operation, which must succeed without a guardrail finding."""
        ran = self.do(name, *extra, pack=pack, **environment)
        assert (ran.status, ran.rules) == (0, set()), ran.output
        return ran

    def succeed_with_pack(self, name: str, *extra: str, **environment: str) -> CommandResult:
        """Runs an engine operation with the policy pack, which must succeed without a finding."""
        return self.succeed(name, *extra, pack=True, **environment)

    def assert_stable(self, **environment: str) -> None:
        """Asserts that another `up` changes nothing, nothing has drifted, and the state matches the clouds."""
        self.succeed("up", "--expect-no-changes", pack=False, **environment)
        assert self.drift(STACK) == []
        assert self.ids_in_state(STACK) == self.ids_in_clouds()

    def assert_changes(self, changes: dict[str, int], **environment: str) -> None:
        """Asserts that a preview with the policy pack plans exactly these numbers of changes; 0 means none."""
        planned = self.succeed_with_pack("preview", **environment)
        counted = {kind: number for kind, number in planned.changes.items() if kind != "unchanged"}
        assert counted == {kind: number for kind, number in changes.items() if number}, planned.output

    def assert_refused(self, words: str, restore: bool = True, **environment: str) -> None:
        """Asserts that an `up` fails with a message that contains `words` and without a traceback.

        With `restore`, a partial deployment is undone by a second `up` without `environment`.
        """
        before = self.ids_in_clouds()
        refused = self.do("up", pack=False, **environment)
        assert refused.status != 0
        assert words in refused.output
        assert "Traceback" not in refused.output, refused.output[-5000:]
        if restore:
            self.succeed("up")
        assert self.ids_in_clouds() == before


BringUp = Callable[..., Program]


@contextmanager
def deployed_program(program: Program, pack: bool = True, **environment: str) -> Iterator[Program]:
    """Deploys the program for the duration of a test, then destroys it, which must leave no resource."""
    program.succeed("up", pack=pack, **environment)
    yield program
    program.succeed("destroy", pack=False, **environment)
    assert program.inventory() == []
