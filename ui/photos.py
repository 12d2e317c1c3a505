"""The photos of an item: behind a tap, so that a click beside them costs nothing more."""

from functools import lru_cache, partial

import streamlit as st

from schemes import Item
from state.documents.assessment import MOST_OF_AN_ITEM, NAME_LENGTH, Assessment, Photo
from state.documents.photo_changes import add_photo, left, room, set_caption
from state.documents.photo_files import MOST_UPLOADED, THUMBNAIL, smaller
from state.documents.pictures import PictureFault
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.photos import PhotoService
from state.storage.repository import Damaged, NotFound, RepositoryError
from ui import session
from ui.asking import asks_once
from ui.uploads import discard, picture_uploader, present
from ui.widgets import on_change, show
from wording.labels import plain
from wording.photos import FACES, added_words, room_words
from wording.pictures import picture_refused

_WIDE = 150
"""Pixels of a picture on the page: two stand beside each other on a phone."""

_REMEMBERED = 500
"""Thumbnails, of some 30 KB each."""


def service() -> PhotoService:
    """Where photos are handed out and taken in."""
    return _of(session.service())


@lru_cache(maxsize=1)
def _of(assessments: AssessmentService) -> PhotoService:
    return PhotoService(assessments)


def item_photos(assessment: Assessment, item: Item) -> None:
    """One line that opens; only then are pictures read and drawn."""
    photos = assessment.work.photos.get(item.id, ())
    shelf = st.expander(
        f"照片（{len(photos)}）" if photos else "照片",
        key=f"photos-{item.id}",
        icon=":material/photo_camera:",
        on_change="rerun",
    )
    if not shelf.open:
        return
    with shelf:
        with st.container(horizontal=True):
            for photo in photos:
                _photo(item.id, photo)
        _adding(assessment, item.id)


def _photo(item: str, photo: Photo) -> None:
    with st.container(width=_WIDE, gap="xsmall", key=f"photo-{item}-{photo.digest[:16]}"):
        try:
            content = thumbnail(photo.digest, _reader())
        except (NotFound, Damaged, PictureFault):
            st.caption("这张照片的文件已丢失")
        except RepositoryError as error:
            st.caption(plain(str(error)))
        else:
            st.image(content, alt=photo.caption or "照片", width=_WIDE)
        key = show(f"caption:{item}:{photo.digest}", photo.caption)
        st.text_input(
            "照片说明",
            key=key,
            max_chars=NAME_LENGTH,
            placeholder="说明（选填）",
            label_visibility="collapsed",
            on_change=on_change(key, partial(set_caption, item, photo.digest)),
        )
        asks_once(
            "删除",
            "照片会从这份自评里所有用到它的地方和快照里删除，不能恢复。",
            "确定删除",
            _remove,
            photo.digest,
            key=f"drop-{item}-{photo.digest[:16]}",
        )


def _reader() -> tuple[PhotoService, Key, Visitor]:
    return service(), session.settle_address() or Key(), session.visitor()


def thumbnail(digest: str, reader: tuple[PhotoService, Key, Visitor]) -> bytes:
    """A small picture of a photo of the session's assessment, made once.

    The caller has just read that the assessment shows it. Raises: RepositoryError, PictureFault.
    """
    return _thumbnail(digest, reader)


@st.cache_data(max_entries=_REMEMBERED, show_spinner=False)
def _thumbnail(digest: str, _reader: tuple[PhotoService, Key, Visitor]) -> bytes:
    photos, key, visitor = _reader
    return smaller(photos.photo(key, visitor, digest), THUMBNAIL)


def _adding(assessment: Assessment, item: str) -> None:
    """An uploader that is empty again after each choice, and what was refused of the last one."""
    for words in st.session_state.pop(_refused(item), ()):
        st.error(plain(words), icon=":material/error:")
    more, in_all = room(assessment, item), left(assessment)
    st.caption(room_words(more, in_all, MOST_OF_AN_ITEM))
    if more:
        key = f"photo-upload-{item}-{st.session_state.get(_turn(item), 0)}"
        picture_uploader(
            "拍照或选择图片", MOST_UPLOADED // 2**20, key, partial(_take, key, item, more)
        )
        st.caption(FACES)


def _take(key: str, item: str, more: int) -> None:
    """Keep what was chosen, one after the other."""
    files = present(st.session_state[key])
    if not files:
        return
    refused = []
    found = session.settle_address() or Key()
    for file in files[:more]:
        put = partial(add_photo, item)
        try:
            photo = service().keep(found, session.visitor(), file.getvalue(), put)
        except PictureFault as fault:
            refused.append(f"“{file.name}”：{picture_refused(fault)}")
        except RepositoryError as error:
            refused.append(f"“{file.name}”：{error}")
        else:
            session.apply(put(photo))
    refused += added_words(len(files) - more)
    st.session_state[_refused(item)] = refused
    st.session_state[_turn(item)] = st.session_state.get(_turn(item), 0) + 1
    discard(files)


def _remove(digest: str) -> None:
    session.attempt(lambda found, who: service().remove(found, who, digest, session.signing(who)))


def _refused(item: str) -> str:
    return f"photos-refused:{item}"


def _turn(item: str) -> str:
    return f"photos-turn:{item}"
