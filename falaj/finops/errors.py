"""Errors in the input."""


class BadInput(Exception):
    """A plan, usage file, price or rate is invalid. The message is one sentence with its location."""

    def __init__(self, location: str, sentence: str) -> None:
        self.location = location
        super().__init__(f"{location}: {sentence}" if location else sentence)
