"""Rights end to end: every right in Lua, adding and updating, what was tampered with, no terminal. Prints TAP."""
import json
import os
import shutil

from tend import case, eq, main

EFFECTS = {
    "task": "{ task = 'Call', key = 'k', window = '0d..3d' }",
    "retime": "{ retime = 'k', window = '0d..3d' }",
    "done": "{ done = 'k', why = 'w' }",
    "drop": "{ drop = 'k', why = 'w' }",
    "move": "{ move = 'prospect', reason = 'r' }",
    "hold": "{ hold = 'not_now', till = '6w', reason = 'r' }",
    "set": "{ set = 'x.town', value = 'Graz' }",
    "tag": "{ tag = 'vip' }",
    "untag": "{ untag = 'vip' }",
    "note": "{ note = 'hello', key = 'k' }",
    "link": "{ link = 1, type = 'spouse' }",
    "state": "{ state = 'n', value = 'v' }",
    "schedule": "{ schedule = 'k', every = 'year' }",
    "cancel": "{ cancel = 'k' }",
}
READS = {
    "person": "ctx.person.name",
    "touch": "ctx:touched('reached')",
    "state": "ctx:state('x')",
    "task": "ctx:next('due:..today')",
    "note": "ctx:next('has:note')",
}


def policy(needs, body, on="person.changed", more=""):
    return (f"return {{ policy = 'ant', version = '1.0.0', summary = 'For the test', {more} needs = \"{needs}\", on = '{on}',\n"
            f"  run = function(ctx, event) {body} end }}\n")


def said(t):
    r = t.run("set", "ann", f"x.city=Wien{said.n}", status=None)
    said.n += 1
    return r.out + r.err


said.n = 0


@case("every word of reads, in Lua: refused by its name, and given")
def _(t):
    t.run("add", "Ann Lee")
    for word, body in READS.items():
        base = "" if word == "person" else "reads:person"
        if word in ("touch", "state"):
            base = "none"
        t.plugin("ant", policy(base or "none", f"local x = {body}"))
        got = said(t)
        assert f'has not the right "reads:{word}"' in got and "plugin ant: policy ant" in got, got
        assert "ant.lua:" in got or "ant:" in got, got
        t.plugin("ant", policy(f"{base} reads:{word}", f"local x = {body}"))
        got = said(t)
        assert "right" not in got and "failed" not in got, (word, got)


@case("every word of effects, in Lua: refused by its name, and given")
def _(t):
    t.run("add", "Ann Lee")
    for word, effect in EFFECTS.items():
        others = ",".join(w for w in EFFECTS if w != word)
        t.plugin("ant", policy(f"effects:{others}", f"return {effect}"))
        got = said(t)
        assert f'has not the right "effects:{word}"' in got, (word, got)
        t.plugin("ant", policy(f"effects:{word}", f"return {effect}"))
        got = said(t)
        assert "has not the right" not in got, (word, got)


@case("a denied read is why a call fails, whatever comes of it, also in a pcall")
def _(t):
    t.run("add", "Ann Lee")
    t.plugin("ant", policy("effects:tag", "local ok, name = pcall(function() return ctx.person.name end) return { tag = 'x' }"))
    got = said(t)
    assert 'has not the right "reads:person"' in got, got
    eq(t.run("--json", "count", "tag:x").json(), {"count": 0})


@case("needs as a table, a list and a text are the same; a word that is none is refused with the nearest")
def _(t):
    forms = ["{ reads = 'person touch', effects = { 'task' }, files = { '~/My Leads' }, net = 'api.example.com', native = true }",
             "{ 'reads:person,touch', 'effects:task', 'files:\"~/My Leads\"', 'net:api.example.com', 'native' }",
             "'reads:person touch effects:task files:\"~/My Leads\" net:api.example.com native'"]
    for form in forms:
        t.plugin("ant", policy("", "").replace('needs = ""', f"needs = {form}"))
        eq(t.run("--json", "plugin", "info", "ant").json()["needs"],
           'reads:person,touch effects:task files:"~/My Leads" net:api.example.com native')
    t.plugin("ant", policy("", "").replace('needs = ""', "needs = {}"))
    eq(t.run("--json", "plugin", "info", "ant").json()["granted"], "none")
    t.plugin("ant", policy("reads:persn", ""))
    r = t.run("plugin", "info", "ant", status=1)
    assert 'did you mean "person"?' in r.err, r
    t.plugin("ant", policy("", "").replace('needs = ""', "needs = { read = 'person' }"))
    r = t.run("plugin", "info", "ant", status=1)
    assert 'did you mean "reads"?' in r.err, r


def write(t, name, text):
    path = t.dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def info(t, name, status=0):
    return t.run("--json", "plugin", "info", name, status=status).json()


