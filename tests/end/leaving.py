"""The last look at the gate: do-not-contact that is set while a message is on its way out stops it, of
a channel in C and in Lua. Prints TAP."""
import shutil
import sqlite3
import subprocess
import time

from made import Service, compiled, each
from tend import case, eq, main

NOON = "2026-11-26T11:00:00+01:00"

CHANNEL = """return {{ channel = "slow", title = "slow", address = "phone", needs = {{ net = {{ "{url}" }} }},
  send = function(ctx)
    {wait}
    local res, why, code = ctx.http.get("{url}/login")
    if not res then return nil, why, code end
    res, why, code = ctx.http.get("{url}/send")
    if not res then return nil, why, code end
    return "accepted"
  end }}"""
SLOW_C = """#define TEND_UNSTABLE
#include <tend/plugin.h>
#include <tend/x/channel.h>
static tend_status get(struct tend_ctx *ctx, const char *url)
{
    const struct tend_http_request request = { .size = sizeof request, .url = url };
    struct tend_http_response response = { .size = sizeof response };
    return ctx->http->send(ctx, &request, &response);
}
static tend_status send(struct tend_ctx *ctx, const struct tend_message *message, int64_t *sent)
{
    struct tend_text go;
    tend_status status = TEND_OK;
    (void)message;
    while (WAIT[0] == 'y' && ctx->file->read(ctx, "go.txt", &go) != TEND_OK)
        ;
    *sent = TEND_SENT_UNKNOWN;
    if (WAIT[0] == 'n')
        return ctx->host->fail(ctx, TEND_IO, "not today");
    status = get(ctx, URL "/login");
    if (status == TEND_OK)
        status = get(ctx, URL "/send");
    if (status == TEND_OK)
        *sent = TEND_SENT_ACCEPTED;
    return status;
}
static const struct tend_channel channel = { .size = sizeof channel, .name = "slow", .title = "slow",
                                             .address = "phone", .send = send };
static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "channel", &channel);
}
TEND_PLUGIN(.name = "slow", .version = "1.0.0", .summary = "Slow", .license = "0BSD", .needs = "net:" URL, .init = init)
"""


def slow(t, language, url, wait):
    shutil.rmtree(t.plugins, ignore_errors=True)
    if language == "c":
        (t.dir / "slow.c").write_text(SLOW_C)
        compiled(t.dir / "slow.c", t.plugins / "slow.so", URL=url, WAIT=wait)
    else:
        t.plugin("slow", CHANNEL.format(url=url, wait="while not ctx.file.read('go.txt') do end" if wait else ""))


def message_state(t):
    db = sqlite3.connect(f"file:{t.db}?mode=ro", uri=True)
    rows = db.execute("SELECT state FROM message").fetchall()
    db.close()
    return [state for state, in rows]


@each("do-not-contact set after the first ask stops the message before its bytes")
def _(t, language):
    t.run("add", "Ann Lee", "phone=+436641234567")
    with Service() as service:
        slow(t, language, service.url, "yes")
        argv = t.argv(["channel", "send", "slow", "p2", "Hello"], NOON)
        running = subprocess.Popen(argv, env=t.env, cwd=t.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + 30
        while not message_state(t):             # it is claimed: the gate was open
            assert time.monotonic() < end and running.poll() is None
            time.sleep(0.02)
        t.run("dnc", "p2", now=NOON)
        (t.plugins / "go.txt").write_text("go")
        out, err = running.communicate(timeout=30)
        assert running.returncode == 1 and "do-not-contact" in out + err and "did not leave" in out + err, (out, err)
        assert not service.seen, service.seen
        eq(t.facts(["touch"])["touch"], [])
        t.run("channel", "send", "slow", "p2", "Hello", now=NOON, status=4).says("do-not-contact")
        t.run("dnc", "p2", "--off", now=NOON)
        t.run("channel", "send", "slow", "p2", "Hello", now=NOON).says("sent by slow")
        eq([path for path, _ in service.seen], ["/login", "/send"])


@each("do-not-contact set between two requests of one message stops the second")
def _(t, language):
    t.run("add", "Ann Lee", "phone=+436641234567")
    with Service(lambda path: t.run("dnc", "p2", now=NOON) if path == "/login" else None) as service:
        slow(t, language, service.url, "")
        t.run("channel", "send", "slow", "p2", "Hello", now=NOON, status=1).says("do-not-contact")
        eq([path for path, _ in service.seen], ["/login"])
        eq(t.facts(["touch"])["touch"], [])


@case("a module that has a way of its own may have sent what it does not vouch for")
def _(t):
    t.run("add", "Ann Lee", "phone=+436641234567")
    slow(t, "c", "http://127.0.0.1:1", "never")
    t.run("channel", "send", "slow", "p2", "Hello", now=NOON, status=1).says("may have left", "not today")
    t.run("channel", "send", "slow", "p2", "Hello", now=NOON, status=3).says("may have been sent")


main()
