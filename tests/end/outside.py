"""An author who has only the installed program: for every kind and language a plugin is made, built, checked,
tested and added, and then does its job; so do two that were written from the guides alone (authors/). Nothing of
the source tree is used after the install."""
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import traceback
import urllib.parse

AUTHORS = pathlib.Path(__file__).resolve().parent / "authors"
BUILD = pathlib.Path(sys.argv[1]).resolve().parent
KINDS = ["policy", "command", "stage_set", "lead_source", "page", "normaliser", "matcher", "service", "report", "playbook", "channel"]
LANGS = ["lua", "c"]
ALL = [(kind, lang) for kind in KINDS for lang in LANGS] + [("store_driver", "c")]
NOW = "2026-11-26T19:00:00+01:00"


class Author:
    def __init__(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tend outside "))
        self.prefix = self.dir / "usr"
        self.env = dict(os.environ, HOME=str(self.dir), XDG_CONFIG_HOME=str(self.dir / "config"),
                        XDG_DATA_HOME=str(self.dir / "data"), XDG_STATE_HOME=str(self.dir / "state"),
                        TEND_DB=str(self.dir / "people.db"), TZ="Europe/Vienna", LC_ALL="C.UTF-8")

    def run(self, *argv, status=0, stdin=""):
        done = subprocess.run([str(a) for a in argv], env=self.env, cwd=self.dir, check=False, timeout=120,
                              input=stdin, capture_output=True, text=True)
        assert status is None or done.returncode == status, \
            f"$ {' '.join(map(str, argv))}\n[{done.returncode}, {status} expected]\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def tend(self, *argv, status=0, stdin=""):
        return self.run(self.prefix / "bin" / "tend", "--now", NOW, *argv, status=status, stdin=stdin)

    def json(self, *argv, status=0):
        done = subprocess.run([str(self.prefix / "bin" / "tend"), "--now", NOW, "--json", *map(str, argv)],
                              env=self.env, cwd=self.dir, check=False, timeout=120, capture_output=True, text=True)
        assert done.returncode == status, f"$ {argv}\n[{done.returncode}]\n{done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def install(self):
        self.run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", self.dir / "dest")
        found = list((self.dir / "dest").rglob("bin/tend"))
        assert len(found) == 1, found
        shutil.move(found[0].parents[1], self.prefix)
        # what the install wrote down is where it was meant for: here it is elsewhere
        pc = next(self.prefix.rglob("tend.pc"))
        self.env["PKG_CONFIG_PATH"] = str(pc.parent)
        lines = [f'prefix="{self.prefix}"' if line.startswith("prefix=") else line
                 for line in pc.read_text().splitlines()]
        lines = [line.replace("-I${includedir}", '-I"${includedir}"') for line in lines]
        pc.write_text("\n".join(lines) + "\n")
        self.env["PATH"] = f"{self.prefix / 'bin'}:{os.environ['PATH']}"

    def fresh(self):
        """A new database, and no plugin but those that come with tend."""
        for file in self.dir.glob("people.db*"):
            file.unlink()
        for folder in ("config", "data", "state"):
            shutil.rmtree(self.dir / folder, ignore_errors=True)

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)


def policy(a, name):
    a.json("add", "Ann Lee")
    a.json("log", "ann", "open_house", "at Dana's")
    assert "Send a card" in [t["title"] for t in a.json("due", "--all")], "no card is planned"


def command(a, name):
    a.json("add", "Ann Lee")
    assert "Ann Lee" in a.tend(name, "30")


def stage_set(a, name):
    a.json("add", "Ann Lee")
    a.json("log", "ann", "evening", "a novel")
    assert a.json("show", "ann")["stages"]["books"] == "guest"
    assert "two evenings" in a.tend("move", "ann", "books:host", status=4)


def lead_source(a, name):
    sample = next((a.dir / name / "tests").glob("leads.*"))
    got = a.json("import", sample, status=5)
    assert (got["from"], got["added"], got["rejected"]) == (name, 2, 1), got


