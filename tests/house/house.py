"""The rules of the house, held against the tree: who may include whom, the map in core/README.md,
where SQL and the clock may stand, how long a file may be, and that what the READMEs show works."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORE = ROOT / "core"
FOLDERS = "base module store plugin lua worker sched desk kit shell".split()     # lowest first

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
SQL = re.compile(r"SELECT\b.*\bFROM\b|INSERT\s+INTO|UPDATE\s.*\bSET\b|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s", re.I)
CLOCK = re.compile(r"\b(time|rand|srand|random|gettimeofday|clock_gettime|clock|localtime(_r)?|gmtime(_r)?"
                   r"|getrandom|arc4random\w*)\s*\(|CURRENT_TIMESTAMP|os\.time|os\.date|math\.random")


def text(path):
    return path.read_text(encoding="utf-8")


def code_of(path):
    """Without comments and texts, so that words in them do not count."""
    return STRING.sub('""', COMMENT.sub(" ", text(path)))


def sources(*folders, ends=(".c", ".h", ".def")):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in ends and path.is_file():
                yield path


def name(path):
    return str(path.relative_to(ROOT))


def none(found, what):
    assert not found, what + ":\n" + "\n".join(f"  {f}" for f in found)


def includes():
    """A folder of core/ uses only itself and the folders below it."""
    bad = []
    for path in sources("core"):
        folder = path.relative_to(CORE).parts[0]
        below = FOLDERS[:FOLDERS.index(folder) + 1]
        for kind, what in INCLUDE.findall(text(path)):
            first = what.split("/")[0]
            if kind == '"' and first not in below:
                bad.append(f'{name(path)} includes "{what}"')
            if folder == "lua" and kind == '"' and first not in ("lua", "base"):
                if not path.name.startswith("bind_") and what == "plugin/runtime.h":
                    continue
                bad.append(f'{name(path)} includes "{what}"')
    for path in sources("include"):
        bad += [f"{name(path)} includes {what}" for kind, what in INCLUDE.findall(text(path))
                if kind == '"' or ("/" in what and not what.startswith("tend/"))]
    for path in sources("plugins", "examples"):
        bad += [f'{name(path)} includes "{what}"' for kind, what in INCLUDE.findall(text(path))
                if kind == '"' and what.split("/")[0] in FOLDERS]
    none(bad, "these reach where they may not")


def core_map():
    """core/README.md has one line for every file of core/, and for no other."""
    there = {str(p.relative_to(CORE)) for p in CORE.rglob("*")
             if p.is_file() and p.name not in ("meson.build", "README.md")}
    listed, folder = [], ""
    for line in text(CORE / "README.md").splitlines():
        heading = re.match(r"## (\w+)/", line)
        if heading:
            folder = heading.group(1)
        entry = re.match(r"- `([\w./]+)`: \S", line)
        if entry:
            listed.append(f"{folder}/{entry.group(1)}")
    none(sorted(there - set(listed)), "not in core/README.md")
    none(sorted(set(listed) - there), "in core/README.md, but not there")
    none(sorted({f for f in listed if listed.count(f) > 1}), "twice in core/README.md")


def sql():
    """All SQL stands in core/store."""
    bad = [f"{name(path)}: {string}" for path in sources("core", "plugins", ends=(".c", ".h", ".lua"))
           if path.relative_to(ROOT).parts[1] != "store"
           for string in STRING.findall(COMMENT.sub(" ", text(path))) if SQL.search(string)]
    none(bad, "SQL outside of core/store")


def clock():
    """Time and chance are asked of core/base alone."""
    bad = [f"{name(path)}: {CLOCK.search(code_of(path)).group(0)}"
           for path in sources("core", "plugins", "include", ends=(".c", ".h", ".lua"))
           if path.relative_to(ROOT).parts[1] != "base" and CLOCK.search(code_of(path))]
    none(bad, "the clock or chance outside of core/base")


def length():
    """No file is longer than 600 lines: past that it is two topics."""
    found = sources("core", "include", "plugins", "scripts", "tests", "examples",
                    ends=(".c", ".h", ".lua", ".py", ".def"))
    none([f"{name(p)}: {n}" for p in found if (n := len(text(p).splitlines())) > 600], "too long")


def first_words():
    """Every file of core/ begins with a comment that says why it exists."""
    none([name(p) for p in sources("core") if not re.match(r"/\* ?\S[^\n]{15,}", text(p))],
         "no first comment")


def licences():
    """include/ and examples/ say 0BSD in their first lines, core/ names no licence."""
    none([name(p) for p in sources("include", "examples", ends=(".c", ".h", ".lua"))
          if "SPDX-License-Identifier: 0BSD" not in text(p)[:200]], "no SPDX line")
    none([name(p) for p in sources("core") if "SPDX-License" in text(p)], "a licence in core/")


def readmes():
    """Each folder of the top level has its README, and what they link to is there."""
    bad = []
    for folder in ("", "core", "include", "plugins", "scripts", "tests", "examples"):
        path = ROOT / folder / "README.md"
        if not path.exists():
            bad.append(f"{folder}/README.md is not there")
            continue
        for link in re.findall(r"\]\(([^)#:]+)\)", text(path)):
            if not (path.parent / link).exists():
                bad.append(f"{name(path)} links to {link}")
    none(bad, "READMEs")


class Home:
    """A place for a README's commands: `tend` is the built program, its database is new."""

    def __enter__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tend house "))
        (self.dir / "bin").mkdir()
        (self.dir / "bin" / "tend").symlink_to(EXE)
        self.env = dict(os.environ, HOME=str(self.dir), XDG_DATA_HOME=str(self.dir / "data"),
                        XDG_CONFIG_HOME=str(self.dir / "config"), LC_ALL="C.UTF-8",
                        PATH=f"{self.dir / 'bin'}:{os.environ['PATH']}")
        self.env.pop("TEND_DB", None)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.dir, ignore_errors=True)

    def sh(self, line, cwd=ROOT):
        return subprocess.run(["bash", "-c", line], env=self.env, cwd=cwd, timeout=60, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)


