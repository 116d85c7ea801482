"""Fetch the programs of Debian's that tests use and this machine lacks, without root and without installing anything.

The packages and what they depend on are unpacked into `.cache/debian/root`; `.cache/debian/bin` gets a small script for
each of their programs that finds the libraries there, wherever the folder is: a checkout may be copied and moved. apt
keeps its lists and downloads in `.cache/debian/apt`.

Never fails: when apt cannot be reached, tests that need a missing program are skipped with that reason, and the next
run tries again.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "debian"
ROOT = CACHE / "root"
APT = CACHE / "apt"
_HERE = '"$(dirname -- "$(readlink -f -- "$0")")/.."'  # the folder above that of a script that runs


def missing() -> list[str]:
    """The packages whose programs are not on this machine; what an earlier run fetched is none of it."""
    packages = []
    if not installed("espeak-ng"):
        packages.append("espeak-ng")  # speaks the calls that the tests transcribe
    if not any(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        packages.append("postgresql")  # Debian's PostgreSQL, beside the embedded one
    if not installed("chromium"):
        packages.append("chromium")  # the browser that the tests of pages drive
    if not installed("strace"):
        packages.append("strace")  # shows what the kernel is asked to write
    return packages


def installed(program: str) -> bool:
    """Whether the machine itself has a program."""
    folders = [folder for folder in os.get_exec_path() if Path(folder).resolve() != (CACHE / "bin").resolve()]
    return shutil.which(program, path=os.pathsep.join(folders)) is not None


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
    libraries = [placed(library) for folder in folders for library in ROOT.glob(folder)]
    settings = {"LD_LIBRARY_PATH": ":".join(libraries)}
    for data in ROOT.glob("usr/lib/*/espeak-ng-data"):
        settings["ESPEAK_DATA_PATH"] = placed(data.parent)
    if (ROOT / "usr/share/fonts").exists():
        settings["FONTCONFIG_FILE"] = placed(write_font_settings())
    told = " ".join(f'{name}="{value}"' for name, value in settings.items())
    (CACHE / "bin").mkdir(exist_ok=True)
    programs = ("usr/bin/espeak-ng", "usr/bin/strace", "usr/lib/postgresql/*/bin/*", "usr/lib/chromium/chromium")
    for program in [found for pattern in programs for found in ROOT.glob(pattern)]:
        script = CACHE / "bin" / program.name
        script.write_text(f'#!/bin/sh\nhere={_HERE}\n{told} exec "{placed(program)}" "$@"\n', encoding="utf-8")
        script.chmod(0o755)


def placed(path: Path) -> str:
    """How a script names a path below the cache."""
    return f"$here/{path.relative_to(CACHE)}"


def write_font_settings() -> Path:
    """Write where fonts lie, those of the machine too; a browser without any draws nothing."""
    file = CACHE / "fonts.conf"
    fonts = '<dir prefix="relative">root/usr/share/fonts</dir><dir>/usr/share/fonts</dir>'
    cache = '<cachedir prefix="xdg">fontconfig</cachedir>'
    file.write_text(f'<?xml version="1.0"?>\n<fontconfig>{fonts}{cache}</fontconfig>\n', encoding="utf-8")
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
