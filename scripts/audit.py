"""Look for known faults in what a server installs: `make audit`.

Needs no service for broken or missing requirements and for releases their authors have taken
back; pip-audit asks one for known vulnerabilities. Where that cannot be reached, says so:
exit status 0 then means no more than that the rest is well.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = "requirements-server.txt"


def main() -> int:
    """Exit status 1 when something is found."""
    faults = [*_unmet(), *_withdrawn(), *_vulnerable()]
    for fault in faults:
        print(f"FOUND: {fault}")
    return 1 if faults else 0


def _unmet() -> list[str]:
    """Requirements of what is installed here that are missing or do not fit."""
    run = _run("pip", "check")
    return run.stdout.splitlines() if run.returncode else []


def _withdrawn() -> list[str]:
    """Pinned releases that were taken back, or whose files are no longer those of the lock."""
    run = _run(
        *("pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--require-hashes"),
        *("--quiet", "--disable-pip-version-check", "-r", LOCK),
    )
    lines = run.stderr.splitlines()
    if run.returncode:
        return [f"{LOCK} cannot be installed", *lines]
    return [line for line in lines if "yanked" in line.lower()]


def _vulnerable() -> list[str]:
    """What pip-audit knows of the lock."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        run = _run(
            *("pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner=off"),
            *("--format=json", "--output", str(report), "-r", LOCK),
        )
        if not report.is_file():
            print(f"NOT AUDITED: pip-audit could not do its work.\n{run.stderr[-500:]}")
            return []
        packages = json.loads(report.read_text())["dependencies"]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    print(f"audited for known vulnerabilities: {len(packages) - len(skipped)} packages")
    if skipped:
        print(
            f"NOT AUDITED: {len(skipped)} packages, because the service that knows of"
            f" vulnerabilities did not answer for them: {', '.join(skipped)}"
        )
    return [
        f"{package['name']} {package['version']}: {fault['id']}, mended in {fault['fix_versions']}"
        for package in packages
        for fault in package.get("vulns", [])
    ]


def _run(module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
