"""Why a picture is not taken, in the user's words."""

from state.documents.pictures import PictureFault, PictureTrouble

_WORDS = {
    PictureTrouble.EMPTY: "这个文件是空的，没有上传",
    PictureTrouble.STRANGE: "这不是能用的图片，没有上传；请用 JPG 或 PNG 图片",
    PictureTrouble.HEIC: "这是苹果手机的 HEIC 图片，没有上传；请在手机“设置－相机－格式”里"
    "选“兼容性最佳”后重拍，或另存为 JPG",
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
