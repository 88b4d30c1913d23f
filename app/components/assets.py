"""Joins the small parts of a component into the html, css and module text Streamlit wants."""

import base64
import json
import posixpath
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.components.palette import css_variables

_IMPORT = re.compile(r"^import [^;]*? from '(?:\./)?((?:\.\./\w+/)?[\w.]+)';[ \t]*\n", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)
_DECLARED = re.compile(
    r"^(?:export )?(?:default )?(?:async )?(?:const|let|var|function\*?|class) +(\w+|[{\[][^=]*)",
    re.MULTILINE,
)
_MULTIPLE = re.compile(r"^(?:const|let|var) [^=;]+=[^;{(\n]*,[^;]*;", re.MULTILINE)
_NAME = re.compile(r"(?:^|, *)(\w+) *=")
# What parts nothing and counts nothing: some spaces, the 0 of 0.5; what is in quotes are words.
_IDLE = re.compile(r"""('[^']*'|"[^"]*")|(?<=[,:;{}>]) | (?=[{>])|(?<![\w.])0(?=\.\d)""")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# The digits of base 85, as `base64.b85encode` writes them: none ends or escapes in a quoted string.
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"

_SHARED = Path(__file__).parent / "shared"

# Until its module has come with its style, nothing of a component is seen. Without an end of line
# Streamlit would take this for the name of a file.
HIDDEN_UNTIL_STYLED = ":host{visibility:hidden}\n"
_SEEN = ":host{visibility:inherit}"
_WITH_STYLE = """const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
export default (component) => {
const { adoptedStyleSheets } = component.parentElement.getRootNode();
if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
return mount(component);
};
"""


class ComponentText(NamedTuple):
    """A component as texts: its module brings its style along."""

    html: str
    css: str
    js: str


def component_text(folder: Path, parts: Sequence[str], styles: Sequence[str] = ()) -> ComponentText:
    """Read one component: `<name>.html`, its `styles` and its `parts`.

    The parts are .mjs files, each after those that it imports; what several components need is in
    `../shared/`. The styles are .css files in the order in which they count; `<name>.css` alone if
    none are named.

    Every component's css begins with the palette, the sizes of type and the ring around what has
    the focus, so that a role has one colour on every page, and a note one size.

    Raises ValueError if a .css file of the folder is not among the styles, which would go unseen.
    """
    name = folder.name
    styles = styles or (f"{name}.css",)
    if left_out := {path.name for path in folder.glob("*.css")} - set(styles):
        raise ValueError(f"{name}: {min(left_out)} is not in the styles; name all of them.")
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    css = css_variables() + shared_style() + "".join(css_text(folder / style) for style in styles)
    return ComponentText(html, css, packed(joined(folder, parts), name, css))


def shared_style() -> str:
    """The sizes of type and the ring around what has the focus, for pages and components alike."""
    return "".join(css_text(_SHARED / name) for name in ("type.css", "focus.css"))


def css_text(path: Path) -> str:
    """A style sheet without comments, and without spaces and ends of lines that part nothing."""
    text = _CSS_COMMENT.sub("", path.read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    whole = "".join(line if line[-1] in "{},;" else f"{line}\n" for line in lines)
    return _IDLE.sub(lambda found: found[1] or "", whole).replace(";}", "}")


def joined(folder: Path, parts: Sequence[str]) -> str:
    """Return the parts as one module text, without imports, comments and indentation.

    Raises ValueError if a part imports one that does not come before it, if anything relative is
    still imported, if two parts declare the same name at top level, or if there is not exactly one
    default export.
    """
    texts, owner = [], {}
    for part in parts:
        text = (folder / part).read_text(encoding="utf-8")
        for name in _IMPORT.findall(text):
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(part), name))
            if wanted not in parts[: parts.index(part)]:
                raise ValueError(
                    f"{part} imports {wanted}, which must be listed before it in the parts."
                )
        text = _IMPORT.sub("", text)
        if re.search(
            r"""^\s*(?:import|export)\b[^'"\n]*?['"]\.{1,2}/|\bimport\(\s*['"]\.""",
            text,
            re.MULTILINE,
        ):
            raise ValueError(
                f"{part} has a relative import of another form than "
                "import { name } from './part.mjs';"
            )
        for declared in _declared(text):
            if declared in owner:
                raise ValueError(
                    f"{part} and {owner[declared]} both declare {declared}; "
                    "one module text can hold only one."
                )
            owner[declared] = part
        texts.append(text)
    text = "".join(texts)
    if len(_DEFAULT.findall(text)) != 1:
        raise ValueError(f"{folder.name}: exactly one part must have an export default.")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def packed(module: str, name: str, css: str = "") -> str:
    """Return a short module that unpacks `module` in the browser and passes its default export on.

    Streamlit compresses nothing that it serves; packed a module is a third as long, and its source
    stays as readable as it was written.

    css : given to each place where the component is mounted. A browser fetches it once, with the
        module; handed to Streamlit it would come again with each change.
    """
    squeeze = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    style = f"export const css = {json.dumps(_SEEN + css)};\n" if css else ""
    source = f"{module}{style}//# sourceURL={name}.mjs\n"
    data = squeeze.compress(source.encode()) + squeeze.flush()
    # Five letters for four bytes; base64 would need a third more than the bytes, not a quarter.
    text = base64.b85encode(data, pad=True).decode()
    return (
        f"const letters = '{_LETTERS}';\n"
        f"const text = '{text}';\n"
        "const view = new DataView(new ArrayBuffer((text.length / 5) * 4));\n"
        "for (let at = 0; at < text.length; at += 5) {\n"
        "let four = 0;\n"
        "for (const letter of text.slice(at, at + 5)) four = four * 85 + letters.indexOf(letter);\n"
        "view.setUint32((at / 5) * 4, four);\n"
        "}\n"
        f"const packed = new Blob([view.buffer.slice(0, {len(data)})]).stream();\n"
        "const inflate = new DecompressionStream('deflate-raw');\n"
        "const source = await new Response(packed.pipeThrough(inflate)).text();\n"
        "const file = new Blob([source], { type: 'text/javascript' });\n"
        "const address = URL.createObjectURL(file);\n"
        f"const {{ default: mount{', css' if css else ''} }} = await import(address);\n"
        "URL.revokeObjectURL(address);\n"
    ) + (_WITH_STYLE if css else "export default mount;\n")


def _declared(text: str) -> list[str]:
    """Names that a part declares at top level, which is where its lines are not indented."""
    names: list[str] = []
    for match in _DECLARED.finditer(text):
        first = match.group(1)
        if first[0] in "{[":
            names += re.findall(r"\w+(?=\s*[,}\]=]|$)", first)
            continue
        line = text[match.start() : text.find("\n", match.start())]
        names.append(first)
        if _MULTIPLE.match(line):
            names += [name for name in _NAME.findall(line.split("=", 1)[1]) if name not in names]
    return names
