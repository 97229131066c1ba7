"""Each suite of `plugin test` can fail: for each a plugin that is bad in one way, and the check that says so."""
import os
import pathlib

from tend import Skip, case, eq, main

HEAD = 'version = "1.0.0", license = "0BSD", summary = "bad on purpose", '

TWO_PAGES = {"t.txt": "--http https://api.example.com/1 1.json\n--http https://api.example.com/2 2.json\n"
                      "tend> import --from bad\n...\n", "1.json": '["Ann Lee", "Bob Ray"]', "2.json": '["Cat Fox"]'}
SENDS = ('return { channel = "bad", ' + HEAD + 'address = "phone", needs = { net = { "api.example.com" } },'
         ' send = function(ctx, m) local res, why, code = ctx.http.post("https://api.example.com/send", { json = m }) %s end }')

# what is bad: the plugin, the check that must fail, and files of its tests
BAD = {
    "a policy that needs what it is not told": (
        'return { policy = "bad", ' + HEAD + 'on = { "touch.logged" },'
        ' run = function(_, e) return { note = "x" .. e.disposition } end }',
        "only the name is known", {}),
    "a policy that breaks on what is there": (
        'return { policy = "bad", ' + HEAD + 'on = { "touch.logged" },'
        ' run = function(_, e) if e.text then error "no" end end }',
        "all that can be known", {}),
    "a policy that answers otherwise each time": (
        'local n = 0 return { policy = "bad", ' + HEAD + 'on = { "task.opened" },'
        ' run = function() n = n + 1 return { task = "n " .. n, key = "k" .. n, window = "0d..1d" } end }',
        "answered the same way", {}),
    "a policy whose key is another each time": (
        'local n = 0 return { policy = "bad", ' + HEAD + 'on = { "touch.logged" },'
        ' run = function() n = n + 1 return { task = "again", key = "k" .. n, window = "0d..1d" } end }',
        "makes nothing twice", {}),
    "a policy whose effect is never taken": (
        'return { policy = "bad", ' + HEAD + 'on = { "touch.logged" },'
        ' run = function() return { move = "nowhere" } end }',
        "its effects are taken", {}),
    "a source that makes people of nothing": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for _ in i:lines() do end ctx.row { name = "Nobody" } end }',
        "an empty file has no rows", {}),
    "a source that reads nothing of its sample": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for _ in i:lines() do end end }',
        "its sample has rows", {"leads.bad": "Ann\nBob\n"}),
    "a source that remembers the last file": (
        'local seen = {} return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do if not seen[l] then seen[l] = true'
        ' ctx.row { name = l } end end end }',
        "two files at once", {"leads.bad": "Ann\nBob\n"}),
    "a source whose rows cannot be found again": (
        'local n = 0 return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do n = n + 1 ctx.row { name = l .. n, id = l .. n } end end }',
        "it adds nobody", {"leads.bad": "Ann\nBob\n"}),
    "a source with a field of its own invention": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do ctx.row { name = l, shoe = "44" } end end }',
        "its sample has rows", {"leads.bad": "Ann\nBob\n"}),
    "a source that fails on ragged rows without end": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do while #l == 1 do end ctx.row { name = l, id = l } end end }',
        "ragged rows", {"leads.bad": "Ann\nBo\nCid\nDi\n"}),
    "a source that waits for the second line": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) local a, b = i:line(), i:line() while a and not b do end'
        ' ctx.row { name = a, id = a } ctx.row { name = b, id = b } end }',
        "one line", {"leads.bad": "Ann\nBob\n"}),
    "a source that waits for the second row": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) local n = 0 for l in i:lines() do n = n + 1'
        ' if n > 1 then ctx.row { name = l, id = l } end end while n == 2 do end end }',
        "one row", {"leads.bad": "name\nAnn\nBob\n"}),
    "a source that never comes over a NUL": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do while l:find("%z") do end ctx.row { name = l, id = l } end end }',
        "bad bytes", {"leads.bad": "Ann Lee\nBob Ray\nCid Fox\n"}),
    "a source that has enough of a long file": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) local n = 0 for l in i:lines() do n = n + 1'
        ' if n < 500 then ctx.row { name = l, id = l } end end end }',
        "no row of many is lost", {"leads.bad": "Ann\nBob\n"}),
    "a source that is never done with a long file": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) local n = 0 for l in i:lines() do n = n + 1'
        ' while n == 500 do end ctx.row { name = l, id = l } end end }',
        "1,000 rows", {"leads.bad": "Ann\nBob\n"}),
    "a source that never gives back a file that was torn": (
        'return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) for l in i:lines() do while l == "Cid M" do end ctx.row { name = l, id = l } end end }',
        "ends in the middle", {"leads.bad": "Ann Lee\nBob Ray\nCid Miller Fox\n"}),
    "a normaliser that dies of an empty value": (
        'return { normaliser = "bad", ' + HEAD + 'field = "email", key = function(_, v) return v:lower() end }',
        "an empty value has no key", {}),
    "a normaliser whose key has another key": (
        'return { normaliser = "bad", ' + HEAD + 'field = "email", key = function(_, v) return v and "x" .. v end }',
        "a key is its own key", {}),
    "a normaliser that counts": (
        'local n = 0 return { normaliser = "bad", ' + HEAD + 'field = "email",'
        ' key = function(_, v) n = n + 1 return v and v .. n end }',
        "the same values have the same keys", {}),
    "a normaliser whose keys are those of the neighbours": (
        'return { normaliser = "bad", ' + HEAD + 'field = "email", keys = function(_, v)'
        ' local k = {} for i = 1, #v do k[i] = v[1] end return k end }',
        "alone and in a column", {}),
    "a normaliser that dies of a long value": (
        'return { normaliser = "bad", ' + HEAD + 'field = "email",'
        ' key = function(_, v) if v then assert(#v < 1000) return v end end }',
        "a value of 64 KiB", {}),
    "a stage set whose stages mean nothing": (
        'return { stage_set = "bad", ' + HEAD + 'primary = "bad", stages = { { "one" } } }',
        "open, won or lost", {}),
    "a stage set whose first stage is none": (
        'return { stage_set = "bad", ' + HEAD + 'primary = "bad", initial = "none", stages = { { "one", means = "open" } } }',
        "it loads|first stage", {}),
    "a guard that fails": (
        'return { stage_set = "bad", ' + HEAD + 'guards = { { "g", function(_, m) error "no" end } } }',
        "answer about every move", {}),
    "a guard that says now this, now that": (
        'local n = 0 return { stage_set = "bad", ' + HEAD + 'guards = { { "g", function()'
        ' n = n + 1 return "veto " .. n end } } }',
        "says the same", {}),
    "a rule that moves to nowhere": (
        'return { stage_set = "bad", ' + HEAD + 'on = { "touch.logged" },'
        ' rule = function() return { move = "nowhere" } end }',
        "stages that there are", {}),
    "a command whose example is wrong": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad --worse", "does it" } }, run = function() end }',
        "bad --worse", {}),
    "a command that fails": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } }, run = function() error "no" end }',
        "bad", {}),
    "a command without an example": (
        'return { command = "bad", ' + HEAD + 'run = function() end }', "has an example", {}),
    "a matcher that is not the same from either side": (
        'return { matcher = "bad", ' + HEAD + 'score = function(_, a, b) return a.id < b.id and 0.9 or 0.1 end }',
        "the same from either side", {}),
    "a matcher that dies of who has no address": (
        'return { matcher = "bad", ' + HEAD + 'score = function(_, a, b) return #a.address == 3 and 1 or 0 end }',
        "256 pairs at once", {}),
    "a matcher that is surer than sure": (
        'return { matcher = "bad", ' + HEAD + 'score = function() return 1.5 end }',
        "256 pairs at once|from 0 to 1", {}),
    "a playbook with one name for two steps": (
        'return { playbook = "bad", ' + HEAD + 'title = "bad", steps = { { "one", title = "One", window = "0d..1d" },'
        ' { "one", title = "Two", window = "2d..3d" } } }',
        "it loads", {}),
    "a playbook that may not plan": (
        'return { playbook = "bad", ' + HEAD + 'title = "bad", needs = "reads:person",'
        ' steps = { { "one", title = "One", window = "0d..1d" } } }',
        "started with", {}),
    "a report that needs somebody": (
        'return { report = "bad", ' + HEAD + 'title = "bad", fields = { "n:number" }, run = function(ctx)'
        ' local all = 0 for p in ctx:people "" do all = all + 1 end assert(all > 0) return { { n = all } } end }',
        "of nobody", {}),
    "a report that breaks on people": (
        'return { report = "bad", ' + HEAD + 'title = "bad", fields = { "n:number" },'
        ' run = function(ctx) for p in ctx:people "" do error "no" end end }',
        "of some people", {}),
    "a service that falls over a nil": (
        'return { service = "bad", ' + HEAD + 'functions = { len = { "l(s)", function(_, s) return #s end, "how long" } } }',
        "odd values", {}),
    "a service that returns another type": (
        'return { service = "bad", ' + HEAD + 'functions = { len = { "l(s)", function(_, s) return "x" end, "how long" } } }',
        "odd values", {}),
    "a service that counts its calls": (
        'local n = 0 return { service = "bad", ' + HEAD + 'functions = { n = { "l()", function() n = n + 1 return n end, "n" } } }',
        "asked again", {}),
    "a source that counts its lines outside of read": (
        'local n return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) n = 0 for l in i:lines() do n = n + 1 ctx.row { name = l, id = n .. l } end end }',
        "while another is half read", {"leads.bad": "Ann\nBob\nCat\nDora\n"}),
    "a source that stays busy when it was interrupted": (
        'local busy return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) if busy then error "busy" end busy = true'
        ' for l in i:lines() do ctx.row { name = l, id = l } end busy = false end }',
        "nothing of it is half-done", {"leads.bad": "Ann\nBob\nCat\n" * 2000}),
    "a page source that keeps its place to itself": (
        'local at = 0 return { lead_source = "bad", ' + HEAD + 'needs = { net = { "api.example.com" } },'
        ' page = function(ctx) at = at + 1 local res, why, code = ctx.http.get("https://api.example.com/" .. at)'
        ' if not res then return nil, why, code end for _, n in ipairs(res.json) do ctx.row { name = n } end'
        ' return { cursor = "" .. at, more = at < 2 } end }',
        "interrupted at each page", TWO_PAGES),
    "a page source that skips what it could not get": (
        'return { lead_source = "bad", ' + HEAD + 'needs = { net = { "api.example.com" } },'
        ' page = function(ctx, cursor) local at = tonumber(cursor or 1)'
        ' local res = ctx.http.get("https://api.example.com/" .. math.tointeger(at))'
        ' for _, n in ipairs(res and res.json or {}) do ctx.row { name = n } end'
        ' return { cursor = "" .. math.tointeger(at + 1), more = at < 2 } end }',
        "interrupted at each page", TWO_PAGES),
    "a page source that brings nobody": (
        'return { lead_source = "bad", ' + HEAD + 'needs = { net = { "api.example.com" } },'
        ' page = function(ctx) ctx.http.get("https://api.example.com/1") end }',
        "its service brings people", TWO_PAGES),
    "a page source that makes somebody of nothing": (
        'return { lead_source = "bad", ' + HEAD + 'needs = { net = { "api.example.com" } }, page = function(ctx)'
        ' local res = ctx.http.get("https://api.example.com/1") ctx.row { name = res and res.json or "Nobody" } end }',
        "no answer brings nobody", {}),
    "a channel that says yes to everything": (
        'return { channel = "bad", ' + HEAD + 'address = "phone", send = function() return "accepted" end }',
        "too busy took nothing", {}),
    "a channel that takes a broken service for a yes": (
        SENDS % 'if not res and code == "busy" then return nil, why, code end return "accepted"',
        "broke the service", {}),
    "a channel that would send again after a silence": (
        SENDS % 'if not res then return "retry", why end return "accepted"', "after a silence", {}),
    "a channel that gives up for good on who is busy": (
        SENDS % 'if not res then return "failed", why end return "accepted"', "too busy took nothing", {}),
    "a channel that does not say why": (
        SENDS % 'if not res then return "unknown" end return "accepted"', "says why", {}),
    "a channel that sends nothing": (
        SENDS % 'if not res then return nil, why, code end return "failed", "no"', "is accepted",
        {"t.txt": '--http https://api.example.com/send ok.json\ntend> add Ann phone=+436641234567\n...\n'
                  'tend> channel send bad ann Hello\n...\n[exit 1]\n', "ok.json": "{}"}),
    "a policy that is never the same after memory ran out": (
        'local busy return { policy = "bad", ' + HEAD + 'on = { "touch.logged" }, run = function(_, e)'
        ' if busy then error "still busy" end busy = true local s = (e.text or "") .. ("!"):rep(50) busy = nil return { note = s } end }',
        "memory runs out at every step", {}),
    "a policy that is never the same after it was stopped": (
        'local n = 0 return { policy = "bad", ' + HEAD + 'on = { "touch.logged" }, run = function(_, e)'
        ' n = n + 1 for i = 1, 3 do end n = n - 1 return { note = "n" .. n, key = "k" .. n } end }',
        "time runs out at every step", {}),
    "a source that keeps what it had read when memory ran out": (
        'local seen = {} return { lead_source = "bad", ' + HEAD + 'sniff = function() return 100 end,'
        ' read = function(ctx, i) local n = #seen for l in i:lines() do seen[#seen + 1] = l ctx.row { name = l, id = n .. l } end'
        ' seen = {} end }',
        "memory runs out at every step", {"leads.bad": "Ann\nBob\n"}),
    "a plugin that finds itself wanting": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } }, run = function() end,'
        ' selftest = function() assert(1 + 1 == 3, "one and one is two") end }', "its own selftest", {}),
    "a plugin that says that it is wanting": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } }, run = function() end,'
        ' selftest = function(ctx) return false, "not today" end }', "its own selftest", {}),
    "a plugin whose state cannot be kept": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } }, run = function() end,'
        ' save = function() return { print } end, restore = function() end }', "loaded anew while it serves", {}),
    "a plugin that takes back other state than it kept": (
        'local n = 0 return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } }, run = function() n = n + 1 end,'
        ' save = function() return { n = n } end, restore = function(ctx, kept) n = kept.n + 1 end }',
        "what it kept is as it was", {}),
    "a transcript that says otherwise": (
        'return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } },'
        ' run = function() return { print = "this" } end }',
        "tests/t.txt:1", {"t.txt": "tend> bad\nthat\n"}),
}


