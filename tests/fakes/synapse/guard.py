"""Runs a homeserver that cannot outlive the test which started it.

Started by Synapse's own interpreter as `guard.py SECONDS <arguments of synapse.app.homeserver>`. Standard input is a
pipe whose other end only the test process holds, so its end, however it comes, is the end of the file here.
(PR_SET_PDEATHSIG would not do: Linux sends it when the *thread* that forked ends, and tests start servers in threads.)
"""

import os
import runpy
import select
import signal
import sys
import threading


def watch(lifetime: float) -> None:
    """Wait for the parent's end or for the time that no test needs, then end this process at once."""
    select.select([0], [], [], lifetime)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Start the watch, then become Synapse."""
    threading.Thread(target=watch, args=(float(sys.argv[1]),), daemon=True).start()
    sys.argv = ["synapse.app.homeserver", *sys.argv[2:]]
    runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
