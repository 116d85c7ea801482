"""Fetch the programs of Debian's that tests use and this machine lacks, without root and without installing anything.

The packages and what they depend on are unpacked into `.cache/debian/root`; `.cache/debian/bin` gets a small script for
each of their programs that finds the libraries there. apt keeps its lists and downloads in `.cache/debian/apt`.

Never fails: when apt cannot be reached, tests that need a missing program are skipped with that reason, and the next
run tries again.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "debian"
ROOT = CACHE / "root"
APT = CACHE / "apt"


def missing() -> list[str]:
    """The packages whose programs are not on this machine."""
    packages = []
    if shutil.which("espeak-ng") is None:
        packages.append("espeak-ng")  # speaks the calls that the tests transcribe
    if not any(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        packages.append("postgresql")  # Debian's PostgreSQL, beside the embedded one
    if shutil.which("chromium") is None:
        packages.append("chromium")  # the browser that the tests of pages drive
    if shutil.which("strace") is None:
        packages.append("strace")  # shows what the kernel is asked to write
    return packages


def fetch(packages: list[str]) -> None:
    """Unpack `packages` and those of their dependencies that are not installed. Raises CalledProcessError."""
    for folder in ("lists/partial", "cache/archives/partial", "downloads"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq"]
    apt += ["-o", f"Dir::State::Lists={APT}/lists", "-o", f"Dir::Cache={APT}/cache", "-o", "APT::Sandbox::User=root"]
    run(*apt, "update")
    plan = run(*apt, "install", "--simulate", "--no-install-recommends", *packages)
    run(*apt, "download", *re.findall(r"^Inst (\S+)", plan, re.MULTILINE))
    for archive in sorted((APT / "downloads").glob("*.deb")):
        run("dpkg-deb", "--extract", str(archive), str(ROOT))


def run(*command: str) -> str:
    """What the command prints. Raises CalledProcessError with its complaint."""
    done = subprocess.run(command, cwd=APT / "downloads", capture_output=True, text=True, check=True, timeout=900)
    return done.stdout


def write_scripts() -> None:
    """Write `.cache/debian/bin`: every unpacked program, run with the libraries and data that came with it."""
    folders = ("usr/lib/*-linux-gnu", "lib/*-linux-gnu", "usr/lib/*/pulseaudio", "usr/lib/*/nss")
    libraries = [library for folder in folders for library in ROOT.glob(folder)]
    settings = f"LD_LIBRARY_PATH='{':'.join(map(str, libraries))}'"
    for data in ROOT.glob("usr/lib/*/espeak-ng-data"):
        settings += f" ESPEAK_DATA_PATH='{data.parent}'"
    if (ROOT / "usr/share/fonts").exists():
        settings += f" FONTCONFIG_FILE='{write_font_settings()}'"
    (CACHE / "bin").mkdir(exist_ok=True)
    programs = ("usr/bin/espeak-ng", "usr/bin/strace", "usr/lib/postgresql/*/bin/*", "usr/lib/chromium/chromium")
    for program in [found for pattern in programs for found in ROOT.glob(pattern)]:
        script = CACHE / "bin" / program.name
        script.write_text(f"#!/bin/sh\n{settings} exec '{program}' \"$@\"\n", encoding="utf-8")
        script.chmod(0o755)


def write_font_settings() -> Path:
    """Write where fonts lie, those of the machine too; a browser without any draws nothing."""
    file = CACHE / "fonts.conf"
    places = "".join(f"<dir>{place}</dir>" for place in (ROOT / "usr/share/fonts", "/usr/share/fonts"))
    cache = f"<cachedir>{CACHE / 'fonts'}</cachedir>"
    file.write_text(f'<?xml version="1.0"?>\n<fontconfig>{places}{cache}</fontconfig>\n', encoding="utf-8")
    return file


def main() -> None:
    """Fetch what is missing; leave the stamp `.cache/debian/ready` when nothing is missing any more."""
    CACHE.mkdir(parents=True, exist_ok=True)
    if packages := missing():
        try:
            fetch(packages)
        except (OSError, subprocess.SubprocessError) as why:
            reason = str(getattr(why, "stderr", None) or why).strip()
            sys.stderr.write(f"not fetched: {', '.join(packages)} ({reason}); tests that need them are skipped\n")
            return
        write_scripts()
    (CACHE / "ready").touch()


if __name__ == "__main__":
    main()
