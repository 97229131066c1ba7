"""The plugins that the guides show do what the guides say: each is taken from its README."""
import os
import pathlib
import re
import shutil
import subprocess

from tend import ROOT, case, eq, main


def shown(t, readme, language, name):
    """Installs the plugin of this name that a README shows."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    for code in re.findall(rf"^```{language}\b[^\n]*\n(.*?)^```", text, re.M | re.S):
        if re.search(rf'^\s*\w+ = "{name}"', code, re.M):
            t.plugin(name, code)
            return
    raise AssertionError(f"{readme} shows no plugin {name}")


@case("plugins/README.md: card, a policy")
def _(t):
    shown(t, "plugins/README.md", "lua", "card")
    t.json("add", "Ann Lee")
    t.json("log", "ann", "open_house", "at Dana's")
    eq(sorted(task["title"] for task in t.due(everything=True)), ["Follow up", "Send a card"])
    task, = [task for task in t.due() if task["title"] == "Send a card"]
    eq((task["opens"][:10], task["closes"][:10]), ("2026-11-26", "2026-11-29"))
    t.json("log", "ann", "card")
    eq([task["title"] for task in t.due(everything=True)], ["Follow up"])


@case("plugins/README.md: club, a stage set with a guard and a rule")
def _(t):
    shown(t, "plugins/README.md", "lua", "club")
    ann = t.json("add", "Ann Lee")["id"]
    eq(t.json("show", "ann")["stage"], "guest")
    for evenings in range(3):
        vetoes = t.json("move", "ann", "host", status=4)["vetoes"]
        eq([(v["plugin"], v["code"], v["cure"]) for v in vetoes], [("club", "knows-us", f"log p{ann} evening")])
        eq(evenings, len(t.json("show", "ann")["touches"]))
        t.typed(vetoes[0]["cure"])
    eq(t.json("show", "ann")["stage"], "regular")
    eq(t.json("move", "ann", "host")["to"], "host")


@case("plugins/README.md: guestbook, a lead source")
def _(t):
    shown(t, "plugins/README.md", "lua", "guestbook")
    book = t.dir / "book.txt"
    book.write_text("GUESTS 2026\n1 Ann Lee;+1 212 555 0101\n2 José Núñez;\n3 ;\nno guest\n")
    done = t.json("import", book, status=5)
    eq((done["from"], done["read"], done["added"], done["rejected"]), ("guestbook", 3, 2, 1))
    ann = t.json("show", "ann")
    eq(ann["phone"], [{"value": "+1 212 555 0101", "key": "+12125550101", "label": "mobile"}])
    eq(ann["tags"], ["guest"])
    again = t.json("import", book, status=5)
    eq((again["added"], again["updated"]), (0, 0))


@case("plugins/README.md: gmail, a normaliser")
def _(t):
    shown(t, "plugins/README.md", "lua", "gmail")
    people = t.dir / "people.csv"
    people.write_text("Name,E-mail\nAnn Lee,ann.lee@gmail.com\nA. Lee,AnnLee+news@googlemail.com\n"
                      "Bob Ray,bob.ray@example.com\n")
    done = t.json("import", people)
    eq((done["added"], done["updated"]), (2, 1))
    eq([p["key"] for p in t.json("show", "ann")["email"]], ["annlee@gmail.com"])
    eq([p["key"] for p in t.json("show", "bob")["email"]], ["bob.ray@example.com"])
    t.run("add", "Somebody", "email=a.n.n.l.e.e@gmail.com", status=3).says("Ann Lee")


def blocks(readme, language):
    return re.findall(rf"^```{language}\b[^\n]*\n(.*?)^```", (ROOT / readme).read_text(encoding="utf-8"), re.M | re.S)


def as_typed(t, lines, folder):
    """Runs what a guide shows: `tend` is the program, and `pkg-config` finds it as it is installed."""
    bin_, pc = t.dir / "bin", t.dir / "lib"
    for path in (bin_, pc):
        path.mkdir(exist_ok=True)
    tend = bin_ / "tend"
    tend.write_text(f'#!/bin/sh\nexec "{t.exe}" --now {t.now} "$@"\n')
    tend.chmod(0o755)
    built = (pathlib.Path(t.exe).parent / "meson-private" / "tend.pc").read_text()
    (pc / "tend.pc").write_text(re.sub(r"^prefix=.*", f"prefix={ROOT}", built, flags=re.M))
    done = subprocess.run(["bash", "-e", "-c", lines], cwd=folder, capture_output=True, text=True, check=False,
                          env=dict(t.env, PATH=f"{bin_}:{os.environ['PATH']}", PKG_CONFIG_PATH=str(pc)))
    assert done.returncode == 0, f"{lines}\n[{done.returncode}]\n{done.stdout}{done.stderr}"
    return done.stdout


@case("plugins/README.md: evenings, several kinds in one file")
def _(t):
    shown(t, "plugins/README.md", "lua", "evenings")
    t.run("plugin", "info", "evenings").says("policy regulars", "stage_set evenings")
    t.json("add", "Ann Lee")
    for evenings in range(1, 4):
        t.json("log", "ann", "evening")
        eq(t.json("show", "ann")["tags"], ["regular"] if evenings == 3 else [])


def in_c(t, name):
    """Builds a plugin that include/README.md shows, with the line that it shows; its first commands."""
    t.plugins.mkdir()
    lines = blocks("include/README.md", "sh")[0]
    build, = [line for line in lines.splitlines() if line.startswith("export build=")]
    for code in blocks("include/README.md", "c"):
        if code.startswith(f"/* {name}.c: "):
            (t.plugins / f"{name}.c").write_text(code, encoding="utf-8")
            as_typed(t, f"{build}\n$build {name}.c -o {name}.so", t.plugins)
            return lines
    raise AssertionError(f"include/README.md shows no {name}.c")


@case("include/README.md: its commands build the plugin against pkg-config and try it")
def _(t):
    lines = in_c(t, "thanks")
    out = as_typed(t, lines, t.plugins)
    assert "loaded" in out and "Send a card" in out, out
    eq([task["title"] for task in t.due(everything=True)], [])


@case("include/README.md: twice, a guard in C")
def _(t):
    in_c(t, "twice")
    ann = t.json("add", "Ann Lee")["id"]
    t.json("set", "ann", "interest=business")
    t.json("log", "ann", "presentation", "significant=yes")
    for _ in range(2):
        veto, = t.json("move", "ann", "prospect", status=4)["vetoes"]
        eq((veto["plugin"], veto["code"], veto["cure"]), ("twice", "two-calls", f"log p{ann} call"))
        t.typed(veto["cure"])
    eq(t.json("move", "ann", "prospect")["to"], "prospect")


@case("include/README.md: thanks, a policy in C, is the equal of the one in Lua")
def _(t):
    in_c(t, "thanks")
    t.run("plugin", "info", "thanks").says("loaded", "policy thanks")
    t.json("add", "Ann Lee")
    t.json("log", "ann", "open_house", "at Dana's")
    eq(sorted(task["title"] for task in t.due(everything=True)), ["Follow up", "Send a card"])
    t.json("log", "ann", "card")
    eq([task["title"] for task in t.due(everything=True)], ["Follow up"])


@case("examples/policy-lua")
def _(t):
    t.plugins.mkdir()
    shutil.copy(ROOT / "examples/policy-lua/open-house-card.lua", t.plugins)
    t.json("add", "Ann Lee")
    t.json("log", "ann", "family_meeting")
    eq(sorted(task["title"] for task in t.due(everything=True)), ["Follow up", "Send a card"])


@case("several kinds in one file")
def _(t):
    t.plugin("both", """return { plugin = "both", version = "1.0.0", provides = {
      { policy = "tagger", on = { "touch.logged" }, run = function() return { tag = "seen" } end },
      { stage_set = "words", touch_kinds = { { "wave" } } } } }""")
    t.json("add", "Ann Lee")
    t.json("log", "ann", "wave")
    eq(t.json("show", "ann")["tags"], ["seen"])
    t.run("plugin", "info", "both").says("policy", "stage_set")


@case("a policy keeps state, walks people, and sees what was undone as never done")
def _(t):
    t.plugin("counter", """return { policy = "counter", version = "1.0.0", on = { "touch.logged" },
      run = function(ctx)
        local n = tonumber(ctx:state("n") or 0) + 1
        return { { state = "n", value = n }, { set = "counter.n", value = n } }
      end }""")
    t.json("add", "Ann Lee")
    for n in (1, 2):
        t.json("log", "ann", "call")
        eq(t.json("show", "ann")["attributes"], {"counter.n": [str(n)]})
    t.json("undo")
    t.json("log", "ann", "call")
    eq(t.json("show", "ann")["attributes"], {"counter.n": ["2"]})


@case("one that sleeps while its file changes is set aside, loses no event, and says how it goes on")
def _(t):
    one = "return { plugin = 'ant', needs = 'effects:tag', provides = { { policy = '%s', on = 'person.changed', run = function() return { tag = 'x' } end } } }"
    for text, why in ((one % "two", "has changed, and it has no policy one any more: plugin reload ant"),
                      (one.replace("'ant'", "'bee'") % "one", "has changed and is now called bee: plugin reload bee"),
                      ("error 'broken'", "broken")):
        t.plugin("ant", one % "one")
        who = f"p{t.json('add', why)['id']}"
        t.run("plugin", "list")                 # what it declares is kept: it sleeps from now on
        (t.dir / "old.lua").write_text(one % "one")
        (t.dir / "new.lua").write_text(text)
        name = "bee" if "bee" in text else "ant"
        shown = t.talk(columns=300, says=[
            ("> ", f"!cp '{t.dir / 'new.lua'}' '{t.plugins / 'ant.lua'}'\r"), ("> ", f"set {who} x.a=1\r"), (r"undo: [\s\S]*> ", f"set {who} x.a=2\r"),
            (r"undo: [\s\S]*> ", f"!cp '{t.dir / 'old.lua'}' '{t.plugins / 'ant.lua'}'\r" if text.startswith("error") else "\r"),
            (r"> ", f"plugin reload {name}\r"), (r"loaded anew[\s\S]*> ", f"set {who} x.a=3\r"), (r"tag: x[\s\S]*> ", "\x04")])
        assert len([line for line in shown.splitlines() if line.startswith(f"tend: plugin {name}: ") and why in line]) == 1, shown
        assert shown.count(f"plugin {name} is set aside: what it would do is kept for later") == 2, shown


main()
