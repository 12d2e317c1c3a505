"""AnBiao: page configuration and navigation, nothing else."""

import streamlit as st

from schemes.paths import ASSETS
from ui.connection import watch_connection
from ui.controls import mend_controls
from ui.frame import arrive, configure, navigation, stay_in_touch
from ui.gate import admit
from ui.keeping import keep_what_is_written
from ui.notice import notice
from ui.uploads import noting
from ui.ways import ways

configure()
st.html(ASSETS / "style.css")
mend_controls()
admitted = admit()
stay_in_touch(admitted)
notice()
watch_connection()
keep_what_is_written()
ways()
page = navigation(admitted)
if admitted:
    arrive(page.url_path)
    with noting():
        page.run()
