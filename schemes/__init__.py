"""The standards as data, and the model and loader that read them."""

from schemes.loader import available, load, load_folder, suggest
from schemes.problems import SchemeError
from schemes.tree import Check, Condition, Facet, Grade, Item, Part, Scheme, Section

__all__ = [
    "Check",
    "Condition",
    "Facet",
    "Grade",
    "Item",
    "Part",
    "Scheme",
    "SchemeError",
    "Section",
    "available",
    "load",
    "load_folder",
    "suggest",
]
