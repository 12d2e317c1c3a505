"""What Streamlit's own controls say, in Chinese, and to screen readers."""

from wording.controls import EXACT, PATTERNS


def told() -> dict[str, object]:
    """What assets/controls.js is told."""
    return {"EXACT": EXACT, "PATTERNS": PATTERNS}
