"""Tables of a form: what stands in their cells, shown and read back."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

from state.documents.installed import StandardFault


def frame(rows: list[list[Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """The rows under their columns. kinds: of each column, in pandas' words."""
    return pd.DataFrame(rows, columns=[*kinds]).astype(dict(kinds))


def edited(
    rows: list[list[Any]],
    kinds: Mapping[str, str],
    key: str,
    columns: Mapping[str, Any],
    fixed: bool,
) -> pd.DataFrame:
    """The rows as they are left by whoever writes, adds and takes away; fixed: nobody does.

    kinds: see `frame`. columns: how each is edited, None for one that is not shown.
    """
    return st.data_editor(
        frame(rows, kinds),
        hide_index=True,
        num_rows="fixed" if fixed else "dynamic",
        placeholder="",
        disabled=fixed,
        key=key,
        column_config=dict(columns),
    )


def number_column(name: str, step: float | None = None) -> Any:
    """A column of numbers from 0."""
    return st.column_config.NumberColumn(name, min_value=0, step=step, format="%g")


def number_shown(value: object) -> float | None:
    """A number as an editor has it."""
    return None if value is None else float(str(value))


def text_in(value: object) -> str:
    """The words of a cell; empty for a blank one."""
    return value.strip() if isinstance(value, str) else ""


def exact_in(value: object) -> Decimal | None:
    """The number of a cell; None for a blank one. Raises: StandardFault."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise StandardFault(f"“{value}”不是数字") from error


def whole_in(value: object, what: str) -> int | None:
    """The whole number of a cell; None for a blank one. Raises: StandardFault. what: its name."""
    found = exact_in(value)
    if found is not None and found != int(found):
        raise StandardFault(f"{what}要写整数")
    return None if found is None else int(found)
