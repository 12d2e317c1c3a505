"""The cheapest way to a grade, and what would be if."""

from schemes import Scheme
from state.documents.assessment import Assessment


def shortest_way(scheme: Scheme, assessment: Assessment) -> None:
    """Draw the view."""