def tested(t, name, code, files, status=1):
    folder = t.dir / name
    (folder / "tests").mkdir(parents=True)
    (folder / "bad.lua").write_text(code, encoding="utf-8")
    for file, text in files.items():
        (folder / "tests" / file).write_text(text, encoding="utf-8")
    return t.json("plugin", "test", folder, status=status)


def add(what, code, check, files):
    @case(what)
    def _(t):
        results = tested(t, "bad", code, files)
        failed = [r for r in results if not r["ok"]]
        assert any(part in r["check"] for r in failed for part in check.split("|")), \
            f"{check!r} must fail; failed: {failed}"
        assert all(r["why"] for r in failed), "each says why"


for _name, (_code, _check, _files) in BAD.items():
    add(_name, _code, _check, _files)


@case("a source in C that keeps a line, and one that goes on after it was stopped")
def _(t):
    if "TEND_BAD_SOURCE" not in os.environ:
        raise Skip("no module to try")
    (t.dir / "tests").mkdir()
    (t.dir / "tests" / "leads.bad").write_text("Ann Lee\nBob Ray\nCid Fox\nDi Blum\n")
    results = t.json("plugin", "test", os.environ["TEND_BAD_SOURCE"], "--tests", t.dir / "tests", status=1)
    failed = " ".join(r["check"] for r in results if not r["ok"])
    assert "after the next was read" in failed and "it stops" in failed, failed


