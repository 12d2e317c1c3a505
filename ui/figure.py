"""plotly's `Figure`, and pandas whole before one is made.

plotly looks whether pandas has been imported and asks it for its types: also the half of it that is
there while another thread imports it, as `ui.warming` does behind the first page.
"""

import pandas  # noqa: F401 - waits until it is whole
from plotly.graph_objects import Figure

__all__ = ["Figure"]
