"""Lets Streamlit's own controls speak Chinese, and to screen readers."""

from ui.scripts import page_script
from wording.controls import EXACT, PATTERNS


def mend_controls() -> None:
    """Put the script into the page; it stays for as long as the window does."""
    page_script("controls.js", EXACT=EXACT, PATTERNS=PATTERNS)
