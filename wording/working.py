"""How far long work has got, in words."""

from beside.telling import Progress


def progress_words(what: str, progress: Progress | None, seconds: int) -> tuple[float, str]:
    """The share that is done, and words for it.

    what: is being done, as 正在生成. progress: None where nothing is known but the time it takes.
    """
    since = f"已用 {seconds} 秒" if seconds else ""
    if progress is None:
        return 0.0, "，".join(filter(None, [f"{what}…", since]))
    done, of, about = progress
    words = f"{what} {done + 1}/{of}" + (f"：{about}" if about else "")
    return done / of, "，".join(filter(None, [words, since]))
