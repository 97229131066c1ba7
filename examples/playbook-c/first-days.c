/* SPDX-License-Identifier: 0BSD
 *
 * first-days, in C: the first days of a new member.    tend playbook start first-days ann
 * It teaches: a playbook is a table of steps with windows, and shows before anything runs.
 */
#define TEND_UNSTABLE
#include <tend/plugin.h>
#include <tend/x/playbook.h>

#define STEP(...) (&(const struct tend_step){ sizeof(struct tend_step), __VA_ARGS__ })

static const struct tend_step *const steps[] = {
    STEP("welcome-call", "Welcome call", "call", "0d..1d", "reached", "who is welcomed stays"),
    STEP("first-order", "Look at the first order together", NULL, "2d..5d", NULL, NULL),
    STEP("list-of-names", "Write the list of names", NULL, "3d..7d", NULL, NULL),
    NULL,
};

static const struct tend_playbook playbook = {
    sizeof playbook, "first-days", "The first days", "member", steps,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "playbook", &playbook);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "first-days",
    .version = "1.0.0",
    .summary = "The first days of a new member",
    .license = "0BSD",
    .needs = "effects:task",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
