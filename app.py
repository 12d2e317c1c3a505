"""AnBiao: page configuration and navigation, nothing else."""

import streamlit as st

from state.paths import ASSETS
from ui.frame import STEPS, page_path

st.set_page_config(page_title="安标自评", page_icon=":material/verified_user:", layout="wide")
st.html(ASSETS / "style.css")
pages = [
    st.Page(page_path(step), title=title, icon=icon, url_path=step, default=step == "start")
    for step, (title, icon) in STEPS.items()
]
st.navigation(pages, position="top").run()
