"""What Streamlit's own controls say in English, and what they say here.

Streamlit has no setting for its language. Keys of EXACT are whole texts or labels; PATTERNS are
regular expressions of JavaScript with what takes their place.
"""

EXACT = {
    "Skip to main content": "跳到正文",
    "App pages": "页面",
    "Sidebar": "菜单",
    "Expand sidebar": "打开菜单",
    "Collapse sidebar": "收起菜单",
    "Upload": "选择文件",
    "Browse files": "选择文件",
    "file upload": "选择文件",
    "Drag and drop file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里",
    "Remove file": "移除文件",
    "Clear value": "清除",
    "Clear all": "全部清除",
    "Selected values": "已选",
    "Increment": "加",
    "Decrement": "减",
    "Choose date": "选日期",
    "Previous month": "上个月",
    "Next month": "下个月",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "用方向键选日期，回车确定，Esc 关闭。"
    ),
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "No results": "没有找到",
    "Pagination": "分页",
    "Previous page": "上一页",
    "Next page": "下一页",
    "Open": "展开",
    "Close": "关闭",
    "Close fullscreen": "退出全屏",
    "Fullscreen": "全屏",
    "Download as CSV": "下载 CSV",
    "Search": "查找",
    "Show/hide columns": "显示或隐藏列",
    "Copy to clipboard": "复制",
    "Copied": "已复制",
    "yyyy": "年",
    "mm": "月",
    "dd": "日",
}

PATTERNS = [
    [r"^Help for (.+)$", "$1：说明"],
    [r"^year, (.+)$", "$1：年"],
    [r"^month, (.+)$", "$1：月"],
    [r"^day, (.+)$", "$1：日"],
    [r"^Choose date, (.+)$", "选日期，$1"],
    [r"^Show/hide columns: (.+)$", "显示或隐藏列：$1"],
    [r"^Download as CSV: (.+)$", "下载 CSV：$1"],
    [r"^Search: (.+)$", "查找：$1"],
    [r"^Fullscreen: (.+)$", "全屏：$1"],
    [r"^(\d+)MB per file$", "每个文件不超过 $1 MB"],
    [r"^Limit (\d+)MB per file.*$", "每个文件不超过 $1 MB"],
    [r"^Remove (.+)$", "移除 $1"],
    [r"^(?:Go to |Current )?[Pp]age (\d+)(?:, current page)?$", "第 $1 页"],
    [r"^[Pp]age (\d+) of (\d+)$", "第 $1 页，共 $2 页"],
]
