"""Fetch the files of others that `vendor.toml` names, again and the same: `python -m desk.vendor`.

Of the style sheet and the design tokens of NL Design System only what the desk reaches is written. SHA256SUMS holds
the sums of what was written and of `vendor.toml`, so that a test sees a file, a version or a component that was changed
without running this program.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "desk/vendor.toml"
SUMS = ROOT / "desk/SHA256SUMS"
STYLE_SHEET = "dist/index.css"
TOKENS = ("dist/theme.css", "dist/color-scheme-dark/theme.css")

RULE = re.compile(r"^(?P<head>[^\s}/][^{}]*) \{\n(?P<body>(?: .*\n|\n)*)\}$", re.MULTILINE)
COMPONENT = re.compile(r"\.utrecht-([a-z0-9]+(?:-[a-z0-9]+)*)")
TOKEN = re.compile(r"^ *(--[\w-]+):\s*([^;]+);", re.MULTILINE)
USE = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Package:
    """A package of the npm registry.

    copies: file of the package → name in the directory `into`. components: whose rules go into `components.css`.
    tokens_for: the style sheets whose tokens go into `tokens.css`.
    """

    name: str
    version: str
    integrity: str
    licence: str
    into: str
    copies: Mapping[str, str]
    components: Sequence[str] = ()
    tokens_for: Sequence[str] = ()

    @property
    def directory(self) -> Path:
        return ROOT / self.into


def packages() -> list[Package]:
    """What `vendor.toml` names."""
    return [Package(**each) for each in tomllib.loads(LIST.read_text(encoding="utf-8"))["packages"]]


def fetch(package: Package, directory: Path) -> Path:
    """The directory of the unpacked package; raises ValueError if it is not what was pinned."""
    subprocess.run(  # noqa: S603
        ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"],  # noqa: S607
        cwd=directory,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    [archive] = directory.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise ValueError(f"{package.name} {package.version} is not the package that vendor.toml pins.")
    with tarfile.open(archive) as opened:
        opened.extractall(directory, filter="data")
    return directory / "package"


def rules_of(sheet: str, components: frozenset[str]) -> Iterator[str]:
    """The rules of a style sheet that are about these components alone, with the @media around them."""
    for rule in RULE.finditer(sheet):
        if rule["head"].startswith("@media"):
            inner = "\n".join(rules_of(textwrap.dedent(rule["body"]), components))
            if inner:
                yield f"{rule['head']} {{\n{textwrap.indent(inner, '  ')}\n}}"
        elif heads := [head for head in rule["head"].split(",\n") if _is_about(head, components)]:
            yield ",\n".join(heads) + f" {{\n{rule['body']}}}"


def _is_about(head: str, components: frozenset[str]) -> bool:
    """Leaves out rules for elements without a class of their own: the desk names each component by its class."""
    named = set(COMPONENT.findall(head))
    return bool(named) and named <= components


def tokens_of(package: Path, sheets: str) -> str:
    """The tokens that style sheets reach, as a style sheet for light and dark; paper is light."""
    light, dark = (dict(TOKEN.findall((package / each).read_text(encoding="utf-8"))) for each in TOKENS)
    both = {name: light.get(name, "") + dark.get(name, "") for name in light | dark}
    names = sorted(reached(both, sheets))
    other = {name: dark[name] for name in names if name in dark and dark[name] != light.get(name)}
    used = {name: light[name] for name in names if name in light}
    return (
        f"{_root(used)}\n@media screen and (prefers-color-scheme: dark) {{\n{textwrap.indent(_root(other), '  ')}}}\n"
    )


def reached(tokens: Mapping[str, str], sheets: str) -> set[str]:
    """The tokens that style sheets use, directly or through another token."""
    found: set[str] = set()
    waiting = set(USE.findall(sheets))
    while waiting:
        name = waiting.pop()
        if name in tokens and name not in found:
            found.add(name)
            waiting |= set(USE.findall(tokens[name]))
    return found


def _root(tokens: Mapping[str, str]) -> str:
    return ":root {\n" + "".join(f"  {name}: {value};\n" for name, value in tokens.items()) + "}\n"


def renew(package: Package, unpacked: Path) -> None:
    """Write what the desk uses of a package, and nothing that was there of another version."""
    shutil.rmtree(package.directory, ignore_errors=True)
    package.directory.mkdir(parents=True)
    for source, name in package.copies.items():
        shutil.copyfile(unpacked / source, package.directory / name)
    if package.components:
        sheet = (unpacked / STYLE_SHEET).read_text(encoding="utf-8")
        rules = "\n".join(rules_of(sheet, frozenset(package.components)))
        holders = "\n".join(sorted(set(re.findall(r"Copyright .+", sheet))))
        _write(package, "components.css", f"{holders}\n*/\n{rules}\n")
    if package.tokens_for:
        sheets = "".join((ROOT / each).read_text(encoding="utf-8") for each in package.tokens_for)
        _write(package, "tokens.css", f"*/\n{tokens_of(unpacked, sheets)}")


def _write(package: Package, name: str, text: str) -> None:
    origin = f"/* Written by desk/vendor.py of {package.name} {package.version}, licence {package.licence}.\n"
    (package.directory / name).write_text(origin + text, encoding="utf-8")


def sums() -> str:
    """The sum of each vendored file and of their list, as `sha256sum` writes and checks them."""
    directories = {package.directory for package in packages()}
    files = sorted([LIST, *(file for each in directories for file in each.iterdir())])
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(ROOT)}\n" for file in files)


def main() -> None:
    for package in packages():
        with tempfile.TemporaryDirectory() as directory:
            renew(package, fetch(package, Path(directory)))
    SUMS.write_text(sums(), encoding="utf-8")


if __name__ == "__main__":
    main()
