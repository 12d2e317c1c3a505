"""What ui, pages and the benchmarks lean on in Streamlit that its documentation does not promise.

What stands on the page is looked at in tests/browser/test_selectors.py.
"""

import tomllib
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from schemes.paths import ROOT

FRAME = "ui/frame.py leans on this"
VISITOR = "benchmarks/soak/visitor.py leans on this"


def test_navigation_returns_a_page_of_the_named_type() -> None:
    """Only its type's address is undocumented: a page has `url_path` and `run` in public."""
    from streamlit.navigation.page import StreamlitPage

    page: Any = StreamlitPage
    assert callable(page.run), FRAME
    assert isinstance(page.url_path, property), FRAME


def test_every_option_of_the_settings_is_one_of_streamlits() -> None:
    """An unknown one is only warned about, and what it was to forbid is allowed.

    `runner.postScriptGC` is hidden: no documentation has it.
    """
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for section, options in settings.items():
        assert options
        for option in options:
            try:
                st.get_option(f"{section}.{option}")
            except RuntimeError:
                pytest.fail(f"{section}.{option} is gone: .streamlit/config.toml leans on it")


def test_a_written_value_is_shown_by_its_widget_and_another_is_not_sent_again() -> None:
    """What `ui.widgets.show` does: session state is set only where it differs."""

    def page() -> None:
        import streamlit as st

        if "box" not in st.session_state or st.session_state["box"] is not True:
            st.session_state["box"] = True
        st.checkbox("甲", key="box")

    app = AppTest.from_function(page).run(timeout=30)
    assert app.checkbox(key="box").value is True, "ui/widgets.py leans on this"
    assert app.checkbox[0].proto.set_value is True, "ui/widgets.py leans on this"
    again = app.run(timeout=30)
    assert again.checkbox[0].proto.set_value is False, "ui/widgets.py leans on this"


@pytest.mark.parametrize(
    ("module", "message", "fields"),
    [
        ("BackMsg_pb2", "BackMsg", {"rerun_script"}),
        ("ClientState_pb2", "ClientState", {"query_string", "widget_states", "page_script_hash"}),
        ("Delta_pb2", "Delta", {"new_element", "add_block", "fragment_id"}),
        ("ForwardMsg_pb2", "ForwardMsg", {"delta", "script_finished", "new_session"}),
        ("ForwardMsg_pb2", "ForwardMsg", {"auto_rerun", "stop_auto_rerun"}),
        ("ForwardMsg_pb2", "RunIdentity", {"fragment_ids"}),
        ("ButtonGroup_pb2", "ButtonGroup", {"options", "default", "raw_values", "set_value"}),
        ("WidgetStates_pb2", "WidgetState", {"bool_value", "string_array_value"}),
    ],
)
def test_messages_have_the_fields_that_the_soak_test_sends_and_reads(
    module: str, message: str, fields: set[str]
) -> None:
    found = getattr(__import__(f"streamlit.proto.{module}", fromlist=[message]), message)
    assert fields <= {field.name for field in found.DESCRIPTOR.fields}, VISITOR


def test_what_pages_lean_on_is_public() -> None:
    """Named here once, so that a version without them fails at once and not on a page."""
    for name in ("fragment", "dialog", "context", "user", "query_params", "html", "navigation"):
        assert hasattr(st, name), f"st.{name}: ui leans on this"


BOUNDS = "server.py and server/ lean on this"


def test_a_request_for_a_run_begins_with_its_number_and_an_end_is_short() -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    begin = bytes([BackMsg.RERUN_SCRIPT_FIELD_NUMBER << 3 | 2])
    run = BackMsg(rerun_script=ClientState(query_string="a=b"))
    assert run.SerializeToString().startswith(begin), BOUNDS
    beat = BackMsg(app_heartbeat=True).SerializeToString()
    assert not beat.startswith(begin), BOUNDS
    ended = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    assert len(ended.SerializeToString()) < 1000, BOUNDS