@case("plugin add: without a terminal nothing is added; --yes adds, and later commands have it")
def _(t):
    t.run("add", "Ann Lee")
    path = write(t, "ant.lua", policy("effects:tag net:api.example.com", "return { tag = 'vip' }", more="author = 'Mira',"))
    r = t.run("plugin", "add", path, status=2)
    assert "--yes" in r.err and "api.example.com" in r.out and "Mira" in r.out and "tag people" in r.out, r
    assert not (t.dir / "config/tend/plugins").exists()
    t.run("plugin", "info", "ant", status=2)
    made = t.run("--json", "plugin", "add", "--yes", path).json()
    eq((made["name"], made["updated"], made["native"], made["granted"]),
       ("ant", False, False, "effects:tag net:api.example.com"))
    eq(oct((t.dir / "config/tend/plugins").stat().st_mode & 0o777), "0o600")
    os.remove(path)                 # a copy is kept
    got = info(t, "ant")
    eq((got["origin"], got["granted"], got["withheld"], got["author"]),
       ("added", "effects:tag net:api.example.com", None, "Mira"))
    said(t)
    eq(t.run("--json", "count", "tag:vip").json(), {"count": 1})
    r = t.run("plugin", "remove", "ant")
    assert "is removed" in r.out, r
    t.run("plugin", "info", "ant", status=2)
    assert not (t.dir / "data/tend/plugins/ant").exists()
    t.run("plugin", "remove", "ant", status=2)


@case("an update asks again only where it wants more, or comes from somebody else")
def _(t):
    path = write(t, "ant.lua", policy("effects:tag", ""))
    t.run("plugin", "add", "--yes", path)
    write(t, "ant.lua", policy("effects:tag", "").replace("1.0.0", "1.1.0"))
    r = t.run("plugin", "add", path)
    assert "nothing that you have not granted" in r.out, r
    eq(info(t, "ant")["version"], "1.1.0")
    write(t, "ant.lua", policy("effects:tag,task secrets:token", "").replace("1.0.0", "1.2.0"))
    r = t.run("plugin", "add", path, status=2)
    assert "plan tasks" in r.out and "token" in r.out and "tag people" not in r.out, r
    eq(info(t, "ant")["version"], "1.1.0")
    t.run("plugin", "add", "--yes", path)
    eq(info(t, "ant")["granted"], "effects:task,tag secrets:token")
    write(t, "ant.lua", policy("effects:tag", "", more="author = 'Somebody else',"))
    r = t.run("plugin", "add", path, status=2)
    assert "it is now by Somebody else" in r.out, r
    t.run("plugin", "add", "--yes", path)


@case("--without holds a right back: the plugin is told so when it needs it")
def _(t):
    t.run("add", "Ann Lee")
    path = write(t, "ant.lua", policy("effects:tag,task", "return { tag = 'vip' }"))
    t.run("plugin", "add", "--yes", "--without", "effects:tag", path)
    got = info(t, "ant")
    eq((got["granted"], got["withheld"]), ("effects:task", "effects:tag"))
    text = said(t)
    assert 'it asks for the right "effects:tag", which you did not grant' in text, text
    t.run("plugin", "add", "--yes", "ant")      # by its name: what is there, anew
    eq(info(t, "ant")["withheld"], None)


@case("a file that changed is said, with what to do, and gets no more than was granted")
def _(t):
    t.run("add", "Ann Lee")
    t.run("plugin", "add", "--yes", write(t, "ant.lua", policy("effects:tag", "return { tag = 'vip' }")))
    copy = t.dir / "data/tend/plugins/ant/ant.lua"
    os.utime(copy, (1, 1))
    assert "changed" not in t.run("plugin", "list").err
    copy.write_text(policy("effects:tag,task", "return { task = 'Call', key = 'k', window = '0d..3d' }"))
    r = t.run("plugin", "list")
    assert "ant.lua has changed since you added it" in r.err and "plugin add ant" in r.err and "plugin remove ant" in r.err, r
    eq(r.err.count("has changed"), 1)
    got = info(t, "ant")
    eq((got["changed"], got["granted"], got["withheld"]), ("ant.lua", "effects:tag", "effects:task"))
    assert 'right "effects:task", which you did not grant' in said(t)
    t.run("plugin", "add", "--yes", "ant")
    assert "changed" not in t.run("plugin", "list").err
    eq(info(t, "ant")["granted"], "effects:task,tag")


@case("a C module is trusted code, said by name each time; one that changed is not loaded")
def _(t):
    built = os.path.join(os.path.dirname(os.path.abspath(t.exe)), "plugins/cadence/cadence.so")
    path = str(t.dir / "cadence.so")
    shutil.copy(built, path)
    r = t.run("plugin", "add", path, status=2)
    assert "cadence.so is a C module: trusted code" in r.err and "--yes" in r.err, r
    assert "Keep in touch" not in r.out, "it was opened before the yes"
    r = t.run("plugin", "add", "--yes", path)
    assert "cadence.so is a C module: trusted code" in r.err, r
    got = info(t, "cadence")
    eq((got["origin"], got["granted"]), ("added", "reads:person,touch,state effects:task,drop,state,schedule,cancel native"))
    r = t.run("plugin", "add", "--yes", path)
    assert "cadence.so is a C module: trusted code" in r.err, "at every update too"
    with open(t.dir / "data/tend/plugins/cadence/cadence.so", "ab") as f:
        f.write(b"x")
    r = t.run("plugin", "list")
    assert "cadence.so has changed since you added it, so that its code is not loaded" in r.err, r
    assert 'has not the right "native"' in r.err, r
    eq(info(t, "cadence", status=1)["state"], "failed")
    t.run("plugin", "add", "--yes", "cadence")
    eq(info(t, "cadence")["state"], "loaded")
    t.run("plugin", "remove", "cadence")
    eq(info(t, "cadence")["origin"], "shipped")


