"""What the sources of a crate hold, as far as a target has them compiled: `unsafe`, and reaching outside.

The sources are read as tokens, so that comments and strings do not count, from the crate's root by way of its `mod`
declarations; what a `#[cfg(...)]` leaves out on a target is not counted for it. A macro's body counts once, where it
stands. What a build script decides cannot be told beforehand: of that, every alternative counts.
"""

import functools
import pathlib
import re

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<comment>/\*)
      | (?P<raw>(?:b|c)?r(?P<hashes>\#*)".*?"(?P=hashes))
      | (?P<string>(?:b|c)?"(?:[^"\\]|\\.)*")
      | (?P<char>b?'(?:[^'\\\n]|\\(?:u\{[^}]*\}|x..|.))')
      | (?P<lifetime>'\w+)
      | (?P<word>(?:r\#)?[^\W\d]\w*)
      | (?P<number>\d(?:[\w]|\.\d)*)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
COMMENT_EDGE = re.compile(r"/\*|\*/")

# What `unsafe` stands before, in the words of the record.
UNSAFE = {
    "{": "blocks",
    "fn": "functions",
    "extern": "functions",
    "impl": "impls",
    "trait": "traits",
    "(": "attributes",
}
# A path into std, or a macro, that has to do with the world outside of the computation.
MODULES = ("env", "fs", "net", "process", "thread", "time", "os")
MACROS = {"asm": "asm", "global_asm": "asm", "naked_asm": "asm", "env": "env", "option_env": "env",
          "include_bytes": "include", "include_str": "include"}  # fmt: skip


class Source:
    """A file as tokens without comments and white space: kinds, words, lines, and where each bracket is closed."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.path = path
        self.kinds, self.words, self.lines, self.closes = [], [], [], {}
        position, line, opened = 0, 0, []
        while position < len(text):
            match = TOKEN.match(text, position)
            start, position, kind = position, match.end(), match.lastgroup
            if kind == "comment":
                depth = 1
                while depth:
                    edge = COMMENT_EDGE.search(text, position)
                    if edge is None:
                        raise ValueError(f"{path}: a comment does not end")
                    depth += 1 if edge[0] == "/*" else -1
                    position = edge.end()
            elif kind != "space":
                if kind == "mark" and match[0] in "{([":
                    opened.append(len(self.words))
                elif kind == "mark" and match[0] in "})]":
                    self.closes[opened.pop()] = len(self.words)
                self.kinds.append(kind)
                self.words.append(match[0])
                self.lines.append(line)
            line += text.count("\n", start, position)
        if opened:
            raise ValueError(f"{path}: a bracket is not closed")


@functools.cache
def source(path):
    return Source(path)


class Cfg:
    """What is set for a crate on a target; what its build script may set is unknown, which is None."""

    def __init__(self, settings, features, undecided):
        self.settings, self.undecided = settings, undecided
        self.settings = settings | {("feature", feature) for feature in features}

    def value(self, words):
        """The value of a predicate, given as its tokens."""
        words = [word for word in words if word is not None]
        name = words[0]
        if len(words) > 1 and words[1] == "(":
            values, part, depth = [], [], 0
            for word in words[2:-1] + [","]:
                depth += {"(": 1, ")": -1}.get(word, 0)
                if word == "," and depth == 0:
                    if part:
                        values.append(self.value(part))
                    part = []
                else:
                    part.append(word)
            if name == "not":
                return None if values[0] is None else not values[0]
            decisive = name == "any"
            if decisive in values:
                return decisive
            return None if None in values else not decisive
        if name in ("true", "false"):
            return name == "true"
        key = (name, words[2].strip('"') if len(words) > 2 else None)
        if key in self.settings:
            return True
        return None if key in self.undecided or (name, "*") in self.undecided else False


def undecided_by(script):
    """What a build script may set, as far as its text tells."""
    if script is None:
        return set()
    text = pathlib.Path(script).read_text(encoding="utf-8")
    names = re.findall(r'rustc-cfg=([A-Za-z_]\w*)(?:=\\?"(\w+))?', text)
    found = {(name, value or None) for name, value in names} | {(name, "*") for name, _ in names if name != "feature"}
    return found | {(name, None) for name in re.findall(r'(?:emit_rustc_cfg|emit_\w*_cfg|set_cfg)\([^)]*"(\w+)"', text)}


class Reader:
    """Collects what is found as (file, token, what), so that what several targets compile counts once."""

    def __init__(self, cfg):
        self.cfg = cfg
        self.found, self.files, self.lines, self.folders = set(), set(), set(), {}

    def read(self, path, folder):
        """Reads a file whose submodules lie in `folder`."""
        if path not in self.files:
            self.files.add(path)
            self.folders[path] = folder
            file = source(path)
            self.range(file, folder, 0, len(file.words))

    def range(self, file, folder, index, end, in_macro=False):
        while index < end:
            index = self.step(file, folder, index, end, in_macro)

    def step(self, file, folder, index, end, in_macro):
        """Takes in what begins at `index` and says where to go on."""
        words = file.words
        word, following = words[index], words[index + 1 : index + 5] + [""] * 4
        if word == "#" and (following[0] == "[" or following[:2] == ["!", "["]):
            return self.attributes(file, folder, index, end)
        if word == "if" and following[:3] == ["#", "[", "cfg"]:
            return self.cfg_if(file, folder, index, end, in_macro)
        self.lines.add((file.path, file.lines[index]))
        if file.kinds[index] != "word":
            return index + 1
        self.word(file, index, word, following)
        if word == "macro_rules" and following[0] == "!":
            close = file.closes[index + 3]
            self.range(file, folder, index + 4, close, True)
            return close + 1
        if word == "mod" and following[1] == "{" and not in_macro:
            close = file.closes[index + 2]
            self.range(file, folder / following[0].removeprefix("r#"), index + 3, close)
            return close + 1
        if word == "mod" and following[1] == ";" and not in_macro:
            self.module(folder, following[0], None)
        if word == "include" and following[0] == "!" and file.kinds[index + 3] == "string":
            self.read(file.path.parent / following[2].strip('"'), folder)
        return index + 1

    def word(self, file, index, word, following):
        found = []
        if word == "unsafe":
            what = UNSAFE.get(following[0])
            if what == "functions":
                after = following[following.index("fn") + 1] if "fn" in following else ""
                if "{" in following[1:3]:
                    what = "extern blocks"
                elif after in ("(", ""):
                    what = None  # the type of a function pointer has no name
            found = ["unsafe " + what] if what else []
        elif word == "extern" and "{" in following[:2]:
            found = ["extern blocks"]
        elif word == "static" and following[0] == "mut":
            found = ["static mut"]
        elif word in MACROS and following[0] == "!":
            found = [MACROS[word]]
        elif word == "Command" and following[:2] == [":", ":"]:
            found = ["process"]
        elif word == "std" and following[:2] == [":", ":"]:
            names = [following[2]]
            if following[2] == "{":
                names = file.words[index + 3 : file.closes[index + 3]]
            found = sorted(set(names) & set(MODULES))
        self.found |= {(file.path, index, what) for what in found}

    def attributes(self, file, folder, index, end):
        """Attributes and, if one of them leaves it out, the item after them."""
        words, keep, where = file.words, True, None
        while index < end and words[index] == "#" and words[index + 1] in ("[", "!"):
            inner = words[index + 1] == "!"
            start = index + (2 if inner else 1)
            close = file.closes[start]
            inside = words[start + 1 : close]
            if inside[:2] == ["cfg", "("]:
                if self.cfg.value(inside[2:-1]) is False:
                    if inner:
                        return end
                    keep = False
            elif inside[:2] == ["path", "="]:
                where = inside[2].strip('"')
            elif inside[:2] == ["cfg_attr", "("] and inside[-5:-2] == [",", "path", "="]:
                if self.cfg.value(inside[2:-5]) is not False:
                    where = inside[-2].strip('"')
            elif "unsafe" in inside and "cfg_attr" not in inside and keep:
                self.found.add((file.path, start, "unsafe attributes"))
            index = close + 1
        if not keep:
            return skip(file, index, end)
        if where:
            names = words[index : index + 8]
            if "mod" in names and ";" in names:
                # Beside the file, but within a module that is written out, in the folder of that.
                beside = file.path.parent if folder == self.folders[file.path] else folder
                self.module(folder, names[names.index("mod") + 1], beside / where)
                return index + names.index(";") + 1
        return index

    def cfg_if(self, file, folder, index, end, in_macro):
        """`if #[cfg(...)] { } else if #[cfg(...)] { } else { }`, as the crate cfg-if has it."""
        settled = False
        while True:
            value = True
            if file.words[index] == "if":
                close = file.closes[index + 2]
                value = self.cfg.value(file.words[index + 5 : close - 1])
                index = close + 1
            close = file.closes[index]
            if value is not False and not settled:
                self.range(file, folder, index + 1, close, in_macro)
            settled = settled or value is True
            index = close + 1
            if index >= end or file.words[index] != "else":
                return index
            index += 1

    def module(self, folder, name, given):
        name = name.removeprefix("r#")
        if given is not None:
            return self.read(given, given.parent if given.name == "mod.rs" else given.with_suffix(""))
        for path in (folder / f"{name}.rs", folder / name / "mod.rs"):
            if path.exists():
                return self.read(path, folder / name)
        raise ValueError(f"{folder}: there is no module {name}")


def skip(file, index, end):
    """Where the item, statement, field or arm that begins at `index` is over."""
    words = file.words[index : index + 8]
    while words and words[0] == "pub":
        words = words[words.index(")") + 1 :] if words[1:2] == ["("] and ")" in words else words[1:]
    plain = words[:1] in (["use"], ["let"], ["static"], ["type"]) or (words[:1] == ["const"] and "fn" not in words[:4])
    while index < end:
        word = file.words[index] if file.kinds[index] == "mark" else None
        if word == ";" or (word == "," and not plain):
            return index + 1
        if index in file.closes:
            index = file.closes[index]
            if word == "{" and not plain:
                return index + 1
        index += 1
    return end


def read_crate(root, cfg):
    """Reads a crate, or a build script, from its root file."""
    reader = Reader(cfg)
    reader.read(pathlib.Path(root), pathlib.Path(root).parent)
    return reader
