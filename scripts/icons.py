"""Cut Streamlit's icons to those that may be seen: `make icons`, with a new icon or Streamlit.

Written are the icons that our pages name and those that Streamlit's own scripts name, of 4,000.
"""

import re
import sys
from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
ICONS = ROOT / "assets" / "fonts" / "icons.woff"
STATIC = Path(streamlit.__file__).parent / "static" / "static"
_NAMED = re.compile(r":material/([a-z0-9_]+):")


def named() -> set[str]:
    """Icons that our pages and Streamlit's scripts name."""
    ours = [
        *(path for folder in ("ui", "pages", "wording") for path in (ROOT / folder).glob("*.py")),
        ROOT / "app.py",
    ]
    files = [*ours, *(STATIC / "js").glob("*.js")]
    return {
        icon for path in files for icon in _NAMED.findall(path.read_text("utf-8", errors="replace"))
    }


def main() -> int:
    """Write the font; exit status 1 where it has not an icon that is named."""
    (source,) = (STATIC / "media").glob("MaterialSymbols-Rounded.*.woff2")
    font = TTFont(source)
    missing = named() - set(font.getGlyphOrder())
    # An icon is a ligature of the letters of its name; without closure only those that are asked
    # for come with the letters.
    options = Options(layout_features=["*"], layout_closure=False, glyph_names=True)
    options.flavor = "woff"
    subsetter = Subsetter(options)
    letters = [code for code in font.getBestCmap() if 32 <= code < 127]
    subsetter.populate(glyphs=sorted(named() - missing), unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    font["head"].modified = font["head"].created
    font.save(ICONS)
    print(f"{ICONS.stat().st_size} bytes, {len(named())} icons; not there: {sorted(missing)}")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