@case("a plugin that cannot be loaded fails one check, and says why")
def _(t):
    results = tested(t, "bad", "return nonsense nonsense", {})
    eq([(r["check"], r["ok"]) for r in results], [("it loads", False)])


@case("what is no plugin is said before any check")
def _(t):
    t.run("plugin", "test", t.dir / "none", status=1).says("cannot be read")
    (t.dir / "empty").mkdir()
    t.run("plugin", "test", t.dir / "empty", status=1).says("no plugin in")


@case("... stands for anything in a line, and for any lines")
def _(t):
    code = ('return { command = "bad", ' + HEAD + 'examples = { { "bad", "does it" } },'
            ' run = function() return { { print = "one two three" }, { print = "four" }, { print = "five" } } end }')
    good = {"a.txt": "# says\ntend> bad\none ... three\n...\n", "b.txt": "--now 2026-01-01T00:00:00Z\ntend> bad\n...\nfive\n",
            "c.txt": "tend> worse\n...\n[exit 2]\n"}
    tested(t, "good", code, good, status=0)
    for number, wrong in enumerate(("tend> bad\none ... two\n...\n", "tend> bad\n...\nfour\n", "tend> worse\n...\n",
                                    "bad\n", "--now yesterday\n")):
        tested(t, f"wrong{number}", code, {"t.txt": wrong})


