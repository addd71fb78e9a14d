"""Runs Synapse so that it ends when the process that started it does, however that ends.

Usage: python launcher.py -c homeserver.yaml
"""

import ctypes
import gc
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
# Nothing of what is imported is garbage: looking for some takes a seventh of the start. Synapse itself takes over later
# (synapse/metrics/_gc.py): it collects by hand, between requests.
gc.disable()
sys.argv = ["synapse.app.homeserver", *sys.argv[1:]]
runpy.run_module("synapse.app.homeserver", run_name="__main__")
