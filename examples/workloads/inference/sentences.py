"""Questions to a bank, made up: enough to train a small model on the spot, and noisy enough to be wrong sometimes."""

import random
from collections.abc import Sequence

INTENTS: dict[str, Sequence[str]] = {
    "balance": ("what is my balance", "how much money is in my account", "show my account balance", "كم رصيدي"),
    "transfer": ("send {n} dirhams to {who}", "transfer {n} to {who}", "pay {who} {n} today", "حول {n} درهم إلى {who}"),
    "card": ("i lost my card", "block my credit card", "my card was stolen in {place}", "أوقف بطاقتي"),
    "loan": ("i want a loan of {n}", "what is the rate of a car loan", "finance a flat in {place}", "أريد قرض {n}"),
    "branch": ("where is the branch in {place}", "opening hours in {place}", "atm near {place}", "أين فرع {place}"),
    "complaint": ("nobody answers me", "i was charged {n} twice", "this is the third time i ask", "عندي شكوى"),
}
WHO = ("ahmed", "my sister", "the school", "fatima", "the landlord", "سالم")
PLACES = ("dubai", "al ain", "sharjah", "deira", "abu dhabi", "العين")
OPENINGS = ("", "hello, ", "please ", "can you tell me: ", "مرحبا ")
LABELS = tuple(INTENTS)


def sentences(count: int, seed: int) -> tuple[list[str], list[int]]:
    """That many texts and the places of their intents in `LABELS`; one in ten also asks for something else."""
    chance = random.Random(seed)  # noqa: S311  no secret depends on it
    texts, labels = [], []
    for _ in range(count):
        label = chance.randrange(len(LABELS))
        text = chance.choice(OPENINGS) + _filled(chance, LABELS[label])
        if chance.random() < 0.1:
            text += " and " + _filled(chance, chance.choice(LABELS))
        texts.append(_mistyped(chance, text))
        labels.append(label)
    return texts, labels


def _filled(chance: random.Random, intent: str) -> str:
    pattern = chance.choice(INTENTS[intent])
    return pattern.format(n=chance.randrange(10, 90_000), who=chance.choice(WHO), place=chance.choice(PLACES))


def _mistyped(chance: random.Random, text: str) -> str:
    """One letter in twelve is lost or swapped with its neighbour."""
    letters = list(text)
    for place in range(len(letters) - 1, 0, -1):
        drawn = chance.random()
        if drawn < 1 / 24:
            del letters[place]
        elif drawn < 1 / 12:
            letters[place - 1 : place + 1] = reversed(letters[place - 1 : place + 1])
    return "".join(letters)
