/* Where in a file the people are: one a line, in an array, or in an array somewhere within an
 * object ({"data":{"contacts":[...]}}). Found in the first block, before anything is read. */
#include "json.h"
#include <string.h>

#define ITEMS 5         /* of a list that are looked at */

static const struct json_node *at(const struct json_tree *tree, int32_t i)
{
    return i > 0 ? &tree->nodes[i] : NULL;
}

static const struct json_node *first_of(const struct json_tree *tree, const struct json_node *node)
{
    return at(tree, node->child);
}

bool json_is_card(const struct json_tree *tree, const struct json_node *node)
{
    const struct json_node *name = node->kind == JSON_ARRAY ? first_of(tree, node) : NULL;
    const struct json_node *list = name != NULL ? at(tree, name->next) : NULL;

    return list != NULL && name->kind == JSON_STRING && name->text.len == 5 &&
           memcmp(name->text.at, "vcard", 5) == 0 && list->kind == JSON_ARRAY;
}

/* Does a key of it say how to call or to reach somebody? */
static bool is_person(struct tend_ctx *ctx, const struct json_tree *tree,
                      const struct json_node *node, int32_t depth)
{
    if (json_is_card(tree, node))
        return true;
    if (node->kind != JSON_OBJECT)
        return false;
    for (const struct json_node *m = first_of(tree, node); m; m = at(tree, m->next)) {
        const struct json_word *word = json_word(ctx, m->key);
        enum json_field field = word != NULL ? word->field : JSON_UNKNOWN;

        if ((field >= JSON_NAME && field <= JSON_FAMILY) || field == JSON_EMAIL ||
            field == JSON_PHONE)
            return true;
        if (field == JSON_WRAP && depth < 3 && is_person(ctx, tree, m, depth + 1))
            return true;
    }
    return false;
}

static bool has_people(struct tend_ctx *ctx, const struct json_tree *tree,
                       const struct json_node *list)
{
    int32_t n = 0;

    for (const struct json_node *item = first_of(tree, list); item && n < ITEMS;
         item = at(tree, item->next), n++) {
        if (is_person(ctx, tree, item, 0))
            return true;
    }
    return false;
}

static bool has_objects(const struct json_tree *tree, const struct json_node *list)
{
    const struct json_node *item = first_of(tree, list);

    return item == NULL || item->kind == JSON_OBJECT || json_is_card(tree, item);
}

static bool is_key(struct tend_text key)
{
    return key.len > 0 && memchr(key.at, '\\', (size_t)key.len) == NULL &&
           memchr(key.at, '"', (size_t)key.len) == NULL;
}

/* Finds the list below an object. known: only one whose name says that it is a list. */
static const struct json_node *find_list(struct tend_ctx *ctx, const struct json_tree *tree,
                                         const struct json_node *object, bool known,
                                         struct json_shape *shape, int32_t depth)
{
    for (const struct json_node *m = first_of(tree, object); m; m = at(tree, m->next)) {
        bool named = json_list_word(ctx, m->key);
        const struct json_node *list = NULL;

        if (!is_key(m->key))
            continue;
        if (m->kind == JSON_ARRAY && has_objects(tree, m) &&
            (known ? named : m->child > 0 && has_people(ctx, tree, m)))
            list = m;
        else if (m->kind == JSON_OBJECT && depth + 1 < JSON_PATH && (!known || named))
            list = find_list(ctx, tree, m, known, shape, depth + 1);
        if (list == NULL)
            continue;
        shape->path[depth] = m->key;
        if (shape->n < depth + 1)
            shape->n = depth + 1;
        return list;
    }
    return NULL;
}

static bool is_tend(const struct json_tree *tree, const struct json_node *person)
{
    return person->kind == JSON_OBJECT && json_member(tree, person, "uid") &&
           json_member(tree, person, "stages") && json_member(tree, person, "holds") &&
           json_member(tree, person, "attributes");
}

static void look_at(struct tend_ctx *ctx, const struct json_tree *tree, struct json_shape *shape)
{
    const struct json_node *root = &tree->nodes[0], *list = NULL;

    if (root->kind == JSON_ARRAY && !json_is_card(tree, root)) {
        shape->list = true;
        list = root;
    } else if (root->kind == JSON_OBJECT) {
        list = find_list(ctx, tree, root, true, shape, 0);
        if (list == NULL && !is_person(ctx, tree, root, 0))
            list = find_list(ctx, tree, root, false, shape, 0);
        shape->list = list != NULL;
    }
    shape->people = list != NULL ? has_people(ctx, tree, list) : is_person(ctx, tree, root, 0);
    if (list != NULL && list->child > 0)
        root = first_of(tree, list);
    shape->tend = is_tend(tree, root);
    shape->cards = json_is_card(tree, root);
    shape->google = json_member(tree, root, "resourceName") && json_member(tree, root, "names");
}

/* Is there a value a line? A line of its own must end where the value does. */
static bool is_lines(const struct json_tree *tree, struct tend_text head)
{
    struct tend_text rest = head;
    int32_t n = 0;

    if (memchr(head.at, '\n', (size_t)tree->used) != NULL || tree->cut)
        return false;
    rest.at += tree->used;
    rest.len -= tree->used;
    for (int64_t i = 0; i < rest.len; i++) {
        char c = rest.at[i];

        n += c == '\n';
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != ',' && c != '\x1e')
            return n > 0 && (c == '{' || c == '[');
    }
    return false;
}

/* The first line is wrong in itself; do the others look like values? */
static bool looks_like_lines(struct tend_text head)
{
    int64_t begin = 0, good = 0, n = 0;

    for (int64_t i = 0; i < head.len && n < 20; i++) {
        if (head.at[i] != '\n')
            continue;
        n++;
        while (begin < i && (head.at[begin] == ' ' || head.at[begin] == '\r'))
            begin++;
        good += i - begin > 4 && head.at[begin] == '{' && memchr(head.at + i - 3, '}', 3) != NULL;
        begin = i + 1;
    }
    return good > 1 && good * 2 > n;
}

tend_status json_shape_guess(struct tend_ctx *ctx, struct tend_text head, struct json_shape *shape)
{
    struct json_tree tree = { 0 };
    tend_status status = json_tree_parse(&tree, head, true);

    *shape = (struct json_shape){ 0 };
    if (tree.n > 0) /* also what stands before a mistake tells */
        look_at(ctx, &tree, shape);
    if (shape->n == 0 && !shape->list)
        shape->lines = status == TEND_OK ? is_lines(&tree, head) : looks_like_lines(head);
    for (int32_t i = 0; i < shape->n; i++) /* what had escapes lies in the tree: is_key */
        if (shape->path[i].at < head.at || shape->path[i].at >= head.at + head.len)
            shape->n = 0;
    json_tree_finish(&tree);
    return status;
}