@case("disable and enable, of what was added and of what ships")
def _(t):
    t.run("plugin", "add", "--yes", write(t, "ant.lua", policy("none", "")))
    for name in ("ant", "cadence"):
        t.run("plugin", "disable", name)
        t.run("plugin", "info", name, status=2)
        eq([p["state"] for p in t.run("--json", "plugin", "list").json() if p["name"] == name], ["disabled"])
        t.run("plugin", "enable", name)
        eq(info(t, name)["state"], "loaded")
    t.run("plugin", "disable", "nosuch", status=2)
    t.run("plugin", "enable", "csv", status=2)


@case("a folder comes whole, a link stays where it is, what is no plugin is refused")
def _(t):
    write(t, "bee/bee.lua", "local w = require 'words' return { policy = 'bee', needs = {}, on = 'task.done', summary = w, run = function() end }")
    write(t, "bee/words.lua", "return 'from the folder'")
    t.run("plugin", "add", "--yes", str(t.dir / "bee"))
    eq(info(t, "bee")["summary"], "from the folder")
    (t.dir / "data/tend/plugins/bee/words.lua").write_text("return 'tampered'")
    assert "words.lua has changed" in t.run("plugin", "list").err
    t.run("plugin", "remove", "bee")
    t.run("plugin", "add", "--yes", "--link", str(t.dir / "bee"))
    (t.dir / "bee/words.lua").write_text("return 'written anew'")
    got = info(t, "bee")
    eq((got["summary"], got["origin"]), ("written anew", "linked"))
    assert "changed" not in t.run("plugin", "list").err
    t.run("plugin", "remove", "bee")
    assert (t.dir / "bee/bee.lua").exists()
    t.run("plugin", "add", str(t.dir / "nosuch.lua"), status=1)
    t.run("plugin", "add", write(t, "x.txt", ""), status=2)
    t.run("plugin", "add", "--yes", write(t, "bad.lua", "return 1"), status=2)
    t.run("plugin", "add", "--yes", write(t, "wrong.lua", policy("effects:tsk", "")), status=2)
    os.symlink("/etc", t.dir / "bee/etc")
    r = t.run("plugin", "add", "--yes", str(t.dir / "bee"), status=2)
    assert "neither a file nor a folder" in r.err, r


@case("a record that is damaged is said; the rest goes on")
def _(t):
    write(t, "config/tend/plugins", "nonsense\n")
    r = t.run("plugin", "list")
    assert "line 1" in r.err and "csv" in r.out, r
    r = t.run("plugin", "add", "--yes", write(t, "ant.lua", policy("none", "")), status=2)
    assert "line 1" in r.err, r


@case("what ships names exactly what it uses, and so do the examples")
def _(t):
    for plugin in t.run("--json", "plugin", "list").json():
        assert plugin["needs"] and plugin["withheld"] is None, plugin["name"]


@case("one that does not load is not added; the one from before stays, with its files and rights")
def _(t):
    t.run("add", "Ann Lee")
    late = "return { command = 'count', version = '1.0.0', summary = 's', run = function() end }"
    r = t.run("plugin", "add", "--yes", write(t, "ant.lua", late), status=2)
    assert "was not added: it does not load" in r.err and "tend's own" in r.err, r
    t.run("plugin", "info", "ant", status=2)
    t.run("plugin", "info", "count", status=2)
    eq(list((t.dir / "data/tend/plugins").iterdir()), [])
    path = write(t, "ant.lua", policy("effects:tag", "return { tag = 'vip' }"))
    t.run("plugin", "add", "--yes", path)
    before = (t.dir / "config/tend/plugins").read_text()
    more = ("return { plugin = 'ant', version = '2.0.0', needs = 'effects:task', provides = { { command = 'count',"
            " summary = 's', run = function() end } } }")
    write(t, "ant.lua", more)
    write(t, "bee/ant.lua", more)
    for what in (path, str(t.dir / "bee")):
        r = t.run("plugin", "add", "--yes", what, status=2)
        assert "was not taken up, and the one from before stays" in r.err and "tend's own" in r.err, r
        eq((t.dir / "config/tend/plugins").read_text(), before)
        eq([p.name for p in (t.dir / "data/tend/plugins").iterdir()], ["ant"])
        eq((info(t, "ant")["version"], info(t, "ant")["granted"]), ("1.0.0", "effects:tag"))
    said(t)
    eq(t.run("--json", "count", "tag:vip").json(), {"count": 1})


main()
