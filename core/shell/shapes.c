/* Objects that several commands print as JSON, by the names that declarations
 * call them. */
#include "base/text.h"
#include "shell/command.h"

static const struct tend_member person[] = {
    { "id", "integer", "p12" },
    { "uid", "text", "the same in every copy of the database" },
    { "name", "text", "as it is said" },
    { "given", "text", NULL },
    { "family", "text", NULL },
    { "stage", "text", "of the primary track" },
    { "stages", "{text}", "by track" },
    { "roles", "[text]", "customer, member, builder" },
    { "source", "text", "where they come from" },
    { "zone", "text", "time zone" },
    { "region", "text", "country of their numbers" },
    { "email", "[point]", NULL },
    { "phone", "[point]", NULL },
    { "url", "[point]", NULL },
    { "address", "[point]", NULL },
    { "tags", "[text]", NULL },
    { "attributes", "{[text]}", "values by name" },
    { "holds", "[hold]", NULL },
    { "dnc", "[text]", "channels they must not be contacted by" },
    { "keeper", "integer", "whose relationship it is" },
    { "import", "integer", "the import that brought them" },
    { "import_line", "integer", "and its line" },
    { "added", "time", NULL },
    { "archived", "time", NULL },
    { 0 }
};
static const struct tend_member point[] = {
    { "value", "text", "as typed" },
    { "key", "text", "what is compared: of a phone its E.164" },
    { "label", "text", "home, work" },
    { 0 }
};
static const struct tend_member hold[] = {
    { "hold", "integer", NULL },
    { "track", "text", NULL },
    { "kind", "text", "soft_no, not_now" },
    { "until", "text", "the day on which it ends" },
    { "reason", "text", NULL },
    { 0 }
};
static const struct tend_member task[] = {
    { "task", "integer", "t5" },
    { "person", "integer", NULL },
    { "name", "text", "of the person" },
    { "kind", "text", "of the touch that is wanted" },
    { "title", "text", NULL },
    { "opens", "time", NULL },
    { "closes", "time", NULL },
    { "overdue", "boolean", NULL },
    { "doer", "integer", "who does it, if not you" },
    { "run", "integer", NULL },
    { "step", "text", NULL },
    { "cause", "object", "what asked for it: an id under the name of its type" },
    { "phone", "text", "the first number of the person" },
    { "why", "text", NULL },
    { "plugin", "text", "who planned it; null: you" },
    { "window", "text", "as planned: 2d..7d" },
    { "said", "text", "the last that was said" },
    { "appointment", "boolean", "at a time, not only on a day" },
    { "state", "text", "open, done, dropped" },
    { "state_at", "time", NULL },
    { "closed_touch", "integer", "the touch that closed it" },
    { 0 }
};
static const struct tend_member touch[] = {
    { "touch", "integer", "c4" },
    { "kind", "text", NULL },
    { "direction", "text", "in, out" },
    { "at", "time", "when it happened" },
    { "text", "text", "what was said" },
    { "significant", "boolean", "a real conversation" },
    { "parties", "[party]", NULL },
    { 0 }
};
static const struct tend_member party[] = {
    { "person", "integer", NULL },
    { "name", "text", NULL },
    { "disposition", "text", "how it came out" },
    { "sentiment", "text", "how they felt" },
    { 0 }
};
static const struct tend_member written[] = {
    { "batch", "integer", "b7: what undo takes" },
    { "effects", "[effect]", "what came of it" },
    { "dry_run", "boolean", "true: nothing was written" },
    { 0 }
};
static const struct tend_member effect[] = {
    { "effect", "text", "task, move, hold, ..." },
    { "task", "integer", NULL },
    { "person", "integer", NULL },
    { "plugin", "text", "whose wish it was" },
    { "title", "text", NULL },
    { "track", "text", "of a move" },
    { "from", "text", NULL },
    { "to", "text", NULL },
    { "opens", "time", "of a task" },
    { "closes", "time", NULL },
    { 0 }
};
static const struct tend_member veto[] = {
    { "plugin", "text", NULL },
    { "code", "text", NULL },
    { "text", "text", "why not" },
    { "cure", "text", "the command that helps" },
    { 0 }
};
static const struct tend_member batch[] = {
    { "batch", "integer", "b7" },
    { "command", "text", "the verb with ids" },
    { "actor", "integer", "a person" },
    { "at", "time", NULL },
    { "changes", "integer", "rows" },
    { "undoes", "integer", NULL },
    { "undone_by", "integer", NULL },
    { 0 }
};
static const struct tend_member command[] = {
    { "name", "text", NULL },
    { "group", "text", NULL },
    { "summary", "text", NULL },
    { "usage", "text", NULL },
    { "writes", "boolean", NULL },
    { "args", "[object]", "name type optional where help choices" },
    { "flags", "[object]", "name type keyword repeat value help choices" },
    { "examples", "[object]", "line does" },
    { "document", "text", "one, list, one or list" },
    { "json", "[object]", "name type what" },
    { 0 }
};

static const struct tend_shape shapes[] = {
    { "person", person },
    { "point", point },
    { "hold", hold },
    { "task", task },
    { "touch", touch },
    { "party", party },
    { "written", written },
    { "effect", effect },
    { "veto", veto },
    { "batch", batch },
    { "command", command },
};

const struct tend_shape *tend_shape_at(int64_t index)
{
    int64_t n = (int64_t)(sizeof shapes / sizeof *shapes);

    return index >= 0 && index < n ? &shapes[index] : NULL;
}

const struct tend_shape *tend_shape_find(const char *name)
{
    const struct tend_shape *shape;

    for (int64_t i = 0; (shape = tend_shape_at(i)) != NULL; i++) {
        if (strcmp(shape->name, name) == 0)
            return shape;
    }
    return NULL;
}

bool tend_member_at(const struct tend_member *members, int64_t index, struct tend_member *member)
{
    for (; members != NULL && members->name != NULL; members++) {
        const struct tend_shape *shape =
            strcmp(members->name, "...") == 0 ? tend_shape_find(members->type) : NULL;
        int64_t n = 0;

        if (shape == NULL && index-- == 0) {
            *member = *members;
            return true;
        }
        for (; shape != NULL && shape->members[n].name != NULL; n++) {
            if (index-- == 0) {
                *member = shape->members[n];
                return true;
            }
        }
    }
    return false;
}
