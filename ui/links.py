"""Addresses of this app for others: as a room was told, or as this browser reached it."""

import ipaddress
import os
from urllib.parse import urlsplit

import streamlit as st

from state.service.mode import ROOM


def base_address() -> str:
    """Scheme, host and port by which others reach the app, as far as that is known here."""
    here = urlsplit(st.context.url or "")
    reached = f"{here.scheme}://{here.netloc}"
    return os.environ.get(ROOM) or reached if only_here(here.hostname or "") else reached


def only_here(host: str) -> bool:
    """Whether a host's name means this computer itself, whoever says it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")
