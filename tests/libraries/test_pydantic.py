"""What schemes and state lean on in pydantic: the names of its faults, said in Chinese by us."""

from typing import get_args

from pydantic_core import core_schema

from schemes.loader import _REMEDIES
from state.documents.faults import _FAULTS

KNOWN = set(get_args(core_schema.ErrorType))


def test_every_fault_that_has_words_is_one_of_pydantics() -> None:
    """One that was renamed would fall back to words that say less."""
    ours = {"too_many_photos"}
    assert set(_FAULTS) - KNOWN == ours, "state/documents/faults.py leans on these names"
    assert set(_REMEDIES) - KNOWN == set(), "schemes/loader.py leans on these names"
