"""What holds for all tests."""

import gc

# The clouds' SDKs are half a million objects that live as long as the tests do. Looking through them for garbage again
# and again took a third of the fast tests' time: nothing is collected while they load, and they are set aside after.
gc.disable()


def pytest_collection_finish() -> None:
    """Set aside what the test modules have loaded, and collect as usual from here on."""
    gc.freeze()
    gc.enable()
