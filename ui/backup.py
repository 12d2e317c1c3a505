"""Everything as one file, on one's own computer: taken away, and brought back."""

import os
import tempfile
from functools import partial

import streamlit as st

from schemes.paths import data_folder
from state.service.backups import compare, restore
from state.service.mode import Mode
from state.storage.backup import Backup, BackupFault, open_backup, write_backup
from state.storage.opening import DATABASE_URL
from state.storage.repository import Repository, RepositoryError
from ui import refusals, session
from ui.uploads import discard, uploader
from wording.backup import WHAT, compared_words, restored_words
from wording.labels import plain

_TURN, _FOUND = "backup-turn", "backup-found"


def backup() -> None:
    """One line that opens. Where others are, whose things they are is not this visitor's to take.

    There an administrator has `python -m state backup`, and each the export of their own.
    """
    if session.service().mode is not Mode.LOCAL:
        return
    shelf = st.expander("备份与恢复", icon=":material/archive:", key="backup", on_change="rerun")
    if not shelf.open:
        return
    with shelf:
        st.caption(WHAT)
        st.download_button(
            "备份全部",
            refusals.noting(partial(_written, session.service().repository)),
            file_name=f"安标自评备份-{session.today().isoformat()}.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="backup-all",
        )
        _bring_back()
        if not os.environ.get(DATABASE_URL):
            st.caption(f"数据保存在：{plain(str(data_folder()))}")


def _written(repository: Repository) -> bytes:
    """Raises: BackupFault, RepositoryError."""
    with tempfile.TemporaryFile() as file:
        write_backup(repository, file)
        file.seek(0)
        return file.read()


def _bring_back() -> None:
    most = int(st.get_option("server.maxUploadSize"))
    file = uploader(
        f"恢复：选择“备份全部”得到的 .zip 文件（不超过 {most} MB）",
        megabytes=most,
        key=f"restore:{st.session_state.get(_TURN, 0)}",
    )
    if file is None:
        return
    try:
        with open_backup(file) as opened:
            for line in _found(opened, file.file_id):
                st.markdown(f"- {plain(line)}")
            if st.button("恢复", type="primary", key="restore-now"):
                _restore(opened)
                discard([file])
                st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
                st.rerun()
    except (BackupFault, RepositoryError) as error:
        st.error("没有恢复，现有数据没有变化。", icon=":material/error:")
        st.text(str(error))


def _found(opened: Backup, file: str) -> list[str]:
    """What the file would bring; it is read through once. Raises: BackupFault, RepositoryError."""
    known: tuple[str, list[str]] = st.session_state.get(_FOUND, ("", []))
    if known[0] != file:
        with st.spinner("正在读备份……"):
            opened.check()
            known = file, [*compared_words(compare(opened, session.service().repository))]
            st.session_state[_FOUND] = known
    return known[1]


def _restore(opened: Backup) -> None:
    try:
        with st.spinner("正在恢复……"):
            words = restored_words(restore(opened, session.service().repository))
    except RepositoryError as error:
        session.warn([f"没有恢复完：{error}。已恢复的都在；请再恢复一次，不会重复"])
    else:
        session.notify(words)
    session.service().standards.forget()
