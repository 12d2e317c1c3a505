"""What logos show, and why a picture is not taken, in the user's words."""

from collections.abc import Iterator

from state.documents.assessment import Profile
from state.documents.pictures import PictureFault, PictureTrouble
from wording.labels import UNNAMED

_WORDS = {
    PictureTrouble.EMPTY: "这个文件是空的，没有上传",
    PictureTrouble.STRANGE: "这不是能用的图片，没有上传；请用 JPG 或 PNG 图片",
    PictureTrouble.HEIC: "这是手机的 HEIC 图片，没有上传；苹果手机请在“设置－相机－格式”里"
    "选“兼容性最佳”后重拍，其他手机请在相机设置里关掉“HEIF（高效图片）”，或另存为 JPG",
    PictureTrouble.BROKEN: "这张图片打不开，可能没有传完整，没有上传；请换一张",
}
_MB = 2**20
_TEN_THOUSAND = 10_000


def picture_refused(fault: PictureFault) -> str:
    """What is wrong with the picture, and what to do."""
    if fault.kind is PictureTrouble.LONG:
        size = -(-fault.size // _MB)
        return f"这张图片有 {size} MB，超过 {fault.most // _MB} MB，没有上传；请先缩小"
    if fault.kind is PictureTrouble.LARGE:
        most = fault.most // _TEN_THOUSAND
        return f"这张图片展开后超过 {most} 万像素，没有上传；请先缩小"
    return _WORDS[fault.kind]


def logo_words(profile: Profile) -> Iterator[tuple[str | None, str]]:
    """What the two logos show, for those who cannot see them, each with its digest if it is set."""
    yield profile.logo, f"{profile.name or UNNAMED}的标志"
    yield profile.firm_logo, f"{profile.firm or '咨询机构'}的标志"
