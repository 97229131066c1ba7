"""The world outside: a service on the loopback is read page by page by a worker, which is held
to its rights, to its time and to its sizes."""
import http.server
import json
import os
import pathlib
import sqlite3
import signal
import subprocess
import threading
import time

from tend import case, main


class Turns(list):
    """One answer after the other; the last stays."""


class Service:
    """Answers by path; `seen` has every request that came."""

    def __init__(self, answers):
        self.seen, self.answers, outer = [], answers, self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                length = int(self.headers.get("Content-Length") or 0)
                outer.seen.append((self.path, dict(self.headers), self.rfile.read(length)))
                answer = outer.answers[self.path]
                if isinstance(answer, Turns):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if callable(answer):
                    answer = answer(self)
                    if answer is None:
                        return
                status, body, headers = (200, answer, {}) if not isinstance(answer, tuple) else answer
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


ANN = {"id": 1, "name": "Ann Lee", "email": "ann@example.com"}
BOB = {"id": 2, "name": "Bob Ray", "email": "bob@example.com"}
CAT = {"id": 3, "name": "Cat Fox", "email": "cat@example.com"}


def pages(service):
    service.answers.update({"/1": {"people": [ANN], "next": service.url + "/2"},
                            "/2": {"people": [BOB, 7], "next": service.url + "/3"},
                            "/3": [CAT]})


def feed(t, service, path="/1", *more, **how):
    return t.run("import", "--from", "feed", f"url={service.url}{path}", *more, **how)


def quick(t):
    t.env["TEND_WORKER_SECONDS"] = "2"


@case("three pages come in as one import, which undo takes back and redo brings again")
def _(t):
    with Service({}) as service:
        pages(service)
        done = t.json("import", "--from", "feed", f"url={service.url}/1", status=5)
        assert (done["read"], done["added"], done["rejected"]) == (4, 3, 1), done
        assert done["rejects"][0]["code"] == "feed.entry", done
        batches = [b for b in t.json("history") if b["command"].startswith("import")]
        assert len(batches) == 1 and batches[0]["batch"] == done["batch"], batches
        assert t.json("check")["ok"]
        t.run("undo", done["batch"])
        assert t.json("count")["count"] == 0 and t.json("check")["ok"]
        t.run("redo")
        assert t.json("count")["count"] == 3 and t.json("check")["ok"]


@case("an import goes on where the last one ended, and --again begins anew")
def _(t):
    with Service({}) as service:
        pages(service)
        feed(t, service, status=5)
        service.seen.clear()
        t.run("import", "--from", "feed", f"url={service.url}/1").says("0 added")
        assert [path for path, _, _ in service.seen] == ["/3"], service.seen
        service.seen.clear()
        feed(t, service, "/1", "--again", status=5).says("3 unchanged")
        assert [path for path, _, _ in service.seen] == ["/1", "/2", "/3"], service.seen


