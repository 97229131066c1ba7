/* A worker asks its parent: may the plugin, and what is its secret? */
#include "base/text.h"
#include "worker/serve.h"

static tend_status ask(enum tend_right right, struct tend_text what, bool secret,
                       struct tend_arena *arena, struct tend_text *value, struct tend_error *err)
{
    struct tend_frame frame;
    struct tend_text text, cure, answer;
    tend_status status;
    int32_t got;

    tend_frame_begin(&tend_serve.frame, TEND_FRAME_ASK);
    tend_frame_put_int(&tend_serve.frame, right);
    tend_frame_put_int(&tend_serve.frame, secret);
    tend_frame_put_int(&tend_serve.frame, tend_serve.sending && right == TEND_RIGHT_NET);
    tend_frame_put_text(&tend_serve.frame, what);
    status = tend_frame_send(tend_serve.out, &tend_serve.frame, err);
    if (status != TEND_OK)
        return status;
    got = tend_frames_next(&tend_serve.in, 0, &frame, err);
    if (got < 0)
        return got;
    if (got == 0 || frame.kind != TEND_FRAME_ANSWER)
        return tend_error_set(err, TEND_IO, "the pipe of the worker is broken");
    status = (tend_status)tend_frame_int(&frame);
    text = tend_frame_text(&frame);
    cure = tend_frame_text(&frame);
    answer = tend_frame_text(&frame);
    if (!tend_frame_whole(&frame))
        return tend_error_set(err, TEND_IO, "the pipe of the worker is broken");
    if (value)
        *value = tend_arena_text(arena, answer);
    if (status == TEND_OK)
        return TEND_OK;
    tend_error_set(err, status, "%.*s", TEND_FMT(text));
    if (cure.len > 0)
        tend_error_cure(err, "%.*s", TEND_FMT(cure));
    return status;
}

tend_status tend_serve_may(enum tend_right right, struct tend_text what, struct tend_error *err)
{
    return ask(right, what, false, NULL, NULL, err);
}

tend_status tend_serve_secret(struct tend_text name, struct tend_arena *arena,
                              struct tend_text *value, struct tend_error *err)
{
    *value = (struct tend_text){ "", 0 };
    if (tend_serve.fixtures_only) {     /* a test needs no token of anybody's */
        tend_status status = ask(TEND_RIGHT_SECRETS, name, false, NULL, NULL, err);

        if (status == TEND_OK)
            *value = TEND_TEXT("secret-of-a-test");
        return status;
    }
    return ask(TEND_RIGHT_SECRETS, name, true, arena, value, err);
}

static tend_status secret_get(struct tend_ctx *ctx, const char *name, struct tend_text *value)
{
    struct tend_error err = { 0 };
    tend_status status;

    if (!name || !value) {
        tend_error_set(&err, TEND_INVALID, "secret.get needs a name, and somewhere to put it");
        return tend_call_refuse(ctx, &err);
    }
    status = tend_serve_secret(tend_text_of(name), tend_call_scratch(ctx), value, &err);
    return status == TEND_OK ? TEND_OK : tend_call_refuse(ctx, &err);
}

const struct tend_secret_api tend_serve_secrets = {
    .size = sizeof(struct tend_secret_api),
    .level = TEND_API,
    .get = secret_get,
};
