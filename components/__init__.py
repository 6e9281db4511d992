"""Components of an AI platform in the UAE: the same public names on every cloud where the concept is the same."""