@case("a kill between two pages loses nothing and doubles nothing")
def _(t):
    with Service({}) as service:
        pages(service)
        held = threading.Event()

        def hold(_):
            held.set()
            time.sleep(30)

        service.answers["/3"] = hold
        t.run("add", "Me First")
        running = subprocess.Popen(t.argv(["import", "--from", "feed", f"url={service.url}/1"]), env=t.env,
                                   cwd=t.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert held.wait(20)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert t.json("count")["count"] == 3, "two pages are in"
        service.answers["/3"] = [CAT]
        t.run("import", "--from", "feed", f"url={service.url}/1").says("1 added")
        assert t.json("count")["count"] == 4 and t.json("check")["ok"]


PAGED = """local pages = {{}}
return {{ lead_source = "paged", version = "1.0.0", options = {{ url = {{ "url", help = "where" }} }},
  save = function() return {{ n = 7 }} end, restore = function(ctx, kept) assert(kept.n == 7) end,
  page = function(ctx, cursor)
    local res, why, code = ctx.http.get(ctx.options.url .. (cursor or "1"))
    if not res then return nil, why, code end
    for _, name in ipairs(res.json.names) do ctx.row {{ name = name, tag = "{tag}" }} end
    return {{ cursor = res.json.next, more = res.json.next ~= nil }}
  end }}
"""


@case("an import that stopped half-way goes on from its cursor after its plugin was loaded anew")
def _(t):
    names = [f"Person {chr(65 + i)}" for i in range(6)]     # without a key: a row that comes twice is seen
    with Service({"/1": {"names": names[:2], "next": "2"}, "/3": {"names": names[4:]},
                  "/2": Turns([(503, b"", {"Retry-After": "3600"}), (503, b"", {"Retry-After": "3600"}),
                               {"names": names[2:4], "next": "3"}])}) as service:
        t.plugin("paged", PAGED.format(tag="old"))
        for name, text in (("new", PAGED.format(tag="new")), ("bad", "return {\n  lead_source = }")):
            (t.dir / name).write_text(text)
        line = f"import --from paged url={service.url}/\r"
        t.run("add", "Me First")
        t.talk(says=[(r"tend> $", line), (r"2 added(.|\n)*3600 s(.|\n)*tend> $", line),
                     (r"3600 s(.|\n)*tend> $", "!cp bad plugins/paged.lua; echo done\r"),
                     (r"^done$", "plugin reload paged\r"),
                     (r"serves on: paged.lua:2:(.|\n)*tend> $", line),
                     (r"in its worker: (.|\n)*tend> $", "!cp new plugins/paged.lua; echo did\r"),
                     (r"^did$", "plugin reload paged\r"),
                     (r"paged is loaded anew, with what the old one kept(.|\n)*tend> $", line),
                     (r"4 added(.|\n)*tend> $", "quit\r")], columns=200)
        assert [path for path, _, _ in service.seen] == ["/1", "/2", "/2", "/2", "/3"], service.seen
        people = {p["name"]: p["tags"] for p in t.json("list") if p["name"] != "Me First"}
        assert t.json("count")["count"] == 7 and sorted(people) == names, people
        assert [people[n] for n in names] == [["old"]] * 2 + [["new"]] * 4, people
        assert t.json("check")["ok"]


@case("who is busy is asked again, after the time that they said")
def _(t):
    with Service({"/1": Turns([(429, b"", {"Retry-After": "1"}), (500, b"", {}), [ANN]])}) as service:
        start = time.monotonic()
        feed(t, service).says("1 added", "tried again")
        assert len(service.seen) == 3 and time.monotonic() - start > 1


@case("who stays busy ends the import with what it has, and says how to go on")
def _(t):
    with Service({}) as service:
        pages(service)
        service.answers["/2"] = (503, b"", {"Retry-After": "3600"})
        feed(t, service, status=5).says("1 added", "busy", "3600 s", "goes on")
        assert len([1 for path, _, _ in service.seen if path == "/2"]) == 1


@case("what never answers is stopped, with its worker")
def _(t):
    t.plugin("stuck", """return { lead_source = "stuck", options = { url = { "url", help = "where" } },
        page = function(ctx) local r, why, code = ctx.http.get(ctx.options.url, { timeout = "300ms" })
                             return nil, why, code end }""")
    t.plugin("loop", """return { lead_source = "loop", page = function() while true do end end }""")

    with Service({"/": lambda _: time.sleep(8)}) as service:
        quick(t)
        t.run("import", "--from", "stuck", f"url={service.url}/", status=1).says("no answer within 0.3 s")
        start = time.monotonic()
        t.run("import", "--from", "loop", status=1).says("was stopped")
        assert time.monotonic() - start < 40


@case("garbage, an answer without end, and a page that is none are errors, not crashes")
def _(t):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"x" * (1 << 20))
        except OSError:
            pass
        handler.close_connection = True

    with Service({"/garbage": b"{\"people\": [", "/huge": endless, "/text": b"7", "/404": (404, b"", {}),
                  "/401": (401, b"", {})}) as service:
        feed(t, service, "/garbage", status=1).says("no JSON")
        feed(t, service, "/huge", status=1).says("32 MiB")
        feed(t, service, "/text", status=1).says("no list of people")
        feed(t, service, "/404", status=1).says("nothing there")
        feed(t, service, "/401", status=1).says("does not let us in")
        assert t.json("count")["count"] == 0


@case("a redirect to another host needs a right of its own, and takes no token along")
def _(t):
    with Service({"/": [ANN]}) as other, Service({}) as service:
        service.answers["/1"] = (302, b"", {"Location": other.url + "/"})
        service.answers["/2"] = (302, b"", {"Location": "/3"})
        service.answers["/3"] = [BOB]
        service.answers["/4"] = (302, b"", {"Location": "file:///etc/passwd"})
        feed(t, service, "/1", status=1).says("has not the right", "net:")
        assert not other.seen
        t.run("plugin", "secret", "feed", "token", stdin="hush-hush\n")
        feed(t, service, "/2", "auth=yes").says("1 added")
        assert service.seen[-1][1]["Authorization"] == "Bearer hush-hush"
        feed(t, service, "/4", status=1).says("no URL of the web")
        t.plugin("two", f"""return {{ lead_source = "two", needs = {{ net = {{ "{service.url}", "{other.url}" }},
            secrets = {{ "token" }} }}, page = function(ctx)
              local res, why, code = ctx.http.get("{service.url}/1", {{ bearer = "token" }})
              if not res then return nil, why, code end
              for _, p in ipairs(res.json) do ctx.row(p) end end }}""")
        t.run("plugin", "secret", "two", "token", stdin="hush-hush\n")
        t.run("import", "--from", "two").says("1 added")
        assert "Authorization" not in other.seen[-1][1], other.seen


@case("a host that nobody granted is not asked")
def _(t):
    with Service({"/": [ANN]}) as service:
        t.plugin("sly", f"""return {{ lead_source = "sly", page = function(ctx)
            local res, why, code = ctx.http.get("{service.url}/")
            return nil, why, code end }}""")
        t.run("import", "--from", "sly", status=1).says("has not the right", service.url)
        assert not service.seen


