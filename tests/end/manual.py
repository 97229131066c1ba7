"""The manual that is made from the declarations: man pages, topics, the types for Lua."""
import shutil
import subprocess

from tend import Skip, case, main


@case("a page for tend and for each command, which groff takes without a warning")
def _(t):
    pages = t.dir / "pages"
    pages.mkdir()
    t.run("help", "--man", str(pages))
    names = {c["name"] for c in t.run("--json", "help").json()}
    written = {p.name for p in pages.iterdir()}
    assert {f"tend-{name.replace(' ', '-')}.1" for name in names if "_" not in name} <= written | {"tend.1"}, names
    assert "tend.1" in written and "tend-__complete.1" not in written
    log = (pages / "tend-log.1").read_text()
    for word in ("SYNOPSIS", "EXAMPLES", "disposition", "JSON"):
        assert word in log, word
    if not shutil.which("groff"):
        raise Skip("no groff here")
    for page in sorted(pages.iterdir()):
        done = subprocess.run(["groff", "-man", "-Tascii", "-ww", "-z", str(page)], capture_output=True, text=True)
        assert done.returncode == 0 and done.stderr == "", f"{page.name}: {done.stderr}"


@case("topics, options and groups stand in help, and help answers in JSON")
def _(t):
    r = t.run("help").says("daily", "topics", "references", "times", "filters", "keys", "--dry-run")
    assert r.out.index("daily") < r.out.index("the house")
    for topic in ("references", "times", "filters", "keys"):
        assert len(t.run("help", topic).out.splitlines()) > 5
    assert t.run("--help", "--json").json()[0]["name"] == "due"
    log = t.run("--json", "help", "log").json()
    assert {"name": "KIND", "type": "kind"}.items() <= log["args"][1].items()
    assert {"batch", "effects"} <= {m["name"] for m in log["json"]}


@case("the types for Lua load, and name what each command takes and prints")
def _(t):
    text = t.run("help", "--lua-types").out
    for c in t.run("--json", "help").json():
        assert f"---@class tend.args.{c['name']}\n" in text, c["name"]
        for member in c["json"]:
            assert f"---@field {member['name']}? " in text, member
    if not shutil.which("lua5.4"):
        raise Skip("no lua5.4 here")
    (t.dir / "tend.d.lua").write_text(text)
    done = subprocess.run(["lua5.4", str(t.dir / "tend.d.lua")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


main()
