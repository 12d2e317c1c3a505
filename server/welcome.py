"""Says where the app is, and opens a browser there, as `streamlit run` does for a script."""

import webbrowser
from threading import Thread

_EVERYWHERE = {"0.0.0.0", "::"}


def address(host: str, port: int, path: str = "", tls: bool = False) -> str:
    """What to type into a browser on this computer, for the address and port listened on."""
    shown = "localhost" if host in _EVERYWHERE or not host else host
    if ":" in shown:
        shown = f"[{shown}]"
    base = f"/{path.strip('/')}" if path.strip("/") else ""
    return f"{'https' if tls else 'http'}://{shown}:{port}{base}"


def welcome(url: str, browser: bool) -> None:
    """Print the address; with `browser`, open one there without waiting for it."""
    print(f"AnBiao: {url}", flush=True)  # in letters that any console can show
    if browser:
        Thread(target=webbrowser.open, args=(url,), daemon=True).start()
