"""At the live prompt: a file that is saved serves, one that is broken does not, and what was added and
is another now is said, also when it is the typing that loads it."""
import glob
import os
import re

from screen import case, main

HELLO = "return { command = 'hello', version = '1.0.0', summary = 's', run = function() return { print = '%s' } end }\n"


def shown(session):
    return re.sub(r"\s+", " ", session.text())


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def save(path, text):
    """As an editor does that keeps the old file until the new one is whole."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.rename(path)


def says(session, line, words):
    session.type(line + "\r")
    session.until(lambda: words in shown(session), words)


@case("--watch: a file that is saved serves at once, a broken one is said and the old one serves")
def _(t):
    path = t.dir / "plugins" / "hello.lua"
    write(path, HELLO % "one")
    t.run("config", "name=mira")
    s = t.start("--plugin-dir", str(path.parent), "--watch", rows=40, columns=110)
    says(s, "hello", "one")
    for text, news, then in ((HELLO % "two", "plugin hello is loaded anew", "two"),
                             ("return {\n\n  command = }", "serves on: hello.lua:3:", "two"),
                             (HELLO % "three", "plugin hello is loaded anew", "three")):
        s.type("\x0c")
        s.ready()
        s.type("coun")                          # half a line is kept
        save(path, text)
        s.until(lambda news=news: news in shown(s), news)
        s.at(r"^tend> coun")
        s.type("\x15")
        says(s, "hello", then)
    s.type("\x0c")
    s.ready()
    s.type("plugin reload --no-watch\r")
    s.wait("by hand from now on")
    save(path, HELLO % "four")
    says(s, "hello", "three")
    says(s, "plugin reload hello; hello", "four")


def add(t, name, text):
    t.run("plugin", "add", "--yes", write(t.dir / f"{name}.lua", text))
    return t.dir / "data/tend/plugins" / name / f"{name}.lua"


@case("what was added and has changed is said when the prompt begins")
def _(t):
    t.run("config", "name=mira")
    t.run("add", "Ann Lee")
    path = add(t, "hello", HELLO % "one")
    save(path, HELLO % "two")
    s = t.start(rows=40, columns=110)
    s.until(lambda: "hello.lua has changed since you added it" in shown(s), "a word of it")
    assert shown(s).count("has changed") == 1, s
    write(t.dir / "plugins" / "bad.lua", "return {")
    s = t.start("--plugin-dir", str(t.dir / "plugins"), rows=40, columns=110)
    s.until(lambda: "plugin bad was not loaded" in shown(s), "that it is broken")


@case("and when it is completion that loads it, above the line that is typed")
def _(t):
    path = add(t, "hello", HELLO % "one")
    save(path, HELLO % "two")
    t.run("config", "name=mira")
    s = t.start("lua", rows=40, columns=110, ready=False)
    s.at(r"^lua>$")
    s.type("tend.c.\t")
    s.until(lambda: "hello.lua has changed since you added it" in shown(s), "a word of it")
    s.at(r"^lua> tend\.c\.$")


@case("a reload of what was added and has changed says so, and takes no code of a module")
def _(t):
    t.run("config", "name=mira")
    path = add(t, "hello", HELLO % "one")
    built = glob.glob(os.path.join(os.path.dirname(t.exe), "plugins/*/cadence.so"))
    (t.dir / "cadence.so").write_bytes(open(built[0], "rb").read())
    t.run("plugin", "add", "--yes", "cadence.so")
    module = t.dir / "data/tend/plugins/cadence/cadence.so"
    s = t.start(rows=40, columns=110)
    says(s, "hello", "one")
    save(path, HELLO % "two")
    s.type("\x0c")
    s.ready()
    says(s, "plugin reload hello; hello", "hello.lua has changed since you added it")
    says(s, "", "two")
    module.write_bytes(module.read_bytes() + b"\0")
    s.type("\x0c")
    s.ready()
    says(s, "plugin reload cadence", "cadence was not loaded anew: cadence.so has changed since you added it")
    assert "is loaded anew" not in shown(s), s


main()
