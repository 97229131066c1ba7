"""C and Lua can do the same: every kind of include/tend/api/kinds.def is provided, and every
effect of effects.def is emitted with all its members, in both, and both come to the same."""
import os
import re
import subprocess

from tend import ROOT, case, eq, main

CC = os.environ.get("TEND_CC", "cc").split()
KINDS = re.findall(r'TEND_KIND\((\w+), \d+, (\w+), \w+, (BOTH|C), (?:STABLE|X), "([^"]+)"',
                   (ROOT / "include/tend/api/kinds.def").read_text())
EFFECTS_DEF = (ROOT / "include/tend/api/effects.def").read_text().split("#endif")[-1]
EFFECTS = re.findall(r'^TEND_EFFECT\((\w+), (\w+), \d+, (\w+), (\w+), (\w+), "(\w*)"', EFFECTS_DEF, re.M)
MEMBERS = re.findall(r'^TEND_EFFECT_MEMBER\((\w+), \w+, (\w+), \d+, "(\w*)", (\w+),', EFFECTS_DEF, re.M)

# The smallest record of each kind: its members in C (what stands before it comes first), and in Lua.
C_KINDS = {
    "lead_source": ("""static int32_t sniff(struct tend_ctx *c, struct tend_text h, struct tend_text f)
{ (void)c, (void)h, (void)f; return 0; }
static tend_status rd(struct tend_ctx *c, struct tend_input *in) { (void)c, (void)in; return 0; }""",
                    ".sniff = sniff, .read = rd"),
    "normaliser": ("""static tend_status keys(struct tend_ctx *c, int64_t n, const struct tend_text *v,
    const struct tend_text *r, struct tend_text *k) { (void)c, (void)n, (void)v, (void)r, (void)k; return 0; }""",
                   '.field = "email", .keys = keys'),
    "stage_set": ("""static const struct tend_word one = { "one", "par", "open", NULL };
static const struct tend_word *const stages[] = { &one, NULL };""", '.primary = "par", .stages = stages'),
    "policy": ("""static tend_status ev(struct tend_ctx *c, const struct tend_event *e)
{ (void)c, (void)e; return 0; }""", '.on = "touch.logged", .run = ev'),
    "command": ("static tend_status run(struct tend_ctx *c) { (void)c; return 0; }",
                '.summary = "does nothing", .run = run'),
    "matcher": ("""static tend_status score(struct tend_ctx *c, int64_t n, const struct tend_pair *p,
    struct tend_score *s) { (void)c, (void)p; while (n-- > 0) s[n].same = -1; return 0; }""",
                ".score = score"),
    "report": ("static tend_status run(struct tend_ctx *c) { (void)c; return 0; }",
               '.title = "nothing", .fields = "name", .run = run'),
    "playbook": ("""static const struct tend_step call = { sizeof call, "call", "Call", NULL, "0d..1d", NULL, NULL };
static const struct tend_step *const steps[] = { &call, NULL };""", '.title = "a plan", .steps = steps'),
    "channel": ("""static tend_status snd(struct tend_ctx *c, const struct tend_message *m, int64_t *sent)
{ (void)c, (void)m; *sent = TEND_SENT_FAILED; return 0; }""",
                '.title = "letters", .address = "email", .send = snd'),
    "service": ("""static int64_t twice(struct tend_ctx *c, int64_t n) { (void)c; return 2 * n; }
static const struct tend_export list[] = { TEND_EXPORT1(twice, int64_t, int64_t, "n + n"), TEND_EXPORTS_END };""",
                ".level = 1, .functions = list"),
    "store_driver": ("static void nothing(void) {}", ", ".join(
        [f'.{m} = ""' for m in "type_int type_text type_blob type_id table_end table_end_key".split()] +
        [f".{m} = (void *)nothing" for m in
         """open close message holder version set_version exec prepare bind_int bind_text bind_blob
            bind_null step is_null column_int column_text column_blob reset finalize changes begin
            commit rollback integrity backup restore search_clear search_put search_delete
            search_query search_walk version_of_data""".split()])),
}
LUA_KINDS = {
    "lead_source": "sniff = function() return 0 end, read = function() end",
    "normaliser": "field = 'email', key = function(v) return v end",
    "stage_set": "primary = 'par', stages = { { 'one', track = 'par', means = 'open' } }",
    "policy": "on = 'touch.logged', run = function() end",
    "command": "summary = 'does nothing', run = function() end",
    "matcher": "score = function() return nil end",
    "report": "title = 'nothing', fields = 'name', run = function() end",
    "playbook": "title = 'a plan', steps = { { 'call', title = 'Call', window = '0d..1d' } }",
    "channel": "title = 'letters', address = 'email', send = function() return 'failed' end",
    "service": "level = 1, functions = { twice = { 'l(l)', function(ctx, n) return 2 * n end, doc = 'n + n' } }",
}


