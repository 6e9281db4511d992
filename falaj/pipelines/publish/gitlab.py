"""The interface of GitLab. The token is that of a project, in a protected variable."""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlencode

TIMEOUT_SECONDS = 30
EXIT_UNAVAILABLE = 3


@dataclass(frozen=True)
class GitLab:
    """A project on GitLab, with a token that may write notes and issues in it."""

    address: str
    project: str
    token: str

    @classmethod
    def of_the_job(cls) -> "GitLab":
        """The project of the running job (`CI_API_V4_URL`, `CI_PROJECT_ID`), with the token in FALAJ_TOKEN."""
        return cls(os.environ["CI_API_V4_URL"], os.environ["CI_PROJECT_ID"], os.environ["FALAJ_TOKEN"])

    def text(self, method: str, path: str, body: dict[str, Any] | None = None) -> str:
        """What GitLab answers to a request below the project. Raises `urllib.error.HTTPError`."""
        headers = {"PRIVATE-TOKEN": self.token, "Content-Type": "application/json"}
        content = json.dumps(body).encode() if body is not None else None
        where = f"{self.address}/projects/{self.project}{path}"
        request = urllib.request.Request(where, content, headers, method=method)  # noqa: S310 (the job's own host)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return response.read().decode("utf-8", errors="replace")

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The same as JSON."""
        return json.loads(self.text(method, path, body))

    def listed(self, path: str, **parameters: str) -> list[dict[str, Any]]:
        """All entries of a list, of all pages."""
        found: list[dict[str, Any]] = []
        for page in range(1, 100):
            entries = self.ask("GET", f"{path}?{urlencode({**parameters, 'per_page': 100, 'page': page})}")
            found += entries
            if len(entries) < 100:
                break
        return found

    def text_or_none(self, path: str) -> str | None:
        """The text of a file that may be missing."""
        try:
            return self.text("GET", path)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def own_id(self) -> int:
        """The user as whom the token writes."""
        request = urllib.request.Request(f"{self.address}/user", headers={"PRIVATE-TOKEN": self.token})  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return json.load(response)["id"]


def run(program: Callable[["GitLab"], int]) -> NoReturn:
    """Runs a program for the job's project and ends with its status, or with 3 and a sentence if GitLab refuses."""
    try:
        sys.exit(program(GitLab.of_the_job()))
    except KeyError as missing:
        print(f"no variable {missing}: run this in a job, with a token of the project in FALAJ_TOKEN", file=sys.stderr)
    except urllib.error.URLError as error:
        print(f"GitLab refused: {error}. Fix: FALAJ_TOKEN needs the scope api in this project", file=sys.stderr)
    sys.exit(EXIT_UNAVAILABLE)
