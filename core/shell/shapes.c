/* Objects that several commands print as JSON, by the names that declarations
 * call them. */
#include "base/text.h"
#include "shell/command.h"

static const struct tend_shape shapes[] = {
    { 0 },
};

const struct tend_shape *tend_shape_at(int64_t index)
{
    int64_t n = (int64_t)(sizeof shapes / sizeof *shapes) - 1;

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