def test_a_session_has_an_id_and_the_runtime_knows_whether_it_is_open() -> None:
    from streamlit import runtime
    from streamlit.runtime import Runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    assert not runtime.exists()
    assert callable(Runtime.is_active_session), "ui/uploads.py leans on this"
    assert get_script_run_ctx(suppress_warning=True) is None, "ui/party.py leans on this"


def test_uploaded_files_can_be_given_back() -> None:
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

    manager = MemoryUploadedFileManager("/upload")
    kept = UploadedFileRec("file", "a.jpg", "image/jpeg", b"x")
    manager.add_file("session", kept)
    assert UploadedFile(kept, None).file_id == "file"
    manager.remove_file("session", "file")
    assert manager.get_files("session", ["file"]) == [], "ui/uploads.py leans on this"


def test_the_cookie_that_tells_browsers_apart_and_the_path_of_uploads() -> None:
    from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_UPLOAD_FILE
    from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

    from server.asking import BROWSER

    assert XSRF_COOKIE_NAME == BROWSER, BOUNDS
    assert BASE_ROUTE_UPLOAD_FILE == "_stcore/upload_file", BOUNDS


def test_a_browser_stays_the_same_however_streamlit_masks_its_cookie() -> None:
    """Each page that connects makes the browser's cookie look different; what is in it stays."""
    from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

    from server.asking import asking

    def browser(cookie: str) -> str:
        return asking({"headers": [(b"cookie", f"a=b; _streamlit_xsrf={cookie}".encode())]})[
            "browser"
        ]

    one, other = b"\x01\x02\x03\x04 of one", b"\x01\x02\x03\x04 of two"
    seen = {generate_xsrf_token_string(one, 1) for _ in range(3)}
    assert len(seen) == 3, BOUNDS
    assert {browser(cookie) for cookie in seen} == {one.hex()}, BOUNDS
    assert browser(generate_xsrf_token_string(other, 1)) == other.hex(), BOUNDS
    for made_up in ("2|x|y|1", "2|aa|bb", "2||aa|1", "", "0123"):
        assert browser(made_up) == made_up


def test_a_message_says_which_files_a_page_gets() -> None:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_MEDIA

    assert BASE_ROUTE_MEDIA == "media", "server/files.py leans on this"
    message = ForwardMsg()
    message.new_session.initialize.session_id = "s"
    message.page_config_changed.favicon = "/media/a.png"
    message.backend_operation_response.deferred_file.url = "/media/a.pdf"
    assert message.WhichOneof("type") == "backend_operation_response", "server.py leans on this"
    message.delta.new_element.imgs.imgs.add(url="/media/a.jpg")
    assert message.delta.new_element.WhichOneof("type") == "imgs", "server.py leans on this"


def test_the_bound_of_uploads_can_be_set_and_is_read_with_each_upload() -> None:
    import inspect

    from streamlit import config
    from streamlit.web.server.starlette import starlette_routes

    before = config.get_option("server.maxUploadSize")
    config.set_option("server.maxUploadSize", 300)
    try:
        assert config.get_option("server.maxUploadSize") == 300, "server.py, _larger_uploads"
    finally:
        config.set_option("server.maxUploadSize", before)
    routes = inspect.getsource(starlette_routes.create_upload_routes)
    _, _, handler = routes.partition("async def _upload_put")
    assert 'get_option("server.maxUploadSize")' in handler, "server.py, _larger_uploads"


def test_nobody_is_nudged_about_agents_or_skills(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where somebody has an agent, and at their own computer."""
    from streamlit.web import skills

    monkeypatch.setattr(skills, "agent_harness_present", lambda: True)
    monkeypatch.setattr(skills, "detect_installed_skills", lambda *_: None)
    assert not st.get_option("server.headless"), "otherwise this shows nothing"
    assert skills.nudge_suppression_reason() == "welcome_hidden", ".streamlit/config.toml"
