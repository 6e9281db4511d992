"""Starts a plug-in of the engine. An interrupt ends it without a traceback while it still imports its libraries.

The engine interrupts the plug-ins that it no longer needs, also one that has just started. Python's own handler would
raise KeyboardInterrupt in the middle of an import. The plug-in sets its own handler when it serves.
"""

import gc
import runpy
import signal
import sys

if __name__ == "__main__":
    # Nearly all that a plug-in loads stays: garbage collection at Python's thresholds took a tenth of its start.
    gc.set_threshold(100_000, 50, 50)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
