"""What stands between the network and the pages: headers, origin, housekeeping. Speaks ASGI.

`streamlit run server.py` asks the module `server` for its `app`. That is this package, which takes
precedence over the script beside it; so the script is run when `app` is asked for, and once.
"""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_SCRIPT = Path(__file__).parent.with_suffix(".py")


def __getattr__(name: str) -> object:
    if name != "app":
        raise AttributeError(name)
    spec = spec_from_file_location("server_script", _SCRIPT)
    assert spec and spec.loader
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    globals()[name] = script.app
    return script.app