LEADBARN = """local URL = "https://api.leadbarn.example/v2/leads"

return {
  lead_source = "leadbarn", version = "1.0.0", api = 2, license = "0BSD",
  summary = "Leads from LeadBarn's web service",
  needs   = { net = { "api.leadbarn.example" }, secrets = { "token" } },
  options = { campaign = { "text", help = "only this campaign" } },
  page = function(ctx, cursor)
    local res, text, code = ctx.http.get(URL, { query = { after = cursor, campaign = ctx.options.campaign }, bearer = "token" })
    if not res then return nil, text, code end
    for _, lead in ipairs(res.json.leads) do
      if lead.test then
        ctx.reject(lead, "leadbarn.test", "a test lead of LeadBarn's own")
      else
        ctx.row {
          id = lead.id, name = lead.full_name, email = lead.email, raw = lead,
          phone = { { value = lead.mobile, label = "mobile" }, lead.landline }, region = lead.country,
          at = lead.created, source = "leadbarn/" .. (lead.campaign or "unknown"), note = lead.message,
          consent = lead.opt_in and { channel = "phone", wording = lead.opt_in_text, at = lead.created, proof = lead.opt_in_ip },
          ["leadbarn.budget"] = lead.budget,
        }
      end
    end
    return { cursor = res.json.next, more = res.json.next ~= nil }
  end,
}
"""
PAGES = {"page1.json": '{"leads": [{"id": "a", "full_name": "Ann Lee", "email": "ann@example.com",'
                       ' "mobile": "+1 212 555 0101", "opt_in": true, "opt_in_text": "Call me", "budget": 50},'
                       ' {"id": "t", "test": true}], "next": "c2"}',
         "page2.json": '{"leads": [{"id": "b", "full_name": "Bob Ray", "email": "bob@example.com"}], "next": null}'}
