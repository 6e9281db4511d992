"""Components of an AI platform in the UAE: the same public names on every cloud where the concept is the same."""

from falaj.components.sdk_loading import load_what_is_used

load_what_is_used()
