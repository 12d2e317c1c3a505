"""AnBiao: page configuration and navigation, nothing else."""

import streamlit as st

from schemes.paths import ASSETS
from ui.frame import arrive, configure, navigation, on_paper, stay_in_touch
from ui.gate import admit
from ui.scripts import page_scripts
from ui.uploads import noting

configure()
st.html(ASSETS / "style.css")
page_scripts()
admitted = admit()
stay_in_touch(admitted)
page = navigation(admitted)
if admitted:
    arrive(page.url_path)
    on_paper(page.url_path)
    with noting():
        page.run()
