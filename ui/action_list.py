"""What is done about each finding, by whom and until when."""

from schemes import Scheme
from state.documents.assessment import Assessment


def action_list(scheme: Scheme, assessment: Assessment) -> None:
    """Draw the view."""
