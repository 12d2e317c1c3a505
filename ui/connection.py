"""What an open page says in Chinese when its line drops."""

from wording import connection as words


def told() -> dict[str, object]:
    """What assets/connection.js is told."""
    return {
        "WORDS": {
            "lost": words.LOST,
            "lost_early": words.LOST_EARLY,
            "back": words.BACK,
            "written": words.WRITTEN,
            "copy": words.COPY,
            "copied": words.COPIED,
            "close": words.CLOSE,
        }
    }