class Feed(http.server.BaseHTTPRequestHandler):
    """Three people, two a page: as JSON, and below /c as lines."""
    asked = []

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        after = int(urllib.parse.parse_qs(url.query)["after"][0])
        people = [{"id": n, "name": name, "email": f"p{n}@example.com"}
                  for n, name in ((1, "Ann Lee"), (2, "Bob Ray"), (3, "Cat Fox")) if n > after]
        page, more = people[:2], len(people) > 2
        lines = ["{id};{name};{email}".format(**person) for person in page] + ["more"] * more
        text = "\n".join(lines) if url.path == "/c" else json.dumps({"people": page, "more": more})
        self.asked.append(after)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if url.path == "/c" else "application/json")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def page(a, name):
    """Two pages, and the next import goes on where this one ended."""
    Feed.asked.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"url=http://127.0.0.1:{server.server_port}/{name[-1]}"
    try:
        assert a.json("import", "--from", name, url)["added"] == 3
        assert a.json("import", "--from", name, url)["added"] == 0
    finally:
        server.shutdown()
        server.server_close()
    assert Feed.asked == [0, 2, 3], Feed.asked


class Texts(http.server.BaseHTTPRequestHandler):
    """Takes texts as the example of a channel sends them, in Lua and in C."""
    seen = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        in_json = "json" in self.headers["Content-Type"]
        self.seen.append((self.headers["Authorization"], json.loads(body)["text"] if in_json else body))
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if in_json else "text/plain")
        self.end_headers()
        self.wfile.write(b'{"state": "sent"}' if in_json else b"sent")

    def log_message(self, *_):
        pass


def channel(a, name):
    """A text leaves through a service, with its secret, and is a touch then."""
    Texts.seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8025), Texts)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        a.json("add", "Ann Lee", "phone=+436641234567")
        a.tend("plugin", "secret", name, "token", stdin="let-me-in\n")
        sent = a.json("channel", "send", name, "ann", "See you at seven")
        a.tend("channel", "send", name, "ann", "See you at seven", status=3)
    finally:
        server.shutdown()
        server.server_close()
    assert (sent["state"], Texts.seen) == ("accepted", [("Bearer let-me-in", "See you at seven")]), (sent, Texts.seen)
    assert len(a.json("show", "ann")["touches"]) == 1


def normaliser(a, name):
    a.json("add", "Ann Lee", "email=ann.lee@gmail.com")
    a.tend("add", "Ann L.", "email=annlee+news@googlemail.com", status=3)


def matcher(a, name):
    a.json("add", "Ann Lee", "address=1 Elm St, Springfield", "email=ann@example.com")
    a.json("add", "Anne Lee", "address=1 elm st., Springfield", "email=anne@example.com")
    assert "the same street" in json.dumps(a.json("scrub")), a.json("scrub")


def playbook(a, name):
    a.json("add", "Ann Lee")
    a.json("playbook", "start", name, "ann")
    assert "Welcome call" in [t["title"] for t in a.json("due", "--all")], a.json("due", "--all")


def service(a, name):
    """Another plugin names it, and calls it."""
    user = a.dir / "user.lua"
    user.write_text(f'''return {{ command = "user", version = "1.0.0", license = "0BSD", summary = "uses {name}",
      needs = "effects:print", requires = "{name}", examples = {{ {{ "user", "counts" }} }}, run = function()
        return {{ print = "weeks: " .. tend.service.{name.replace("-", "_")}.weeks("2026-01-01", "2026-02-12") }}
      end }}''')
    a.tend("--yes", "plugin", "add", user)
    assert "weeks: 6" in a.tend("user")
    assert "user" in a.tend("plugin", "remove", name, status=None), "a provider in use went silently"


def report(a, name):
    a.json("add", "Ann Lee")
    assert sum(row["people"] for row in a.json("report", name)) >= 1


def store_driver(a, name):
    a.env["DATABASES"] = str(a.dir / "databases")
    a.json("--db", f"{name}://family", "add", "Ann Lee")
    assert (a.dir / "databases" / "family.db").exists()
    assert "Ann Lee" in a.tend("--db", f"{name}://family", "list")


def build(a, name, lang):
    if lang == "c":
        a.run("meson", "setup", a.dir / name / "build", a.dir / name)
        a.run("meson", "compile", "-C", a.dir / name / "build")


def one(a, kind, lang):
    """From nothing to a plugin that does its job."""
    name = f"my-{kind.replace('_', '-')}-{lang}"
    a.fresh()
    a.tend("plugin", "new", name, "--kind", kind, "--lang", lang)
    build(a, name, lang)
    a.tend("plugin", "check", name)
    a.tend("plugin", "test", name)
    a.tend("--yes", "plugin", "add", name)
    globals()[kind](a, name)


def guides(a):
    """They are installed, and what they point at is there."""
    doc = a.prefix / "share" / "doc" / "tend"
    pages = [doc / "include" / "README.md", doc / "plugins" / "README.md", doc / "examples" / "README.md"]
    for page in pages:
        linked = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        assert linked, page
        missing = [link for link in linked if not (page.parent / link).exists()]
        assert not missing, f"{page}: nothing is at {missing}"


