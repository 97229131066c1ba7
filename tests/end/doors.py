"""Every right at every door, in C and in Lua: without it the call is refused by the right's name and
leaves nothing; with it the call does its work. The rights are those that the program itself names:
one that has no case here fails the first test. Prints TAP."""
import os
import pathlib
import re
import shutil

from made import Service, compiled, each
from tend import ROOT, case, eq, main

HERE = pathlib.Path(__file__).resolve().parent / "doors"
NOON = "2026-11-26T11:00:00+01:00"

# what must have been done before, for an effect to have something to act on
BEFORE = {"retime": ["task"], "done": ["task"], "drop": ["task"], "untag": ["tag"], "cancel": ["schedule"]}
CHANGES = "task retime done drop move hold set tag untag note link state schedule cancel".split()
SAYS = {"print": "one line", "row": "one row", "ask": "Which one?"}
# the doors of ctx->read behind each word, and the word that is needed before
LOOKS = {"person": ["get", "next"], "touch": ["touched"], "task": ["due"], "note": ["noted"], "state": ["kept"]}
BASE = {"due": "reads:person", "noted": "reads:person"}


# --- the two plugins ---------------------------------------------------------------------

def written(language, folder, needs, version="1.0.0"):
    """The plugin ant with these rights, as a file in the folder."""
    if language == "c":
        return compiled(HERE / "doors.c", folder / "ant.so", NEEDS=needs.replace('"', '\\"'), VERSION=version)
    folder.mkdir(parents=True, exist_ok=True)
    text = (HERE / "doors.lua").read_text().replace("VERSION", f'"{version}"').replace("NEEDS", f"[[{needs}]]")
    (folder / "ant.lua").write_text(text)
    return folder / "ant.lua"


def folder(t, language, needs):
    """It stands in a folder of plugins, which grants what it asks for."""
    shutil.rmtree(t.plugins, ignore_errors=True)
    written(language, t.plugins, needs)


# --- what the program says that there is -----------------------------------------------------

def words_of(t, needs, before):
    """The words that a refusal of `needs` names as those that there are."""
    t.plugin("wrong", f"return {{ policy = 'wrong', needs = '{needs}', on = 'task.done', run = function() end }}")
    said = t.run("plugin", "info", "wrong", status=1).err
    (t.plugins / "wrong.lua").unlink()
    return re.search(before + r"([^\n;]*)", said)[1].split()


def kinds(t):
    return [word.split(":")[0] for word in words_of(t, "zzz", "rights are written ")]


def reads(t):
    return words_of(t, "reads:zzz", "what is read is:")


def effects(t):
    return words_of(t, "effects:zzz", "the effects are:")


def everything(t, url="http://127.0.0.1:1"):
    return (f"reads:{','.join(reads(t))} effects:{','.join(effects(t))} files:~/leads net:{url} secrets:token")


def but(needs, kind, word=None):
    """Those needs without this one."""
    kept = []
    for part in needs.split():
        name, _, list_ = part.partition(":")
        words = [w for w in list_.split(",") if name != kind or (word and w != word)]
        if words:
            kept.append(f"{name}:{','.join(words)}")
    return " ".join(kept)


# --- trying one --------------------------------------------------------------------------------

def people(t):
    """p1 is me; Ann and Bob."""
    if not t.db.exists():
        t.run("add", "Ann Lee", "phone=+436641234567")
        t.run("add", "Bob Ray")
    (t.dir / "leads").mkdir(exist_ok=True)
    (t.dir / "leads/in.txt").write_text("let in")


def named(r, right):
    """Refused with the name of the right as a manifest writes it, and with what to do."""
    r.says(f'has not the right "{right}"', "names it in `needs`", "plugin add")


def door(t, word, status=0, **more):
    return t.run("door", word, "ann", status=status, **more)


def refused(t, right, word, **more):
    before = t.facts()
    r = door(t, word, status=1, **more)
    named(r, right)
    r.says("plugin ant", "command door")
    eq(t.facts(), before, f"{word} was refused")
    assert "let in" not in r.out and "hello" not in r.out, r


