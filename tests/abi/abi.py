"""What older plugins rely on is still there: the kept headers, and a plugin of each level.

    abi.py TEND [PART OF A CASE'S NAME]
    abi.py --keep       writes the dump of the newest level anew, as long as it is open
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end"))
from tend import ROOT, SANITIZED, Skip, case, eq, main  # noqa: E402

HERE = ROOT / "tests/abi"
INCLUDE = ROOT / "include"
CC = os.environ.get("TEND_CC", "cc").split()
STANDING = dict(re.findall(r"^(\d+) (frozen|open)\b", (HERE / "levels").read_text(), re.M))
LEVELS = sorted(STANDING, key=int)


def headers(level):
    """The kept headers of a level; an open one has those of today."""
    kept = HERE / level
    return kept if kept.exists() else INCLUDE


def compiled(out, source, *flags):
    done = subprocess.run([*CC, "-std=c17", *flags, str(source), "-o", str(out)],
                          capture_output=True, text=True, check=False)
    return done


def dump(folder, level, include):
    exe = folder / "dump"
    done = compiled(exe, HERE / "dump.c", f"-DLEVEL={level}", f"-I{include}", f"-I{INCLUDE}")
    assert done.returncode == 0, done.stderr
    return subprocess.run([exe], capture_output=True, text=True, check=True).stdout.splitlines()


def what_broke(level, kept, now, standing):
    """Why today's rows break the level, a line each; empty if they do not."""
    broken = [f"level {level} had, and today has not: {row}" for row in kept if row not in now]
    if standing == "frozen":
        broken += [f"level {level} is frozen; give this the next level: {row}"
                   for row in now if row not in kept]
    return broken


def kept_rows(level):
    return (HERE / f"{level}.txt").read_text().splitlines()


@case("nothing of a kept level is gone or another, and no frozen one has grown")
def _(t):
    for level in LEVELS:
        eq(what_broke(level, kept_rows(level), dump(t.dir, level, INCLUDE), STANDING[level]), [])


@case("the dumps of the frozen levels are what their own headers say")
def _(t):
    for level in LEVELS:
        if STANDING[level] == "frozen":
            was = dump(t.dir, level, headers(level))
            eq(what_broke(level, kept_rows(level), was, "frozen"), [])


@case("every row of an older level is in the newer one, and the newest is today's")
def _(t):
    for older, newer in zip(LEVELS, LEVELS[1:]):
        rows = kept_rows(newer)
        eq([row for row in kept_rows(older) if row not in rows], [], f"{older} in {newer}")
    api = re.search(r"#define TEND_API (\d+)", (INCLUDE / "tend/plugin.h").read_text()).group(1)
    eq(api, LEVELS[-1])
    eq([STANDING[level] for level in LEVELS[:-1]], ["frozen"] * (len(LEVELS) - 1))


@case("a function that vanished, changed or moved, an effect that shrank, and growth are noticed")
def _(t):
    kept = kept_rows("1")
    changes = {
        "function read.touched": None,
        "member tend_policy.on": lambda row: row.replace("at 16", "at 24"),
        "function text.cut": lambda row: row.replace("int32_t", "int64_t", 1),
        "effect TASK.title": lambda row: row.replace("1000", "100"),
        "kind command": lambda row: re.sub(r"at least \d+", "at least 500", row),
        "lua ctx.veto": lambda row: row.replace("cure:text?", "cure:text"),
    }
    for name, change in changes.items():
        row, = [row for row in kept if row.startswith(name)]
        now = [r if r != row else change(r) for r in kept if r != row or change]
        assert now != kept, name
        assert row in "\n".join(what_broke("1", kept, now, "open")), name
    grown = kept + ["function read.more at 56: int32_t (void)"]
    eq(what_broke("1", kept, grown, "open"), [])
    assert "next level" in what_broke("1", kept, grown, "frozen")[0]


@case("a header that is not as the list says does not compile")
def _(t):
    changes = [
        ("read.h", "int64_t (*touched)", "int32_t (*touched)", "touched"),
        ("policy.h", "    const char *on; ", "    int64_t more;\n    const char *on; ", "tend_policy"),
        ("text.h", "int32_t (*is)(struct tend_text text, const char *what);", "", "text.def"),
        ("effect.h", "    const char *title; ", "    const char *name; ", "title"),
        ("command.h", "int64_t writes;", "uint64_t writes;", "writes"),
    ]
    flags = ("-c", f"-I{ROOT / 'core'}")
    check = ROOT / "core/plugin/api.c"
    eq(compiled(t.dir / "api.o", check, *flags, f"-I{INCLUDE}").returncode, 0)
    for name, old, new, word in changes:
        changed = t.dir / "include"
        shutil.copytree(INCLUDE, changed, dirs_exist_ok=True)
        text = (changed / "tend" / name).read_text()
        assert old in text, (name, old)
        (changed / "tend" / name).write_text(text.replace(old, new))
        done = compiled(t.dir / "api.o", check, *flags, f"-I{changed}")
        assert done.returncode != 0 and word in done.stderr, (name, done.stderr)


def install(t, level):
    """A plugin that was compiled with the headers of this level, and with no others."""
    t.plugins.mkdir(exist_ok=True)
    done = compiled(t.plugins / f"old{level}.so", HERE / "plugin.c", "-Wall", "-Wextra", "-Werror",
                    "-shared", "-fPIC", "-fvisibility=hidden", f"-DLEVEL={level}",
                    f"-I{headers(level)}")
    assert done.returncode == 0, done.stderr


