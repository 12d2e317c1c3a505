"""The standards as data, and the model and loader that read them."""

from schemes.brought import PREFIX
from schemes.library import (
    Library,
    UnknownScheme,
    available,
    history,
    knows,
    load,
    suggest,
    versions,
)
from schemes.loader import load_folder
from schemes.problems import SchemeError
from schemes.tree import Check, Condition, Facet, Grade, Item, Part, Scheme, Section

__all__ = [
    "PREFIX",
    "Check",
    "Condition",
    "Facet",
    "Grade",
    "Item",
    "Library",
    "Part",
    "Scheme",
    "SchemeError",
    "Section",
    "UnknownScheme",
    "available",
    "history",
    "knows",
    "load",
    "load_folder",
    "suggest",
    "versions",
]
