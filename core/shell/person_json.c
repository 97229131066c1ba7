/* A person as JSON: the members that scripts rely on, then what else is known. */
#include "plugin/vocabulary.h"
#include "shell/view.h"

static const char *primary(struct tend_shell *shell)
{
    return shell->registry != NULL ? tend_vocabulary_primary(shell->registry) : "opportunity";
}

struct tend_text tend_view_stage(struct tend_shell *shell, const struct tend_person_view *view)
{
    for (int64_t i = 0; i < view->n_stages; i++) {
        if (tend_text_is(view->stages[i].name, primary(shell)))
            return view->stages[i].value;
    }
    return (struct tend_text){ 0 };
}

struct tend_text tend_view_point(const struct tend_person_view *view, const char *kind)
{
    for (int64_t i = 0; i < view->n_points; i++) {
        if (tend_text_is(view->points[i].kind, kind))
            return view->points[i].value;
    }
    return (struct tend_text){ 0 };
}

static void add_points(struct tend_json *json, const struct tend_person_view *view,
                       const char *kind)
{
    tend_json_open(json, kind, '[');
    for (int64_t i = 0; i < view->n_points; i++) {
        const struct tend_point_view *point = &view->points[i];

        if (!tend_text_is(point->kind, kind))
            continue;
        tend_json_open(json, NULL, '{');
        tend_json_text(json, "value", point->value);
        tend_json_text(json, "key", point->key);
        tend_json_text(json, "label", point->label);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

static void add_texts(struct tend_json *json, const char *key, const struct tend_text *texts,
                      int64_t n)
{
    tend_json_open(json, key, '[');
    for (int64_t i = 0; i < n; i++)
        tend_json_text(json, NULL, texts[i]);
    tend_json_close(json, ']');
}

/* Attributes come one value a row; in JSON a name has all its values. */
static void add_attributes(struct tend_shell *shell, struct tend_json *json,
                           const struct tend_person_view *view)
{
    const struct tend_pair_view *all = view->attributes;

    tend_json_open(json, "attributes", '{');
    for (int64_t i = 0; i < view->n_attributes; i++) {
        bool seen = false;

        for (int64_t before = 0; before < i && !seen; before++)
            seen = tend_text_eq(all[before].name, all[i].name);
        if (seen)
            continue;
        tend_json_open(json, tend_arena_str(&shell->arena, all[i].name), '[');
        for (int64_t k = i; k < view->n_attributes; k++) {
            if (tend_text_eq(all[k].name, all[i].name))
                tend_json_text(json, NULL, all[k].value);
        }
        tend_json_close(json, ']');
    }
    tend_json_close(json, '}');
}

static void add_stages(struct tend_shell *shell, struct tend_json *json,
                       const struct tend_person_view *view)
{
    tend_json_open(json, "stages", '{');
    for (int64_t i = 0; i < view->n_stages; i++)
        tend_json_text(json, tend_arena_str(&shell->arena, view->stages[i].name),
                       view->stages[i].value);
    tend_json_close(json, '}');
}

static void add_holds(struct tend_json *json, const struct tend_person_view *view)
{
    char day[16];

    tend_json_open(json, "holds", '[');
    for (int64_t i = 0; i < view->n_holds; i++) {
        const struct tend_hold_view *hold = &view->holds[i];

        tend_json_open(json, NULL, '{');
        tend_json_id(json, "hold", hold->id);
        tend_json_text(json, "track", hold->track);
        tend_json_text(json, "kind", hold->kind);
        tend_json_str(json, "until",
                      hold->until_day != 0 ? tend_date_format(day, hold->until_day) : NULL);
        tend_json_text(json, "reason", hold->reason);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

void tend_json_person(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_person_view *view)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);

    tend_json_id(json, "id", view->id);
    tend_json_text(json, "uid", view->uid);
    tend_json_text(json, "name", view->name);
    tend_json_text(json, "given", view->given);
    tend_json_text(json, "family", view->family);
    tend_json_text(json, "stage", tend_view_stage(shell, view));
    add_stages(shell, json, view);
    add_texts(json, "roles", view->roles, view->n_roles);
    tend_json_text(json, "source", view->source);
    tend_json_text(json, "zone", view->zone);
    tend_json_text(json, "region", view->region);
    add_points(json, view, "email");
    add_points(json, view, "phone");
    add_points(json, view, "url");
    add_points(json, view, "address");
    add_texts(json, "tags", view->tags, view->n_tags);
    add_attributes(shell, json, view);
    add_holds(json, view);
    add_texts(json, "dnc", view->dnc, view->n_dnc);
    if (view->n_family > 0 || view->merged != 0) {
        tend_json_id(json, "merged_into", view->merged);
        add_texts(json, "other_names", view->names, view->n_family);
        tend_json_open(json, "merged", '[');
        for (int64_t i = 0; i < view->n_family; i++)
            tend_json_int(json, NULL, view->family_ids[i]);
        tend_json_close(json, ']');
    }
    tend_json_id(json, "keeper", view->keeper);
    tend_json_id(json, "import", view->import);
    tend_json_id(json, "import_line", view->import_line);
    tend_json_time(json, "added", view->known_at, zone);
    tend_json_time(json, "archived", view->archived_at, zone);
}