def changes(t, run, word):
    before = t.facts()
    r = run()
    r.silent_about("right", "failed")
    assert t.facts() != before, (word, "changed nothing", str(r))


@case("every right that the program knows has its case here")
def _(t):
    eq(kinds(t), ["reads", "effects", "files", "net", "secrets", "native"])
    eq(sorted(reads(t)), sorted(LOOKS))
    eq(sorted(effects(t)), sorted([*CHANGES, *SAYS]))
    declared = re.findall(r"^TEND_EFFECT\(\w+, (\w+)", (ROOT / "include/tend/api/effects.def").read_text(), re.M)
    eq(sorted(effects(t)), sorted(declared))


@each("each effect of a command")
def _(t, language):
    people(t)
    full = everything(t)
    for word in effects(t):
        folder(t, language, full)
        for first in BEFORE.get(word, []):
            door(t, first)
        folder(t, language, but(full, "effects", word))
        refused(t, f"effects:{word}", word)
        folder(t, language, full)
        if word in SAYS:
            r = door(t, word, status=2 if word == "ask" else 0)
            r.says(SAYS[word]).silent_about("right")
        else:
            changes(t, lambda word=word: door(t, word), word)


@each("each effect of a policy: the event stands, what was refused does not")
def _(t, language):
    people(t)
    full, n = everything(t), 0
    for word in CHANGES:
        for needs in (but(full, "effects", word), full):
            folder(t, language, full)
            for first in BEFORE.get(word, []):
                t.run("door", first, "bob")
            folder(t, language, needs)
            (t.plugins / "door.txt").write_text(word)
            tables = ["tag", "note", "link", "task", "hold", "stage_change", "plugin_state", "schedule"]
            before, towns = t.facts(tables), len([a for a in t.facts(["attribute"])["attribute"] if "Graz" in a])
            n += 1
            r = t.run("set", "bob", f"x.city=Wien{n}")
            same = t.facts(tables) == before and len([a for a in t.facts(["attribute"])["attribute"] if "Graz" in a]) == towns
            eq(t.json("show", "bob")["attributes"]["x.city"], [f"Wien{n}"])
            if needs != full:
                named(r, f"effects:{word}")
                r.says("policy doors")
                assert same, (word, "was refused, and something of it stands")
            else:
                r.silent_about("right")
                assert not same, (word, str(r))


@each("a rule of a stage set moves and holds within its rights")
def _(t, language):
    people(t)
    full = everything(t)
    for word, table in (("move", "stage_change"), ("hold", "hold")):
        for needs in (but(full, "effects", word), full):
            folder(t, language, needs)
            (t.plugins / "door.txt").write_text(word)
            before = t.facts([table])
            r = t.run("log", "bob", "knock", f"for {word} {len(needs)}")
            if needs != full:
                named(r, f"effects:{word}")
                eq(t.facts([table]), before)
            else:
                r.silent_about("right")
                assert t.facts([table]) != before, str(r)


@each("each word of reads, at each of its doors")
def _(t, language):
    people(t)
    full = everything(t)
    for right, doors in LOOKS.items():
        for word in doors:
            folder(t, language, but(full, "reads", right))
            refused(t, f"reads:{right}", word)
            folder(t, language, BASE.get(word, "") + f" reads:{right} effects:print")
            door(t, word).silent_about("right")
            folder(t, language, BASE.get(word, "none"))
            refused(t, f"reads:{right}", word)


@each("what an event tells is read too")
def _(t, language):
    people(t)
    for needs in ("none", "reads:person"):
        folder(t, language, needs)
        (t.plugins / "door.txt").write_text("fields")
        r = t.run("set", "bob", f"x.needs={needs}")
        named(r, "reads:person") if needs == "none" else r.silent_about("right")


