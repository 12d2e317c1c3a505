"""`python -m server.classroom`: serve the network this computer is in, for a class or a phone.

It starts the app as `make run` does, in link mode and under the names by which the network knows
this computer, and shows address and QR code. State: none; who ends it ends the app.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

import segno

from server.lan import lan_addresses
from state.service.mode import ROOM, Mode
from wording.classroom import FAILED, NO_NETWORK, STARTING, room_words

_PORT = "8501"
_PATIENCE = 120
"""Seconds until the app has to answer."""


def room_settings(addresses: Sequence[str], port: str, given: Mapping[str, str]) -> dict[str, str]:
    """Environment variables for the app: all its addresses are its own, links are the keys.

    given: what is set already; a mode other than local stays.
    """
    names = [*addresses, "localhost", "127.0.0.1", "::1"]
    chosen = given.get("ANBIAO_MODE", "").strip().lower()
    return {
        "ANBIAO_MODE": chosen if chosen and chosen != Mode.LOCAL else Mode.LINK,
        ROOM: f"http://{addresses[0]}:{port}",
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
        "STREAMLIT_SERVER_PORT": port,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": " ".join(names),
    }


def main() -> int:
    """Serve until it is ended; 1 without a network, or where the app does not start."""
    addresses = lan_addresses()
    if not addresses:
        print(NO_NETWORK)
        return 1
    port = os.environ.get("STREAMLIT_SERVER_PORT", _PORT)
    settings = room_settings(addresses, port, os.environ)
    print(STARTING, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the app ends with this window
    command = [sys.executable, "-m", "streamlit", "run", "server.py"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, env={**os.environ, **settings}) as app:
        try:
            if not _answers(f"http://127.0.0.1:{port}", app):
                print(FAILED)
                return 1
            others = [f"http://{name}:{port}" for name in addresses[1:]]
            reached = _asked(settings[ROOM])
            print("\n".join(room_words(settings[ROOM], others, reached)))
            segno.make(settings[ROOM], error="m").terminal(compact=True)
            sys.stdout.flush()
            return app.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            app.terminate()


def _answers(address: str, app: "subprocess.Popen[bytes]") -> bool:
    """Wait for the app; False when it ended or stays silent."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and app.poll() is None:
        if _asked(address):
            return True
        time.sleep(0.3)
    return False


def _asked(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