def effects(t, name):
    """What came of a touch whose text is the name of an effect."""
    done = t.json("log", "ann", "ring", name)["effects"]
    return [e["effect"] for e in done if e["effect"] != "touch"]


def all_effects(level):
    return re.findall(r"^effect (\w+) is", "\n".join(kept_rows(level)), re.M)


for LEVEL in LEVELS:
    @case(f"a plugin of level {LEVEL} reads, vetoes, answers with every effect of its level, and "
          "runs its command")
    def _(t, level=LEVEL):
        install(t, level)
        people = t.dir / "people.txt"
        people.write_text(f"old{level}\nAnn Lee;ANN@example.com\nBob Ray;bob@example.com\n;\n")
        done = t.json("import", people, status=5)
        eq((done["from"], done["added"], done["rejected"]), (f"old{level}", 2, 1))
        eq(t.json("show", "ann")["email"][0]["key"], "ann@example.com")
        said = t.json("move", "ann", "kept", status=4)["vetoes"]
        eq([(v["plugin"], v["code"]) for v in said], [(f"old{level}", "silent")])
        names = [e for e in all_effects(level) if e not in ("print", "row", "ask")]
        for name in names:
            if name == "drop":
                t.json("log", "ann", "ring", "task")
            before = t.facts(["plugin_state", "schedule"])
            told = effects(t, name)
            if name in ("state", "schedule", "cancel"):     # the plugin's own, which is not told
                assert t.facts(before) != before, name
            else:
                eq(told, [{"done": "closed", "drop": "dropped"}.get(name, name)], name)
        ann = t.json("show", "ann")
        eq((ann["stage"], ann["tags"]), ("met", []))
        t.json("log", "ann", "phone", "hello")
        eq(t.json("move", "ann", "kept")["to"], "kept")
        if level != "0":
            command = f"show-old{level}"
            t.run(command, "ann", "30", status=2).says("--sure")
            t.run(command, "ann", "30", "--sure", "yes").says("thirty", "yes")
            t.run(command, "ann", "31", "--sure", "yes").says("another")
        t.run("plugin", "list").says(f"old{level}")


def exported(path):
    """What a file exports of its own; copies of the C library's variables carry its version."""
    said = subprocess.run(["nm", "-D", "--defined-only", path], capture_output=True, text=True,
                          check=True).stdout
    return {line.split()[-1] for line in said.splitlines() if "@" not in line}


def listed(what):
    text = (HERE / "symbols.txt").read_text()
    return set(re.findall(rf"^{what} (\w+)$", text, re.M))


@case("the program exports what is listed and no more, a module its entry alone")
def _(t):
    if SANITIZED:
        raise Skip("a sanitizer exports symbols of its own")
    eq(exported(t.exe), listed("program"), "the program")
    build = pathlib.Path(t.exe).parent
    modules = [*build.glob("plugins/**/*.so"), *build.glob("examples/*.so")]
    assert modules
    for module in modules:
        eq(exported(module), listed("module"), module.name)
    loose = t.dir / "loose.so"
    eq(compiled(loose, HERE / "plugin.c", "-shared", "-fPIC", "-DLEVEL=2", f"-I{INCLUDE}",
                "-Dinit=loose_init", "-Dstatic=").returncode, 0)
    assert exported(loose) - listed("module"), "what is not hidden is noticed"


TEND_HAS = r"""
#include <stdio.h>
#include <stdint.h>
#include <tend/plugin.h>
struct older { uint32_t size, level; void (*a)(void); };
struct newer { uint32_t size, level; void (*a)(void); void (*b)(void); int32_t c; };
int main(void)
{
    union { struct older older; struct newer newer; } u = { .newer = { 0 } };
    const struct newer *table = &u.newer;   /* a newer plugin looks at what an older host gives */
    const struct older *mine = &u.older;    /* and an older plugin at a newer host's */
    const struct newer *none = NULL;

    u.newer.size = sizeof(struct older);
    printf("%d%d%d", TEND_HAS(table, a), TEND_HAS(table, b), TEND_HAS(table, c));
    u.newer.size = offsetof(struct newer, c);
    printf(" %d%d%d", TEND_HAS(table, a), TEND_HAS(table, b), TEND_HAS(table, c));
    u.newer.size = offsetof(struct newer, c) + 3;       /* half a member is none */
    printf(" %d", TEND_HAS(table, c));
    u.newer.size = sizeof(struct newer) + 64;
    printf(" %d%d%d %d %d\n", TEND_HAS(table, a), TEND_HAS(table, b), TEND_HAS(table, c),
           TEND_HAS(mine, a), TEND_HAS(none, a));
    return 0;
}
"""


@case("TEND_HAS: of a shorter table, of a longer one, of half a member, of none")
def _(t):
    source = t.dir / "has.c"
    source.write_text(TEND_HAS)
    for level in LEVELS:
        done = compiled(t.dir / "has", source, f"-I{headers(level)}")
        assert done.returncode == 0, done.stderr
        said = subprocess.run([t.dir / "has"], capture_output=True, text=True, check=True).stdout
        eq(said, "100 110 0 111 1 0\n", f"level {level}")


def keep():
    level = LEVELS[-1]
    if STANDING[level] != "open":
        sys.exit(f"level {level} is frozen: raise TEND_API, and add the next level to tests/abi/levels")
    folder = pathlib.Path(os.environ.get("TMPDIR", "/tmp"))
    (HERE / f"{level}.txt").write_text("\n".join(dump(folder, level, INCLUDE)) + "\n")


if sys.argv[1:] == ["--keep"]:
    keep()
else:
    main()