@each("a report prints, gives rows and reads within its rights")
def _(t, language):
    people(t)
    full = everything(t)
    for word, right in (("print", "effects:print"), ("row", "effects:row"), ("next", "reads:person"),
                        ("read ~/leads/in.txt", "files:~/leads/in.txt")):
        kind, _, which = right.partition(":")
        folder(t, language, but(full, kind, None if kind == "files" else which))
        (t.plugins / "door.txt").write_text(word)
        r = t.run("report", "doors", status=1)
        named(r, right)
        folder(t, language, full)
        (t.plugins / "door.txt").write_text(word)
        t.run("report", "doors").says(SAYS.get(word, "let in" if word[:4] == "read" else "")).silent_about("right")


@each("a playbook plans tasks, which is its effect")
def _(t, language):
    people(t)
    folder(t, language, but(everything(t), "effects", "task"))
    before = t.facts()
    named(t.run("playbook", "start", "doors", "ann", status=1).says("plugin ant"), "effects:task")
    eq(t.facts(), before)
    folder(t, language, "effects:task")
    t.run("playbook", "start", "doors", "ann").says("First")


def asked(t, door_, status=0):
    return t.run("import", "--from", "doors", f"word={door_}", status=status)


@each("files, hosts and secrets in a page and in a message")
def _(t, language):
    people(t)
    t.run("plugin", "secret", "ant", "token", stdin="t0k3n\n", status=None)
    with Service() as service:
        full = everything(t, service.url)
        folder(t, language, full)
        t.run("plugin", "secret", "ant", "token", stdin="t0k3n\n")
        for word, kind, right, got in (
                ("read ~/leads/in.txt", "files", "files:~/leads/in.txt", "let in"),
                ("list ~/leads", "files", "files:~/leads", "in.txt"),
                (f"http {service.url}/a", "net", f"net:{service.url}", "hello"),
                (f"bearer {service.url}/b", "net", f"net:{service.url}", "hello"),
                (f"bearer {service.url}/c", "secrets", "secrets:token", "hello"),
                ("secret token", "secrets", "secrets:token", "t0k3n")):
            folder(t, language, but(full, kind))
            service.seen.clear()
            before = t.facts()
            named(asked(t, word, status=1), right)
            eq({k: v for k, v in t.facts().items() if k != "import"}, {k: v for k, v in before.items() if k != "import"})
            r = send(t, word, "refused", status=1)
            named(r, right)
            assert not service.seen, (word, service.seen)
            eq(t.facts(["touch"])["touch"], before["touch"])
            folder(t, language, full)
            asked(t, word).says("1 read").silent_about("right")
            assert got in t.run("list").out.lower(), (word, got)      # an import writes names large
            send(t, word, "given").says("sent by doors")
            if word.startswith("bearer"):
                eq([proof for _, proof in service.seen], ["Bearer t0k3n"] * 2)


def send(t, text, key, status=0):
    return t.run("channel", "send", "doors", "p2", f"--key={key}{abs(hash(text))}", text, now=NOON, status=status)


BEE = """#include <tend/plugin.h>
static int64_t add(struct tend_ctx *ctx, int64_t a, int64_t b) { (void)ctx; return a + b; }
static const struct tend_export exports[] = {
    TEND_EXPORT2(add, int64_t, int64_t, int64_t, "the sum"), TEND_EXPORTS_END,
};
TEND_PLUGIN(.name = "bee", .version = "1.0.0", .summary = "Adds", .license = "0BSD", .needs = "none", .exports = exports)
"""


def bee(t, where):
    source = t.dir / "bee.c"
    source.write_text(BEE)
    return compiled(source, where / "bee.so")


@case("native: calling a C module, from Lua")
def _(t):
    people(t)
    for needs, ok in (("none", False), ("native", True), ("", True)):
        folder(t, "lua", needs)
        bee(t, t.plugins)
        if ok:
            door(t, "called").silent_about("right")
        else:
            refused(t, "native", "called")
    # one that names no rights, and came from somebody else, has not that one either
    shutil.rmtree(t.plugins)
    t.run("plugin", "add", "--yes", bee(t, t.dir / "from"))
    t.run("plugin", "add", "--yes", written("lua", t.dir / "from", ""))
    refused(t, "native", "called")


