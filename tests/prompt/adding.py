"""plugin add at a terminal: what is shown before a yes, a no, an update, a C module; and reloads
of what others use."""
import glob
import os
import re

from screen import case, eq, main


def ant(needs, version="1.0.0", more=""):
    return (f"return {{ policy = 'ant', version = '{version}', author = 'Mira Sol', summary = 'Tags people', {more}\n"
            f"  needs = '{needs}', on = 'person.changed', run = function() return {{ tag = 'vip' }} end }}\n")


def write(t, name, text):
    (t.dir / name).write_text(text, encoding="utf-8")
    return name


def shown(session):
    return re.sub(r"\s+", " ", session.text())


@case("what it is and what it may is shown in plain words; no adds nothing, yes adds it")
def _(t):
    path = write(t, "ant.lua", ant("reads:person effects:tag,task files:\"~/My Leads\" net:api.example.com secrets:token"))
    s = t.start("plugin", "add", path, rows=40, columns=110, ready=False)
    s.wait(r"Add ant, with these rights\? \[y/n\]")
    said = shown(s)
    for words in ("ant 1.0.0 Tags people", "Mira Sol", "what you know of people", "plan tasks, tag people",
                  "~/My Leads", "network api.example.com", "secrets token"):
        assert words in said, (words, said)
    s.type("n")
    s.wait("it was not added")
    t.run("plugin", "info", "ant", status=2)
    assert not (t.dir / "data/tend/plugins/ant").exists()
    s = t.start("plugin", "add", path, rows=40, columns=110, ready=False)
    s.wait(r"\[y/n\]")
    s.type("y")
    s.wait(r"^ant 1\.0\.0 is added: policy ant")
    s.ends(0)
    assert "Mira Sol" in t.run("plugin", "info", "ant")


@case("an update that wants more asks again, and shows only that")
def _(t):
    t.run("plugin", "add", "--yes", write(t, "ant.lua", ant("effects:tag")))
    write(t, "ant.lua", ant("effects:tag net:api.example.com", "1.1.0"))
    s = t.start("plugin", "add", "ant.lua", rows=40, columns=110, ready=False)
    s.wait(r"Take this ant\? \[y/n\]")
    said = shown(s)
    assert "ant 1.0.0 is there already; this is 1.1.0" in said and "network api.example.com" in said, said
    assert "tag people" not in said, said
    s.type("n")
    s.wait("it was not added")
    assert "1.0.0" in t.run("plugin", "info", "ant")
    s = t.start("plugin", "add", "ant.lua", rows=40, columns=110, ready=False)
    s.wait(r"\[y/n\]")
    s.type("y")
    s.wait(r"^ant 1\.1\.0 is taken up")
    s.ends(0)


@case("a C module is said to be trusted code, by name, each time, before it is opened")
def _(t):
    built = glob.glob(os.path.join(os.path.dirname(t.exe), "plugins/cadence/cadence.so"))
    (t.dir / "cadence.so").write_bytes(open(built[0], "rb").read())
    for _ in range(2):
        s = t.start("plugin", "add", "cadence.so", rows=40, columns=110, ready=False)
        s.wait(r"Open it, to see what it says of itself\? \[y/n\]")
        said = shown(s)
        assert "cadence.so is a C module: trusted code" in said and "it asks for" not in said, said
        s.type("y")
        s.wait(r"(Add cadence, with these rights|Take this cadence)\? \[y/n\]")
        s.type("y")
        s.wait(r"^cadence \S+ is (added|taken up)")
        s.ends(0)


@case("a file that has changed is said when it is loaded")
def _(t):
    t.run("plugin", "add", "--yes", write(t, "ant.lua", ant("effects:tag")))
    (t.dir / "data/tend/plugins/ant/ant.lua").write_text(ant("effects:tag,task"))
    s = t.start("plugin", "list", rows=40, columns=110, ready=False)
    s.ends(0)
    said = shown(s)
    assert "ant.lua has changed since you added it" in said and "plugin add ant" in said, said


ECHO = ("return { service = '%s', level = %d, version = '1.0.0', functions = {"
        " same = { 's(s)', function(ctx, text) return text end, 'the text' } } }")


@case("at the prompt: a new version without what others use is refused, and the old one serves on")
def _(t):
    t.run("config", "name=mira")
    t.run("plugin", "add", "--yes", "--link", write(t, "echo.lua", ECHO % ("echo", 3)))
    t.run("plugin", "add", "--yes", write(
        t, "user.lua", "return { command = 'user', summary = 's', version = '1.0.0', requires = 'echo>=3',"
        " run = function(ctx) return { print = tend.service.echo.same('hello') } end }"))
    s = t.start(rows=60, columns=110)
    other = "return { plugin = 'echo', version = '1.0.0', provides = { " + (ECHO % ("other", 3))[7:].replace(
        " version = '1.0.0',", "") + " } }"
    s.type("user\r")
    s.wait(r"^hello$")
    for text, words in ((other, 'it has no service "echo" any more, which plugin user uses'),
                        (ECHO % ("echo", 2), 'its service "echo" has only level 2 now, and plugin user needs level 3'),
                        ((ECHO % ("echo", 3)).replace("version", "requires = 'moon', version"),
                         'it needs the service "moon", which no plugin provides'),
                        ((ECHO % ("echo", 4)).replace("return text", "return text .. '!'"), "echo is loaded anew")):
        write(t, "echo.lua", text)
        s.type("\x0c")
        s.ready()
        s.type("plugin reload echo\r")
        s.until(lambda words=words: words in shown(s), words)
        s.type("user\r")
        s.wait(r"^hello!$" if "anew" in words else r"^hello$")
    s.type("plugin remove echo\r")
    s.wait("plugin echo is used by user")


main()
