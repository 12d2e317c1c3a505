"""What the computer that serves a room says on its console, and the page of whoever joins."""

NO_NETWORK = (
    "这台电脑没有连上网络，手机找不到它。请连上教室的 Wi-Fi，或打开手机热点让电脑和大家都连上，"
    "再启动一次。"
)
STARTING = "正在启动，请稍候……"
OPEN = "大家用手机扫码，或在浏览器里输入："
OTHERS = "这个地址打不开时，可以试："
CHECKED = "检查：按这个地址能打开。"
UNREACHED = "检查：按这个地址打不开，手机多半也打不开。"
FIREWALL = (
    "手机打不开时：① 手机和电脑要在同一个 Wi-Fi；② 电脑弹出“防火墙”提示时选“允许访问”"
    "（已经选了“取消”的，到 Windows 安全中心 › 防火墙 › 允许应用通过防火墙，勾选 Python）；"
    "③ 有的访客 Wi-Fi 不许设备互相访问，请改用手机热点。"
)
END = "上完课，在这个窗口按 Ctrl+C 结束；大家填的都保存在这台电脑上。"
FAILED = "没有启动成功，请看上面的提示。"

PHONE = "在手机上继续"
PHONE_TOLD = "手机扫码就能接着填。有这个二维码或链接的人都能修改，请不要公开。"
PHONE_LOCAL = (
    "现在只有这台电脑能打开。要用手机，请关掉程序，改用 start.bat class（Windows）"
    "或 make class 启动，并在报告页导出、再导入这份自评：单机模式里的自评不属于任何人的列表。"
)
PHONE_CLOSED = "现在的地址“{host}”只有这台电脑自己认识。请用启动时显示的地址打开本页，再扫码。"


def room_words(address: str, others: list[str], reached: bool) -> list[str]:
    """Lines for the console, when the room is open.

    address: the one to type. others: further ones of this computer.
    """
    lines = [OPEN, "", f"    {address}", ""]
    if others:
        lines += [f"{OTHERS}{'、'.join(others)}", ""]
    return [*lines, CHECKED if reached else UNREACHED, FIREWALL, END]