@case("native: being a C module")
def _(t):
    people(t)
    path = written("c", t.dir / "from", "none")
    r = t.run("plugin", "add", path, status=2)
    r.says("ant.so is a C module: trusted code", "--yes")
    t.run("plugin", "info", "ant", status=2)
    r = t.run("plugin", "add", "--yes", "--without", "native", path, status=2)
    r.says("native", "C module")
    t.run("plugin", "info", "ant", status=2)
    t.run("plugin", "add", "--yes", path)
    eq(t.json("plugin", "info", "ant")["granted"], "native")
    with open(t.dir / "data/tend/plugins/ant/ant.so", "ab") as f:
        f.write(b"x")
    r = t.run("door", "print", status=2)
    r.says("ant.so has changed since you added it", 'has not the right "native"', "plugin add ant")


# --- what the user grants ------------------------------------------------------------------------

@each("each right that the user holds back, and gives later")
def _(t, language):
    people(t)
    with Service() as service:
        full = everything(t, service.url)
        path = written(language, t.dir / "from", full)
        rights = ([f"effects:{w}" for w in effects(t)] + [f"reads:{w}" for w in reads(t)] +
                  ["files:~/leads", f"net:{service.url}", "secrets:token"])
        t.run("plugin", "add", "--yes", path)
        t.run("plugin", "secret", "ant", "token", stdin="t0k3n\n")
        for right in rights:
            kind, _, word = right.partition(":")
            word = {"reads": LOOKS.get(word, [""])[0], "files": "list ~/leads", "net": f"http {service.url}/",
                    "secrets": "secret token"}.get(kind, word)
            t.run("plugin", "add", "--yes", "--without", right, path)
            eq(t.json("plugin", "info", "ant")["withheld"], right)
            for first in BEFORE.get(word, []):
                door(t, first)
            before = t.facts()
            r = asked(t, word, status=1) if kind in ("net", "secrets") else door(t, word, status=1)
            r.says(f'it asks for the right "{right}", which you did not grant', "plugin add ant")
            eq({k: v for k, v in t.facts().items() if k != "import"}, {k: v for k, v in before.items() if k != "import"})
            t.run("plugin", "add", "--yes", path)
            eq(t.json("plugin", "info", "ant")["withheld"], None)
            r = asked(t, word) if kind in ("net", "secrets") else door(t, word, status=2 if word == "ask" else 0)
            r.silent_about("right")


@each("an update that asks for more is asked again; it gets nothing before the yes")
def _(t, language):
    people(t)
    where = t.dir / "from"
    path = written(language, where, "effects:tag")
    t.run("plugin", "add", "--yes", path)
    written(language, where, "effects:tag", "1.1.0")
    r = t.run("plugin", "add", path, status=2 if language == "c" else 0)   # C is trusted anew each time
    if language == "c":
        t.run("plugin", "add", "--yes", path)
    eq(t.json("plugin", "info", "ant")["version"], "1.1.0")
    written(language, where, "effects:tag,note files:~/leads secrets:token", "1.2.0")
    r = t.run("plugin", "add", path, status=2)
    if language == "lua":
        r.says("write notes", "~/leads", "token").silent_about("tag people")
    eq((t.json("plugin", "info", "ant")["version"], t.json("plugin", "info", "ant")["granted"].replace(" native", "")),
       ("1.1.0", "effects:tag"))
    refused(t, "effects:note", "note")
    shown = t.talk("plugin", "add", path, says=[*([(r"\[y/n\]", "y")] if language == "c" else []), (r"\[y/n\]", "n")])
    assert "write notes" in shown and "tag people" not in shown and "~/leads" in shown, shown
    eq(t.json("plugin", "info", "ant")["version"], "1.1.0")
    t.talk("plugin", "add", path, says=[*([(r"\[y/n\]", "y")] if language == "c" else []), (r"\[y/n\]", "y")])
    eq(t.json("plugin", "info", "ant")["granted"].replace(" native", ""), "effects:tag,note files:~/leads secrets:token")
    changes(t, lambda: door(t, "note"), "note")


