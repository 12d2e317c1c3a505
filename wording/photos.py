"""What is said of photos beside them."""

from typing import Final

from state.documents.photo_changes import Side

ITEM: Final = "照片"
SIDES: Final[dict[Side, str]] = {"before": "整改前照片", "after": "整改后照片"}

REMOVED: Final = "照片会从这份自评里所有用到它的地方和快照里删除，不能恢复。"
FACES = "拍设备、现场和资料，请避开人脸和身份证件。保存时会去掉拍摄地点，并缩小到 1600 像素以内。"

_FEW = 20
"""Photos left of those that an assessment may have, from which on it is said."""


def room_words(more: int, left: int, most: int) -> str:
    """How many more photos there may be here. left: in the whole assessment."""
    if not left:
        return "这份自评的照片已到 200 张（60 MB）的上限；要再加，先删除几张。"
    if not more:
        return f"这里已有 {most} 张照片；要再加，先删除一张。"
    words = f"还可以加 {more} 张（每处最多 {most} 张）。"
    return words + (f"整份自评还能加 {left} 张，上限 200 张、60 MB。" if left <= _FEW else "")


def added_words(beyond: int) -> list[str]:
    """What has become of photos beyond those there was room for; nothing if there are none."""
    return [f"多选的 {beyond} 张没有加上：这里放不下了"] if beyond > 0 else []


PAIRS: Final[dict[str, str]] = {
    "title": "整改前后照片",
    "before": "整改前",
    "after": "整改后",
}


def photo_words(item: str, number: int, caption: str) -> str:
    """What stands below a photo of an item in a document."""
    return f"{item} 照片 {number}" + (f"　{caption}" if caption else "")
