"""The project from the first meeting to the application as data, and the model that reads it."""

from process.library import UnknownProcess, available, load
from process.loader import load_process
from process.model import Deliverable, Phase, Process, Role, Side, Step, Visit
from process.progress import Standing

__all__ = [
    "Deliverable",
    "Phase",
    "Process",
    "Role",
    "Side",
    "Standing",
    "Step",
    "UnknownProcess",
    "Visit",
    "available",
    "load",
    "load_process",
]
