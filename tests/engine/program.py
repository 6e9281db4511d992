"""Small programs that read from their environment what they are to be, and the life that each of them lives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.engine.harness import Project, Ran

STACK = "dev"


@dataclass(frozen=True)
class Program(Project):
    """A program and its sandbox. PARTS names what is turned on, CHANGE the one thing that a test alters."""

    def do(self, name: str, *extra: str, pack: bool = False, **environment: str) -> Ran:
        """One engine operation, however it ends."""
        session = replace(self.session, environment=self.session.environment | environment)
        return Project(session).run(name, STACK, *extra, pack=pack)

    def succeed(self, name: str, *extra: str, pack: bool = False, **environment: str) -> Ran:
        """One that must succeed without a word of the pack."""
        ran = self.do(name, *extra, pack=pack, **environment)
        assert (ran.status, ran.rules) == (0, set()), ran.output
        return ran

    def judged(self, name: str, *extra: str, **environment: str) -> Ran:
        """One that the pack judges too, and has nothing against."""
        return self.succeed(name, *extra, pack=True, **environment)

    def stays(self, **environment: str) -> None:
        """The same again changes nothing, nor does a look at the clouds, which have what the state says."""
        for name in ("up", "refresh"):
            self.succeed(name, "--expect-no-changes", pack=False, **environment)
        assert self.ids_in_state(STACK) == self.ids_in_clouds()

    def plans(self, changes: dict[str, int], **environment: str) -> None:
        """A preview, which the pack judges too, counts these changes and no other; 0 is none."""
        planned = self.judged("preview", **environment)
        counted = {kind: number for kind, number in planned.changes.items() if kind != "unchanged"}
        assert counted == {kind: number for kind, number in changes.items() if number}, planned.output

    def refuses(self, words: str, half_done: bool = True, **environment: str) -> None:
        """An `up` ends with one message; what was `half_done` until then, the next leads back to what was."""
        before = self.ids_in_clouds()
        refused = self.do("up", pack=False, **environment)
        assert refused.status != 0
        assert words in refused.output
        assert "Traceback" not in refused.output
        if half_done:
            self.succeed("up")
        assert self.ids_in_clouds() == before


BringUp = Callable[..., Program]


@contextmanager
def brought_up(program: Program, pack: bool = True, **environment: str) -> Iterator[Program]:
    """Up while a test works with it, then destroyed to nothing."""
    program.succeed("up", pack=pack, **environment)
    yield program
    program.succeed("destroy", pack=False, **environment)
    assert program.inventory() == []
