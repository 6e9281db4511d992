"""How this room says no: one sentence that names where and what."""


class BadInput(Exception):
    """A plan, usage file, price or rate that cannot be used; the message is one sentence with its place."""

    def __init__(self, place: str, sentence: str) -> None:
        self.place = place
        super().__init__(f"{place}: {sentence}" if place else sentence)