def from_guide(a, name, main_file, lines):
    """What somebody wrote from a guide: as short as that, and all of it works from its folder."""
    a.fresh()
    shutil.copytree(AUTHORS / name, a.dir / name)
    written = (a.dir / name / main_file).read_text(encoding="utf-8").splitlines()
    assert len(written) <= lines, f"{main_file} has {len(written)} lines, {lines} were enough"
    build(a, name, "c" if main_file.endswith(".c") else "lua")
    a.tend("plugin", "check", name)
    said = a.tend("plugin", "test", name)
    assert "transcript tests/" in said and "put a file of its kind" not in said, said
    a.tend("--yes", "plugin", "add", name)


def stall(a):
    """A file of an odd format; what cannot be read is named with its line and column."""
    from_guide(a, "stall", "stall.c", 90)
    rejects = a.dir / "refused.stall"
    got = a.json("import", "--rejects", rejects, a.dir / "stall" / "tests" / "autumn.stall", status=5)
    assert (got["from"], got["added"], got["rejected"]) == ("stall", 3, 2), got
    assert [(r["line"], r["column"]) for r in got["rejects"]] == [(6, 44), (7, 8)], got
    assert rejects.read_text(encoding="utf-8").splitlines()[-1] == "207|Tim"
    ida = a.json("list", "ida")[0]
    assert ida["attributes"] == {"consent.phone": ["yes"], "stall.market": ["Autumn"]}, ida


class Boxes(http.server.BaseHTTPRequestHandler):
    """The two pages of cratepost, for who has the token."""
    asked = []

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
        known = self.headers["Authorization"] == "Bearer let-me-in"
        page = "page2.json" if "after" in query else "page1.json"
        body = (AUTHORS / "cratepost" / "tests" / page).read_bytes() if known else b""
        self.asked.append(self.path)
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def cratepost(a):
    """A service, page by page; with the address of the test instead of its own."""
    from_guide(a, "cratepost", "cratepost.lua", 45)
    Boxes.asked.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Boxes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    code = a.dir / "cratepost" / "cratepost.lua"
    code.write_text(code.read_text().replace("https://api.cratepost.example", here)
                    .replace('"api.cratepost.example"', f'"{here}"'))
    rejects = a.dir / "refused.json"
    try:
        a.tend("--yes", "plugin", "add", "cratepost")
        assert "tend plugin secret cratepost token" in a.tend("import", "--from", "cratepost", status=None)
        a.tend("plugin", "secret", "cratepost", "token", stdin="wrong\n")
        assert "401" in a.tend("import", "--from", "cratepost", status=None)
        a.tend("plugin", "secret", "cratepost", "token", stdin="let-me-in\n")
        Boxes.asked.clear()
        got = a.json("import", "--from", "cratepost", "--rejects", rejects, status=5)
        assert (got["read"], got["added"], got["rejected"]) == (3, 2, 1), got
        assert a.json("import", "--from", "cratepost")["unchanged"] == 1
    finally:
        server.shutdown()
        server.server_close()
    assert Boxes.asked == ["/v1/asked", "/v1/asked?after=c2", "/v1/asked?after=c2"], Boxes.asked
    assert rejects.read_text() == (
        '{"row":2,"code":"cratepost.trial","text":"a trial order of CratePost\'s own",'
        '"raw":{"id":32,"name":"Trial Box","trial":true}}\n'), rejects.read_text()
    assert "came from cratepost, row 1" in a.tend("why", "p2")
    assert "every 15m" in a.tend("plugin", "info", "cratepost")


CASES = [("its guides are installed, and all that they link to", guides),
         ("a reader in C that was written from the guide", stall),
         ("a service in Lua that was written from the guide", cratepost)]
CASES += [(f"{kind} in {lang}", lambda a, kind=kind, lang=lang: one(a, kind, lang)) for kind, lang in ALL]


def main():
    author, bad, number = Author(), 0, 0
    print(f"1..{1 + len(CASES)}", flush=True)
    try:
        author.install()
        print("ok 1 - it is installed below a prefix", flush=True)
        for title, case in CASES:
            number += 1
            try:
                case(author)
                print(f"ok {number + 1} - {title}", flush=True)
            except Exception:   # a case that breaks is a case that failed
                bad += 1
                print(f"not ok {number + 1} - {title}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
    finally:
        author.close()
    sys.exit(1 if bad else 0)


main()
