"""`python -m schemes validate [PATH …]`: say everything that is wrong with a scheme."""

import argparse
import sys
from pathlib import Path

from schemes.console import speak_utf8
from schemes.loader import available, load_folder
from schemes.problems import SchemeError


def main() -> int:
    """Validate the folders named, or all that are shipped. Exit status 1 on problems."""
    speak_utf8()
    parser = argparse.ArgumentParser(prog="python -m schemes", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="check scheme folders")
    validate.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    folders = parser.parse_args().paths or list(available().values())
    return max([_validate(folder) for folder in folders], default=0)


def _validate(folder: Path) -> int:
    try:
        scheme = load_folder(folder)
    except SchemeError as error:
        print(error, file=sys.stderr)
        return 1
    conditions = len(scheme.conditions)
    print(
        f"{scheme.id}: {scheme.title} — {len(scheme.elements)} 个一级要素，"
        f"{len(scheme.items)} 条内容，{conditions} 个扣分情形，满分 {scheme.full}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