WEB = ("--http https://api.leadbarn.example/v2/leads page1.json\n"
       "--http https://api.leadbarn.example/v2/leads?after=c2 page2.json\n")


@case("a service is its files in a transcript, and nothing else of the world is there")
def _(t):
    tested(t, "good", LEADBARN, {**PAGES, "t.txt": WEB + "tend> import --from leadbarn\n...\n[exit 5]\n"
                                 "tend> find bob\n...Bob Ray...\n...\n"
                                 "tend> show ann --json\n...\"consent.phone\":[\"Call me\"]...\n"}, status=0)
    tested(t, "half", LEADBARN, {**PAGES, "t.txt": WEB.splitlines()[0] + "\ntend> import --from leadbarn\n...\n[exit 5]\n"
                                 "tend> find bob\n...Bob Ray...\n...\n"})
    tested(t, "none", LEADBARN, {"t.txt": "--http https://api.leadbarn.example/v2/leads none.json\n"})


def checked(t, name, code, readme=True, **more):
    folder = t.dir / name
    (folder / "tests").mkdir(parents=True)
    if readme:
        (folder / "README.md").write_text("# bad\n")
    (folder / "tests" / "a.txt").write_text("tend> due\n...\n")
    (folder / "bad.lua").write_text(code, encoding="utf-8")
    return t.json("plugin", "check", folder, **more)


