"""AnBiao: page configuration and navigation, nothing else."""

import streamlit as st

from schemes.paths import ASSETS
from ui.frame import arrive, navigation, stay_in_touch
from ui.gate import admit
from ui.keeping import keep_what_is_written
from ui.notice import notice
from ui.uploads import noting

# A picture of our own: Streamlit would fetch an icon named by text from the internet.
st.set_page_config(page_title="安标自评", page_icon=ASSETS / "icon.png", layout="wide")
st.html(ASSETS / "style.css")
admitted = admit()
stay_in_touch(admitted)
notice()
keep_what_is_written()
page = navigation(admitted)
if admitted:
    arrive(page.url_path)
    with noting():
        page.run()
