"""What a page says when its line to the server drops, and when it is back."""

OPENING = "正在打开……"
"""What stands in a page until its first line comes."""

LOST = "连接中断，已保存到 {time}，正在重连……"
"""time: until when everything had reached the server, HH:MM where the visitor is."""

LOST_EARLY = "连接中断，正在重连……"
"""The same where nothing had reached the server yet."""

BACK = "已重新连上，可以继续"

WRITTEN = "连接中断时您正在写的文字可能没有保存，需要的请复制："
COPY = "复制"
COPIED = "已复制"
CLOSE = "不再显示"
