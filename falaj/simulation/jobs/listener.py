"""What a pool tells about the jobs on it."""

from typing import Protocol

from falaj.simulation.jobs.job import Job


class Listener(Protocol):
    """Who is told what happens to jobs."""

    def ready(self, job: Job) -> None:
        """All pods of a job are on ready nodes."""
        ...

    def interrupted(self, job: Job, notice: float) -> float:
        """A job loses a node after `notice` seconds. Returns the seconds until its pods have ended."""
        ...

    def charged(self, job: Job, aed_per_hour: float) -> None:
        """A job's tenant is charged more, or less if negative, from now on."""
        ...