GOOD = """return {
  command = "bad", version = "1.0.0", license = "MIT", summary = "does little", needs = "none",
  flags = { { "hard", help = "more of it" } },
  examples = { { "bad --hard", "does it" } },
  run = function() end,
}
"""
LACKS = {       # what is taken out or put in: the line of the finding, and words of it
    'version = "1.0.0"': ('version = "one"', 2, "two or three numbers"),
    'license = "MIT"': ('license = "mine"', 2, "SPDX"),
    'summary = "does little", needs = "none"': ('summary = "does little"', 1, "needs is missing"),
    'help = "more of it"': ('help = ""', 1, "has no help"),
    '"does it"': ('""', 4, "does not say"),
    'return {': ('count = 0\nreturn {', 1, "count is a global"),
    'run = function() end': ('run = function() total = 1 end', 5, "total is a global"),
}


@case("plugin check finds nothing in a good plugin, and each thing that it lacks by its line")
def _(t):
    eq(checked(t, "good", GOOD), [])
    for number, (old, (new, line, words)) in enumerate(LACKS.items()):
        assert old in GOOD, old
        found = checked(t, f"lacks{number}", GOOD.replace(old, new), status=1)
        assert any(words in f["text"] and f["line"] == line and f["file"].endswith("bad.lua") for f in found), \
            f"{words!r} in line {line}: {found}"
    found = checked(t, "alone", GOOD, readme=False, status=1)
    assert any(f["file"].endswith("README.md") for f in found), found
    found = checked(t, "named", 'return { policy = "worse", on = { "task.done" }, run = function() end }', status=1)
    assert any("its file bad" in f["text"] and f["line"] == 1 for f in found), found
    policy = GOOD.replace('command = "bad"', 'policy = "bad", on = { "other.thing" }')
    policy = "\n".join(line for line in policy.splitlines() if "flags" not in line and "examples" not in line)
    found = checked(t, "never", policy, status=1)
    assert any("never comes" in f["text"] for f in found), found


@case("plugin new overwrites nothing, and refuses what cannot be a name")
def _(t):
    t.run("plugin", "new", "Great", status=2).says("small letters")
    t.run("plugin", "new", "mine", "--dir", t.dir / "mine")
    before = {p: p.read_bytes() for p in pathlib.Path(t.dir / "mine").rglob("*") if p.is_file()}
    t.run("plugin", "new", "mine", "--dir", t.dir / "mine", "--kind", "command", status=3).says("already")
    eq({p: p.read_bytes() for p in pathlib.Path(t.dir / "mine").rglob("*") if p.is_file()}, before)


@case("plugin new has every kind that it lists, and says that a store driver is written in C")
def _(t):
    kinds = next(f["choices"] for f in t.json("plugin", "new", "--help")["flags"] if f["name"] == "kind")
    for kind in kinds:
        for lang in ("lua", "c"):
            status = 2 if (kind, lang) == ("store_driver", "lua") else 0
            done = t.run("plugin", "new", f"my-{lang}", "--kind", kind, "--lang", lang, "--dir",
                         t.dir / f"{kind}-{lang}", status=status)
            if status:
                done.says("written in C")


@case("a word of the example that Lua writes with _ is renamed as well")
def _(t):
    t.run("plugin", "new", "my-own", "--kind", "service", "--dir", t.dir / "mine")
    assert "tend.service.my_own.weeks" in (t.dir / "mine" / "my-own.lua").read_text()
    assert not [p for p in (t.dir / "mine").rglob("*") if p.is_file() and "week_span" in p.read_text()]


@case("--slow takes each step, more rows and more loads")
def _(t):
    t.run("plugin", "new", "mine", "--dir", t.dir / "mine", "--kind", "lead_source")
    quick = {r["check"] for r in t.json("plugin", "test", t.dir / "mine")}
    slow = {r["check"] for r in t.json("plugin", "test", "--slow", t.dir / "mine")}
    eq(sorted(slow - quick), ["lead_source mine: 10,000 rows", "loaded and unloaded 1000 times"])


@case("plugin test leaves the user's own data alone")
def _(t):
    t.run("plugin", "new", "mine", "--dir", t.dir / "mine")
    t.run("plugin", "test", t.dir / "mine")
    assert not t.db.exists(), "a database was made"


@case("what plugin test calls is not counted among what the user called")
def _(t):
    tested(t, "good", LEADBARN, {**PAGES, "t.txt": WEB + "tend> import --from leadbarn\n...\n[exit 5]\n"}, status=0)
    t.run("--plugin-dir", t.dir / "good", "plugin", "info", "leadbarn").says("none since the counting began")


main()
