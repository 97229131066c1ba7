/* Two people side by side, so that the eye finds what is the same and what is not. */
#include "shell/output.h"
#include "shell/scrub_review.h"
#include "shell/time.h"
#include "shell/view.h"

#define LABEL 14                /* columns */
#define LEAST 16                /* of a side, however narrow the terminal */
#define WIDTH 100               /* where there is no terminal */

struct line {                   /* of one field */
    const char *label;
    struct tend_text side[2];
};

struct sides {
    struct tend_shell *shell;
    TEND_ARRAY(struct line) line;
};

/* --- what is known ------------------------------------------------------------ */

static struct line *line_of(struct sides *s, const char *label)
{
    for (int64_t i = 0; i < s->line.n; i++)
        if (strcmp(s->line.at[i].label, label) == 0)
            return &s->line.at[i];
    TEND_PUSH(&s->line, (struct line){ .label = label });
    return &s->line.at[s->line.n - 1];
}

/* Several values of a field stand beside each other. */
static void add(struct sides *s, int32_t side, const char *label, struct tend_text text)
{
    struct line *line;

    if (text.len == 0)
        return;
    line = line_of(s, label);
    if (line->side[side].len > 0)
        text = tend_text_of(tend_arena_printf(&s->shell->arena, "%.*s, %.*s",
                                              TEND_FMT(line->side[side]), TEND_FMT(text)));
    line->side[side] = text;
}

static const char *last_part(struct tend_shell *shell, struct tend_text name)
{
    for (int64_t i = name.len; i-- > 0;)
        if (name.at[i] == '.')
            return tend_arena_str(&shell->arena, (struct tend_text){ name.at + i + 1,
                                                                     name.len - i - 1 });
    return tend_arena_str(&shell->arena, name);
}

static void take(struct sides *s, int32_t side, const struct tend_person_view *view)
{
    struct tend_shell *shell = s->shell;
    struct tend_buffer buf = { 0 };

    add(s, side, "name", view->name);
    for (int64_t i = 0; i < view->n_points; i++) {
        const struct tend_point_view *point = &view->points[i];

        add(s, side, tend_text_is(point->kind, "email")
                         ? "e-mail" : tend_arena_str(&shell->arena, point->kind), point->value);
    }
    for (int64_t i = 0; i < view->n_attributes; i++)
        add(s, side, last_part(shell, view->attributes[i].name), view->attributes[i].value);
    for (int64_t i = 0; i < view->n_tags; i++)
        add(s, side, "tags", view->tags[i]);
    for (int64_t i = 0; i < view->n_stages; i++)
        add(s, side, "stage", view->stages[i].value);
    add(s, side, "came from", view->source);
    if (view->known_at > 0) {
        tend_when_say(&buf, tend_zone_day(tend_store_zone(shell->store), view->known_at), -1,
                      tend_shell_today(shell));
        add(s, side, "known since", tend_text_of(tend_arena_str(&shell->arena,
                                                                tend_buffer_text(&buf))));
    }
    tend_buffer_finish(&buf);
}

/* --- as lines ----------------------------------------------------------------- */

/* Cut where the side ends, filled up to it. */
static void put_side(struct tend_buffer *buf, struct tend_text text, int64_t width)
{
    struct tend_text fits = tend_text_clip(text, width - 1);
    int64_t columns = tend_text_width(fits);

    tend_buffer_add(buf, fits);
    for (; columns < width; columns++)
        tend_buffer_addc(buf, ' ');
}

static char mark_of(const struct line *line)
{
    struct tend_arena arena = { 0 };
    bool same;

    if (line->side[0].len == 0 || line->side[1].len == 0)
        return ' ';
    same = tend_text_eq(tend_text_fold(&arena, line->side[0]),
                        tend_text_fold(&arena, line->side[1]));
    tend_arena_finish(&arena);
    return same ? '=' : 'x';
}

static void print(struct sides *s, tend_id a, tend_id b)
{
    int64_t width = ((s->shell->width > 0 ? s->shell->width : WIDTH) - LABEL - 6) / 2;
    struct tend_buffer buf = { 0 };

    width = width < LEAST ? LEAST : width;
    for (int64_t i = 0; i <= s->line.n; i++) {
        struct line head = { "", { { 0 }, { 0 } } };
        const struct line *line = i == 0 ? &head : &s->line.at[i - 1];

        head.side[0] = tend_text_of(tend_arena_printf(&s->shell->arena, "p%lld", (long long)a));
        head.side[1] = tend_text_of(tend_arena_printf(&s->shell->arena, "p%lld", (long long)b));
        tend_buffer_reset(&buf);
        tend_buffer_adds(&buf, "  ");
        put_side(&buf, tend_text_of(line->label), LABEL);
        put_side(&buf, line->side[0], width);
        tend_buffer_addf(&buf, " %c ", i == 0 ? ' ' : mark_of(line));
        put_side(&buf, line->side[1], width);
        while (buf.len > 0 && buf.at[buf.len - 1] == ' ')
            buf.len--;
        tend_line_out(s->shell, "%.*s", TEND_FMT(tend_buffer_text(&buf)));
    }
    tend_buffer_finish(&buf);
}

tend_status tend_scrub_side_by_side(struct tend_shell *shell, tend_id a, tend_id b)
{
    struct sides s = { .shell = shell };
    struct tend_person_view view[2];
    tend_status status = tend_person_read(shell->store, a, &shell->arena, &view[0]);

    if (status == TEND_OK)
        status = tend_person_read(shell->store, b, &shell->arena, &view[1]);
    for (int32_t side = 0; side < 2 && status == TEND_OK; side++)
        take(&s, side, &view[side]);
    if (status == TEND_OK)
        print(&s, a, b);
    TEND_ARRAY_FINISH(&s.line);
    return status;
}