# --- files ------------------------------------------------------------------------------------------

@each("a file is read within the folder that was granted, and nowhere else")
def _(t, language):
    people(t)
    (t.dir / "other").mkdir()
    (t.dir / "leads-2").mkdir()
    (t.dir / "leads/deep").mkdir()
    (t.dir / "other/out.txt").write_text("not let in")
    (t.dir / "leads-2/out.txt").write_text("not let in")
    (t.dir / "leads/deep/er.txt").write_text("deeper in")
    os.symlink(t.dir / "other/out.txt", t.dir / "leads/link.txt")
    os.symlink("../other", t.dir / "leads/dir")
    os.symlink("deep", t.dir / "leads/near")
    os.symlink(t.dir / "leads", t.dir / "way")
    os.mkfifo(t.dir / "leads/pipe")
    folder(t, language, "files:~/leads effects:print")
    (t.plugins / "mine.txt").write_text("beside")
    os.symlink(t.dir / "other/out.txt", t.plugins / "theirs.txt")
    for path, got in (("~/leads/in.txt", "let in"), ("~/leads/deep/er.txt", "deeper in"), (t.dir / "leads/in.txt", "let in"),
                      ("~/leads/deep/../in.txt", "let in"), ("~/leads/near/er.txt", "deeper in"),
                      ("~/way/in.txt", "let in"), ("mine.txt", "beside"), ("~/leads//./in.txt", "let in")):
        assert door(t, f"read {path}").out.endswith(got + "\n"), path
    door(t, "list ~/leads").says("deep/", "in.txt", "pipe")
    for path, real in (("~/other/out.txt", "other/out.txt"), ("~/leads/link.txt", "other/out.txt"),
                       ("~/leads/dir/out.txt", "other/out.txt"), ("~/leads/../other/out.txt", "other/out.txt"),
                       ("~/leads/deep/../../other/out.txt", "other/out.txt"), ("~/leads-2/out.txt", "leads-2/out.txt"),
                       ("../other/out.txt", "other/out.txt"), ("theirs.txt", "other/out.txt"),
                       ("~/leads/dir/../people.db", "people.db"), (t.db, "people.db"),
                       ("~/other/none.txt", "other/none.txt"), ("~/none/at/all", "none/at/all"),
                       ("~/leads/dir/none.txt", "other/none.txt"), ("~/leads/../none.txt", "none.txt")):
        refused(t, f"files:~/{real}", f"read {path}")
    refused(t, "files:/etc/passwd", "read /etc/passwd")
    for path, real in (("~/other", "other"), ("~/leads/dir", "other"), ("~/leads/..", ""), ("~", "")):
        refused(t, "files:~/" + real if real else "files:~", f"list {path}")
    for path, why in (("~/leads/none.txt", "No such file"), ("~/leads/pipe", "not a file"), ("~/leads/deep", "not a file"),
                      ("none.txt", "No such file")):
        door(t, f"read {path}", status=1).says(why).silent_about("right")
    folder(t, language, "files:~/leads/in.txt,~/way/deep effects:print")
    door(t, "read ~/leads/in.txt").says("let in")
    door(t, "read ~/leads/deep/er.txt").says("deeper in")
    refused(t, "files:~/leads/pipe", "read ~/leads/pipe")
    refused(t, "files:~/leads", "list ~/leads")


@each("a name with a space is said as a manifest writes it")
def _(t, language):
    people(t)
    (t.dir / "My Leads").mkdir()
    (t.dir / "My Leads/a b.txt").write_text("let in")
    folder(t, language, "effects:print")
    r = door(t, "read ~/My Leads/a b.txt", status=1)
    right = 'files:"~/My Leads/a b.txt"'
    r.says(f"has not the right {right}")
    folder(t, language, f"effects:print {right}")
    door(t, "read ~/My Leads/a b.txt").says("let in")


main()
