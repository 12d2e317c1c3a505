"""The photos of an item or an action: behind a tap, so that a click beside them costs no more."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import streamlit as st

from schemes import Item
from state.documents.action import Action
from state.documents.assessment import MOST_OF_AN_ITEM, NAME_LENGTH, Assessment, Photo
from state.documents.changes import Change
from state.documents.packing import export_file
from state.documents.photo_changes import add_photo, add_picture, left, room, set_caption
from state.documents.photo_files import MOST_UPLOADED, THUMBNAIL, smaller
from state.documents.pictures import PictureFault
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.photos import PhotoService, photo_reader
from state.storage.repository import Damaged, NotFound, RepositoryError
from ui import session
from ui.asking import asks_once
from ui.uploads import discard, picture_uploader, present
from ui.widgets import on_change, show
from wording.labels import plain
from wording.photos import FACES, ITEM, REMOVED, SIDES, added_words, room_words
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


def exported() -> Callable[[Assessment], bytes]:
    """What makes the file of an assessment that is exported, outside of any session."""
    return partial(export_file, read=photo_reader(session.service().repository))


@dataclass(frozen=True, slots=True)
class Place:
    """Where photos stand.

    key: for its widgets. put: the change that adds a photo. caption: the change that says what one
    of these shows, by its hash; None where nothing is said.
    """

    key: str
    put: Callable[[Photo], Change]
    caption: Callable[[str, str], Change] | None = None


def item_photos(assessment: Assessment, item: Item) -> None:
    """One line that opens; only then are pictures read and drawn."""
    captions = {one.digest: one.caption for one in assessment.work.photos.get(item.id, ())}
    place = Place(item.id, partial(add_photo, item.id), partial(set_caption, item.id))
    _shelf(ITEM, place, captions, assessment)


def action_photos(assessment: Assessment, action_id: str, action: Action) -> None:
    """The same of an action: a line before, and one after."""
    for side, label in SIDES.items():
        place = Place(f"{action_id}-{side}", partial(add_picture, action_id, side))
        _shelf(label, place, dict.fromkeys(getattr(action, side), ""), assessment)


def _shelf(label: str, place: Place, captions: Mapping[str, str], assessment: Assessment) -> None:
    """captions: by hash. The label stays the same, or the shelf would close with each photo."""
    shelf = st.expander(
        label, key=f"photos-{place.key}", icon=":material/photo_camera:", on_change="rerun"
    )
    if not shelf.open:
        return
    with shelf:
        if captions:
            with st.container(horizontal=True):
                for digest, caption in captions.items():
                    _photo(place, digest, caption)
        _adding(place, room(assessment, len(captions)), left(assessment))


def _photo(place: Place, digest: str, caption: str) -> None:
    """A thumbnail, or in its place the photo as large as it is kept and as there is room."""
    name = f"{place.key}-{digest[:16]}"
    large = st.session_state.get(_enlarged(place.key)) == digest
    kind = "large" if large else "photo"
    with st.container(width="stretch" if large else _WIDE, gap="xsmall", key=f"{kind}-{name}"):
        with _told():
            _picture(place, digest, caption, large)
        if place.caption:
            key = show(f"caption-{name}", caption)
            st.text_input(
                "照片说明",
                key=key,
                max_chars=NAME_LENGTH,
                placeholder="说明（选填）",
                label_visibility="collapsed",
                on_change=on_change(key, partial(place.caption, digest)),
            )
        asks_once("删除", REMOVED, "确定删除", _remove, digest, key=f"drop-{name}")


def _picture(place: Place, digest: str, caption: str, large: bool) -> None:
    """A tap on it makes it large, or small again. Raises: RepositoryError, PictureFault."""
    photos, key, visitor = reader = _reader()
    content = photos.photo(key, visitor, digest) if large else _thumbnail(digest, reader)
    name = f"{place.key}-{digest[:16]}"
    with st.container(width="content", key=f"tap-{name}"):  # assets/style.css: a button covers it
        st.image(content, alt=caption or "照片", width="content" if large else _WIDE)
        st.button(
            "缩小" if large else "看大图",
            key=f"enlarge-{name}",
            on_click=_enlarge,
            args=[place.key, None if large else digest],
        )


def _enlarge(place: str, digest: str | None) -> None:
    st.session_state[_enlarged(place)] = digest


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Say instead of a picture why it cannot be shown."""
    try:
        yield
    except (NotFound, Damaged, PictureFault):
        st.caption("这张照片的文件已丢失")
    except RepositoryError as error:
        st.caption(plain(str(error)))


def _reader() -> tuple[PhotoService, Key, Visitor]:
    return service(), session.settle_address() or Key(), session.visitor()


@st.cache_data(max_entries=_REMEMBERED, show_spinner=False)
def _thumbnail(digest: str, _reader: tuple[PhotoService, Key, Visitor]) -> bytes:
    """A small picture of a photo, made once.

    The caller has just read that what the session may see shows it. Raises: RepositoryError,
    PictureFault.
    """
    photos, key, visitor = _reader
    return smaller(photos.photo(key, visitor, digest), THUMBNAIL)


def _adding(place: Place, more: int, in_all: int) -> None:
    """An uploader that is empty again after each choice, and what was refused of the last one."""
    for words in st.session_state.pop(_refused(place.key), ()):
        st.error(plain(words), icon=":material/error:")
    st.caption(room_words(more, in_all, MOST_OF_AN_ITEM))
    if more:
        key = f"photo-upload-{place.key}-{st.session_state.get(_turn(place.key), 0)}"
        picture_uploader(
            "拍照或选择图片", MOST_UPLOADED // 2**20, key, partial(_take, key, place, more)
        )
        st.caption(FACES)


def _take(key: str, place: Place, more: int) -> None:
    """Keep what was chosen, one after the other."""
    files = present(st.session_state[key])
    found = session.settle_address()
    if not files or found is None:
        return
    refused = []
    for file in files[:more]:
        try:
            photo = service().keep(found, session.visitor(), file.getvalue(), place.put)
        except PictureFault as fault:
            refused.append(f"“{file.name}”：{picture_refused(fault)}")
        except RepositoryError as error:
            refused.append(f"“{file.name}”：{error}")
        else:
            session.apply(place.put(photo))
    refused += added_words(len(files) - more)
    st.session_state[_refused(place.key)] = refused
    st.session_state[_turn(place.key)] = st.session_state.get(_turn(place.key), 0) + 1
    discard(files)


def _remove(digest: str) -> None:
    session.ask(lambda found, who: service().remove(found, who, digest, session.signing(who)))


def _refused(place: str) -> str:
    return f"photos-refused:{place}"


def _enlarged(place: str) -> str:
    return f"photos-large:{place}"


def _turn(place: str) -> str:
    return f"photos-turn:{place}"
