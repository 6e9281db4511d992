"""What holds for all tests."""

import gc

# The clouds' SDKs are half a million objects that live as long as the tests do. Looking through them for garbage again
# and again took a third of the fast tests' time: nothing is collected while they load, and they are set aside after.
gc.disable()


def pytest_collection_finish() -> None:
    """Set aside what the test modules have loaded, and collect from here on, but seldom.

    A planned site is a hundred thousand objects that hang together until it is done: looked through at every seven
    hundredth they took a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()