@case("secrets are kept apart, shown by name alone, and are nowhere else")
def _(t):
    t.run("plugin", "secret", "feed", "token", stdin="s3cr3t-t0k3n\n")
    path = pathlib.Path(t.env["XDG_CONFIG_HOME"]) / "tend" / "secrets" / "feed" / "token"
    assert path.read_text() == "s3cr3t-t0k3n" and path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    t.run("plugin", "secret", "feed").says("token").silent_about("s3cr3t")
    with Service({"/1": [ANN]}) as service:
        feed(t, service, "/1", "auth=yes").says("1 added").silent_about("s3cr3t")
        assert service.seen[0][1]["Authorization"] == "Bearer s3cr3t-t0k3n"
    for file in pathlib.Path(t.dir).rglob("*"):
        if file.is_file() and file != path:
            assert b"s3cr3t-t0k3n" not in file.read_bytes(), file
    t.run("plugin", "secret", "feed", "token", "--remove")
    assert not path.exists()
    with Service({"/1": [ANN]}) as service:
        feed(t, service, "/1", "auth=yes", status=1).says("plugin secret feed token")
        assert not service.seen


@case("options are checked where they are typed, and completed")
def _(t):
    t.run("import", "--from", "feed", "ulr=https://example.com", status=2).says("did you mean url", "^")
    t.run("import", "--from", "feed", "url=ftp://example.com/x", status=2).says("no URL", "^")
    t.run("import", "--from", "feed", "url=https://me:pass@example.com/", status=2).says("no URL")
    t.run("import", status=2).says("FILE is missing")
    t.run("__complete", "--", "import", "--from", "feed", "").says("url=", "auth=")


@case("a Ctrl-C ends the worker, and what came before stays")
def _(t):
    with Service({}) as service:
        pages(service)
        held = threading.Event()

        def hold(_):
            held.set()
            time.sleep(10)

        service.answers["/2"] = hold
        running = subprocess.Popen(t.argv(["import", "--from", "feed", f"url={service.url}/1"]), env=t.env,
                                   cwd=t.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert held.wait(20)
        start = time.monotonic()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
        assert running.returncode == 130 and time.monotonic() - start < 5, (running.returncode, out, err)
        assert t.json("count")["count"] == 1


SMS = """return {{ channel = "sms", title = "texts", address = "phone", most = 40,
  needs = {{ net = {{ "{url}" }} }},
  send = function(ctx, message)
    local res, why, code = ctx.http.post("{url}/send", {{ json = {{ to = message.to, text = message.text }},
                                          headers = {{ ["Idempotency-Key"] = message.key }} }})
    if not res then return nil, why, code end
    return res.json.state, res.json.why
  end }}"""


def sms(t, service):
    t.plugin("sms", SMS.format(url=service.url))
    return t.json("add", "Ann Lee", "phone=+436641234567")["id"]


def send(t, person, text, *more, **how):
    return t.run("channel", "send", "sms", f"p{person}", *more, text, now="2026-11-26T11:00:00+01:00", **how)


@case("a message that is accepted is a touch, is not sent twice, and cannot be undone")
def _(t):
    with Service({"/send": {"state": "accepted"}}) as service:
        ann = sms(t, service)
        t.run("channel", "list").says("sms", "phone")
        send(t, ann, "See you at seven").says("sent by sms")
        assert json.loads(service.seen[0][2]) == {"to": "+436641234567", "text": "See you at seven"}
        send(t, ann, "See you at seven", status=3).says("was sent")
        assert len(service.seen) == 1
        t.run("undo", status=None).says("cannot be undone")
        send(t, ann, "See you at seven", "--key", "again").says("sent by sms")
        send(t, ann, "x" * 41, status=2).says("40 characters")
        assert t.json("check")["ok"]


@case("who asked to be left alone gets nothing, and nobody does at night")
def _(t):
    with Service({"/send": {"state": "accepted"}}) as service:
        ann = sms(t, service)
        t.run("dnc", f"p{ann}")
        send(t, ann, "Hello", status=4).says("do-not-contact")
        t.run("dnc", f"p{ann}", "--off")
        t.run("channel", "send", "sms", f"p{ann}", "Hello", now="2026-11-26T23:30:00+01:00", status=4)
        assert not service.seen


@case("what was not accepted is said as it is: failed, again, or nobody knows")
def _(t):
    with Service({"/send": Turns([(429, b"", {}), {"state": "failed", "why": "no such number"},
                                  lambda h: h.wfile.write(b"garbage\r\n") and None])}) as service:
        ann = sms(t, service)
        send(t, ann, "One", status=1).says("did not leave", "busy")
        send(t, ann, "Two", status=1).says("no such number")
        send(t, ann, "Three", status=1).says("may have left")
        send(t, ann, "Three", status=3).says("may have been sent")
        service.answers["/send"] = {"state": "accepted"}
        send(t, ann, "One").says("sent by sms")
        assert len(service.seen) == 4


main()