def compiled(t, text):
    t.plugins.mkdir(exist_ok=True)
    source = t.dir / "par.c"
    source.write_text("#define TEND_UNSTABLE\n#include <tend/plugin.h>\n" + text)
    done = subprocess.run([*CC, "-std=gnu17", "-Wall", "-Wextra", "-shared", "-fPIC",
                           "-fvisibility=hidden", f"-I{ROOT / 'include'}", str(source), "-o",
                           str(t.plugins / "par.so")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


ENTRY = """
static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    (void)ctx;
    return %s;
}
static const struct tend_plugin plugin = {
    .size = sizeof plugin, .abi = TEND_ABI, .api_min = TEND_API, .build = TEND_BUILD, .name = "par",
    .version = "1.0.0", .summary = "for parity", .license = "0BSD", .needs = "", .init = init,
};
TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void) { return &plugin; }
"""


def provided(t):
    return [p["kind"] for p in t.json("plugin", "info", "par")["provides"]]


def in_c(t, kind, record, header):
    before, members = C_KINDS[kind]
    name = "scheme" if kind == "store_driver" else "name"
    compiled(t, f"#include <tend/{header}>\n{before}\nstatic const struct {record} record = "
                f'{{ .size = sizeof record, .{name} = "par", {members} }};\n'
                + ENTRY % f'host->provide(ctx, "{kind}", &record)')
    t.run("add", "Ann Lee")
    eq(provided(t), [kind])


def in_lua(t, kind):
    t.plugin("par", f"return {{ {kind} = 'par', version = '1.0.0', {LUA_KINDS[kind]} }}")
    t.run("add", "Ann Lee")
    eq(provided(t), [kind])


for KIND, RECORD, LANGUAGES, HEADER in KINDS:
    @case(f"{KIND} is provided in C")
    def _(t, kind=KIND, record=RECORD, header=HEADER):
        in_c(t, kind, record, header)

    if LANGUAGES == "BOTH":
        @case(f"{KIND} is provided in Lua")
        def _(t, kind=KIND):
            in_lua(t, kind)


@case("the core knows no kind that is not in the list, in C or in Lua")
def _(t):
    kinds = [kind for kind, *_ in KINDS]
    compiled(t, "static const struct { int64_t size; const char *name; } none = { 16, \"none\" };\n"
             + ENTRY % 'host->provide(ctx, "no_kind", &none)')
    said = t.run("plugin", "list", status=None)
    known = re.search(r"the kinds are ([\w, ]+?)(?:\.|\n|$)", said.out + said.err).group(1)
    eq(sorted(set(re.split(r", | and ", known)) - set(kinds)), [])
    eq(sorted(set(kinds) - set(re.split(r", | and ", known))), [])


@case("every function of C has one in Lua that stands on it, or says why Lua needs none")
def _(_t):
    text = "\n".join(p.read_text() for p in sorted((ROOT / "include/tend/api").glob("*.def")))
    functions = set(re.findall(r"^TEND_FUNCTION\((\w+), (\w+),", text, re.M))
    stands = set(re.findall(r'^TEND_LUA\((?:[^"]|"[^"]*")*?"[^"]*",\s*"[^"]*",\s*"(\w+)\.(\w+)"', text, re.M))
    needless = set(re.findall(r"^TEND_LUA_NONE\((\w+), (\w+),", text, re.M))
    assert len(functions) > 30 and len(stands) > 10
    eq(sorted((stands | needless) - functions), [], "no such function of C")
    eq(sorted(functions - stands - needless), [])


@case("the reference has a page for each table, kind and effect, and a line for each function")
def _(t):
    pages = t.dir / "reference"
    pages.mkdir()
    t.run("help", "--reference", pages)
    for kind, *_ in KINDS:
        assert kind in (pages / f"kind-{kind}.txt").read_text(), kind
    for _, effect, *_ in EFFECTS:
        assert effect in (pages / f"effect-{effect}.txt").read_text(), effect
    text = "\n".join(p.read_text() for p in (ROOT / "include/tend/api").glob("*.def"))
    for table, name in re.findall(r"^TEND_FUNCTION\((\w+), (\w+),", text, re.M):
        assert f"{name}(" in (pages / f"table-{table}.txt").read_text(), (table, name)
    t.run("help", "--reference", pages / "nowhere", status=None).says("nowhere", "folder")


# --- effects ----------------------------------------------------------------------------------

VALUES = {
    "TASK": {"title": "Call them", "type": "call", "window": "1d..2d", "closed_by": "reached",
             "why": "a why", "anchor": 1764180000000000},
    "RETIME": {"window": "5d..6d", "why": "later"},
    "DONE": {"why": "all is said"},
    "DROP": {"why": "never mind"},
    "MOVE": {"track": "opportunity", "stage": "prospect", "reason": "wants to know"},
    "HOLD": {"track": "opportunity", "type": "soft_no", "until": "6w", "reason": "asked for time"},
    "SET": {"field": "interest", "value": "business\nand product"},
    "TAG": {"text": "warm"},
    "UNTAG": {"text": "cold"},
    "NOTE": {"text": "has a garden\nand a dog"},
    "LINK": {"other": 3, "type": "spouse"},
    "STATE": {"name": "seen", "value": "yes\nit is"},
    "SCHEDULE": {"every": "month on 31", "from": "2026-01-31", "at": "09:00", "lead": "7d",
                 "catch_up": "each", "grace": "3d", "most": 3},
    "CANCEL": {},
    "PRINT": {"text": "a line"},
    "ROW": {"cells": {"who": "Ann", "days": "12"}, "n": 2},
    "ASK": {"text": "Really?", "choices": "yes no"},
}
KEYS = {"ASK": "sure", "SCHEDULE": "again", "CANCEL": "again"}
# What must be there before: an open task of the key, a tag, a schedule.
BEFORE = {"RETIME": "TASK", "DONE": "TASK", "DROP": "TASK", "CANCEL": "SCHEDULE"}


def c_value(value):
    if isinstance(value, int):
        return f"INT64_C({value})"
    if isinstance(value, dict):
        return "(const struct tend_cell[]){ " + ", ".join(
            f'{{ "{k}", {{ "{v}", {len(v)} }} }}' for k, v in value.items()) + " }"
    return '"' + value.replace("\n", "\\n") + '"'


def lua_value(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = '{v}'" for k, v in value.items()) + " }"
    return str(value) if isinstance(value, int) else "'" + value.replace("\n", "\\n") + "'"


def c_effect(name, record, person, key):
    body = ", ".join(f".{m} = {c_value(v)}" for m, v in VALUES[name].items())
    given = "NULL" if not key else f'"{KEYS.get(name, "k")}"'
    if record == "tend_fx":
        return f"ctx->make->emit(ctx, &(struct tend_fx){{ sizeof(struct tend_fx), TEND_FX_{name}, {person}, {given} }})"
    return f"TEND_FX(ctx, {record}, TEND_FX_{name}, {person}, {given}, {body})"


def lua_effect(name, lua_key, keyed):
    parts = [f"{lua} = {lua_value(VALUES[of][m])}" for of, m, lua, _ in MEMBERS if of == name and lua]
    if lua_key and keyed:
        parts.append(f"{lua_key} = '{KEYS.get(name, 'k')}'")
    return "{ " + ", ".join(parts) + " }"


def row_of(name):
    return next(row for row in EFFECTS if row[0] == name)


def c_plugin(t, name):
    """A policy that answers the touches "before" and "go", or a command."""
    def call(of):
        _, _, record, person, _, lua_key = row_of(of)
        return c_effect(of, record, "0" if person == "NONE" else "person", lua_key)
    if row_of(name)[3] == "NONE":
        compiled(t, f"""static tend_status run(struct tend_ctx *ctx)
{{ if (ctx->command->text(ctx, "sure").len) return TEND_OK; return {call(name)}; }}
static const struct tend_command_arg sure = {{ sizeof sure, "sure", "choice", "really", "yes no", 1 }};
static const struct tend_command_arg *const flags[] = {{ &sure, NULL }};
static const struct tend_command_record record = {{ .size = sizeof record, .name = "par",
    .summary = "says", .flags = flags, .fields = "who days", .run = run }};""" +
                 ENTRY % 'host->provide(ctx, "command", &record)')
    else:
        compiled(t, f"""static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{{
    tend_id person = event->person;
    struct tend_text said = ctx->read->event(ctx, "text");
    if (ctx->text->is(said, "before")) return {call(BEFORE[name]) if name in BEFORE else "TEND_OK"};
    return {call(name)};
}}
static const struct tend_policy record = {{ sizeof record, "par", "touch.logged", run }};""" +
                 ENTRY % 'host->provide(ctx, "policy", &record)')


def lua_plugin(t, name):
    def call(of):
        return lua_effect(of, row_of(of)[5], True)
    if row_of(name)[3] == "NONE":
        t.plugin("par", "return { command = 'par', version = '1.0.0', summary = 'says', fields = 'who days',"
                        " flags = { { 'sure', 'choice', help = 'really', choices = 'yes no' } },"
                        f" run = function(ctx, args) if not args.sure then ctx:emit({call(name)}) end end }}")
    else:
        first = call(BEFORE[name]) if name in BEFORE else "nil"
        t.plugin("par", "return { policy = 'par', version = '1.0.0', on = 'touch.logged', run = function(ctx, event)"
                        f" if event.text == 'before' then return {first} end return {call(name)} end }}")


def outcome(t, name):
    """What the effect comes to: what is said, and every fact."""
    t.run("add", "Ann Lee", "tag=cold", "interest=business")
    t.run("add", "Bob Ray")
    if row_of(name)[3] == "NONE":
        json_ = t.run("--json", "par", status=None)
        plain = t.run("par", status=None)
        return json_.out, json_.err, plain.out, plain.err, json_.status
    t.run("log", "ann", "call", "before")
    before = t.facts()
    done = t.json("log", "ann", "card", "go")     # which closes no task by itself
    after = t.facts()
    assert before != after
    own = [e for e in done["effects"] if e["effect"] != "touch"]
    changed = {table for table in after if after[table] != before[table]} - {"touch", "touch_party"}
    for person in range(len(after["person"])):      # but for what is made by chance
        after["person"][person] = [v for i, v in enumerate(after["person"][person]) if i != 1]
    return own, after, sorted(changed)


def fresh(t):
    for path in t.plugins.glob("*") if t.plugins.exists() else []:
        path.unlink()
    for path in t.dir.glob("people.db*"):
        path.unlink()


for NAME, SHORT, *_ in EFFECTS:
    @case(f"{SHORT}, with all its members, comes to the same in C and in Lua")
    def _(t, name=NAME):
        eq(sorted(VALUES[name]), sorted(m for of, m, _, _ in MEMBERS if of == name), "members tried")
        got = {}
        for language, make in (("C", c_plugin), ("Lua", lua_plugin)):
            fresh(t)
            make(t, name)
            got[language] = outcome(t, name)
        if row_of(name)[3] != "NONE":
            assert got["C"][2], f"{name} changed nothing"
            assert "refused" not in str(got["C"][0]), got["C"][0]
        eq(got["Lua"], got["C"], name)


main()
