"""How this room says no: one sentence that names where and what."""


class BadInput(Exception):
    """A plan, usage file, price or rate that cannot be used; the message is one sentence with its place."""

    def __init__(self, location: str, sentence: str) -> None:
        self.location = location
        super().__init__(f"{location}: {sentence}" if location else sentence)
