/* Fuzzes tend_effect_check: the bytes become an effect of any kind, size and texts;
 * whatever is taken has a person or needs none, and texts that end. */
#include "plugin/effect_list.h"
#include "plugin/effects.h"
#include <stdlib.h>
#include <string.h>

#define TEXTS 12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *at, *end;
};

static uint8_t byte(struct input *in)
{
    return in->at < in->end ? *in->at++ : 0;
}

/* The next text, up to a NUL; NULL for one that begins with 0xFF. */
static const char *text(struct input *in, char *into, size_t room)
{
    size_t n = 0;

    if (in->at < in->end && *in->at == 0xFF) {
        in->at++;
        return NULL;
    }
    while (in->at < in->end && *in->at != '\0' && n + 1 < room)
        into[n++] = (char)*in->at++;
    if (in->at < in->end && *in->at == '\0')
        in->at++;
    into[n] = '\0';
    return into;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char texts[TEXTS][70000];
    union { /* a size that is claimed is there */
        struct tend_effect effect;
        char room[256];
    } given;
    struct tend_cell cells[8];
    struct tend_error err = { 0 };
    struct input in = { data, data + size };
    const struct tend_effect_kind *of;
    uint32_t kind = byte(&in) % 24;
    int used = 0;

    memset(&given, 0, sizeof given);
    given.effect.u.fx.kind = kind;
    given.effect.u.fx.size = byte(&in);
    given.effect.u.fx.person = (tend_id)byte(&in) - 2;
    if (!tend_effect_name(kind)) {
        if (tend_effect_check(&given.effect.u.fx, &err) == TEND_OK)
            abort();
        return 0;
    }
    of = tend_effect_kind(kind);
    given.effect.u.fx.key = text(&in, texts[used++], sizeof texts[0]);
    for (const struct tend_effect_member *m = of->members; m->kind == kind; m++) {
        const char *value;

        if (!tend_effect_is_text(m) || used == TEXTS)
            continue;
        value = text(&in, texts[used++], sizeof texts[0]);
        memcpy((char *)&given.effect.u + m->at, &value, sizeof value);
    }
    if (kind == TEND_FX_ROW) {
        int64_t n = byte(&in) % 9;

        for (int64_t i = 0; i < n && used + 1 < TEXTS; i++, used += 2) {
            const char *value = text(&in, texts[used + 1], sizeof texts[0]);

            cells[i].name = text(&in, texts[used], sizeof texts[0]);
            cells[i].text = (struct tend_text){ value, value ? (int64_t)strlen(value) : 0 };
            given.effect.u.row.n = i + 1;
        }
        given.effect.u.row.cells = cells;
    }
    if (tend_effect_check(&given.effect.u.fx, &err) != TEND_OK && !err.text[0])
        abort();
    return 0;
}