def examples_lua():
    """Every plugin in Lua of examples/ is one that tend loads."""
    shown = [text(p) for p in sources("examples", ends=(".lua",))]
    assert shown, "no Lua in examples/"
    for code in shown:
        with Home() as home:
            found = re.search(r"\b(?:command|policy|stage_set|lead_source|normaliser|plugin|matcher|report|playbook|channel|service) = \"([\w-]+)\"", code)
            assert found, f"a plugin without a name:\n{code}"
            folder = home.dir / "plugins"
            folder.mkdir()
            (folder / f"{found.group(1)}.lua").write_text(code, encoding="utf-8")
            done = home.sh(f"tend --plugin-dir '{folder}' plugin info {found.group(1)}")
            assert done.returncode == 0 and "loaded" in done.stdout, \
                f"{code}\n[{done.returncode}]\n{done.stdout}{done.stderr}"


def quiet_words():
    """No word that stands where something is missing, and none of a machine."""
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    found = sources("core", "include", "plugins", "scripts", "examples", "tests",
                    ends=(".c", ".h", ".lua", ".py", ".def", ".md"))
    none([f"{name(p)}: {m.group(0)}" for p in found if (m := words.search(text(p)))], "unfinished")


EXE = os.path.abspath(sys.argv[1])
CHECKS = (includes, core_map, sql, clock, length, first_words, licences, readmes, quiet_words,
          examples_lua)

print(f"1..{len(CHECKS)}")
bad = 0
for number, check in enumerate(CHECKS, 1):
    try:
        check()
        print(f"ok {number} - {check.__doc__}", flush=True)
    except Exception:   # a rule that cannot be looked at is a rule that is broken
        bad += 1
        print(f"not ok {number} - {check.__doc__}", flush=True)
        why = str(sys.exc_info()[1]) if isinstance(sys.exc_info()[1], AssertionError) else traceback.format_exc()
        print("\n".join(f"# {line}" for line in why.splitlines()), flush=True)
sys.exit(1 if bad else 0)
