/* Calls through libffi, which is prepared when a plugin is loaded. libffi wants arguments at just their size but
 * writes results a register wide, with upper bits that mean nothing: a result is read
 * by its letter out of a union as wide as a register. */
#include "module/exports.h"
#include "base/text.h"
#include <string.h>

#define NAME_MOST 63
#define ELEMENT_LEAST ((int64_t)(offsetof(struct tend_export, how) + sizeof(int64_t)))
#define ELEMENT_MOST 1024

union slot {
    ffi_arg wide;               /* what libffi writes, at least */
    int32_t i;
    int64_t l;
    double d;
    const char *s;
    void *p;
};

static ffi_type *type_of(char letter)
{
    switch (letter) {
    case 'v':
        return &ffi_type_void;
    case 'b':
    case 'i':
        return &ffi_type_sint32;
    case 'd':
        return &ffi_type_double;
    case 's':
        return &ffi_type_pointer;
    default:
        return &ffi_type_sint64;
    }
}

static bool name_ok(const char *name)
{
    size_t len = name ? strnlen(name, NAME_MOST + 1) : 0;
    const char *const first = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

    if (len == 0 || len > NAME_MOST || !strchr(first, name[0]))
        return false;
    for (size_t i = 1; i < len; i++)
        if (!strchr(first, name[i]) && (name[i] < '0' || name[i] > '9'))
            return false;
    return true;
}

static tend_status prepare(struct tend_function *function, const struct tend_export *from,
                           bool native, struct tend_arena *arena, struct tend_error *err)
{
    struct tend_signature *signature = &function->signature;
    struct tend_error why = { 0 };
    struct tend_text text;

    if (!name_ok(from->name))
        return tend_error_set(err, TEND_INVALID,
                              "it has a function \"%.80s\": the name of a function is made of "
                              "letters, digits and _, at most %d of them, no digit first",
                              from->name ? from->name : "", NAME_MOST);
    text = (struct tend_text){ from->signature,
                               (int64_t)strnlen(from->signature, sizeof from->signature) };
    if (tend_signature_parse(text, signature, &why) != TEND_OK)
        return tend_error_set(err, TEND_INVALID, "its function %s: %s", from->name, why.text);
    if (native && !from->function)
        return tend_error_set(err, TEND_INVALID, "its function %s has no address", from->name);
    function->name = tend_arena_str(arena, tend_text_of(from->name));
    function->doc = tend_arena_str(arena, tend_text_of(from->doc ? from->doc : ""));
    function->text = tend_arena_str(arena, text);
    function->code = native ? from->function : NULL;
    function->types[0] = &ffi_type_pointer;
    for (int32_t i = 0; i < signature->n; i++)
        function->types[i + 1] = type_of(signature->args[i]);
    if (ffi_prep_cif(&function->cif, FFI_DEFAULT_ABI, (unsigned)signature->n + 1,
                     type_of(signature->result), function->types) != FFI_OK)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "its function %s cannot be called on this machine", from->name);
    return TEND_OK;
}

static const struct tend_export *element(const struct tend_export *list, int64_t stride, int64_t i)
{
    return (const struct tend_export *)(const void *)((const char *)list + i * stride);
}

/* How many there are, or what is wrong with their sizes. */
static tend_status count(const struct tend_export *list, int64_t *n, struct tend_error *err)
{
    int64_t stride = list->size;

    for (*n = 0; *n <= TEND_EXPORTS_MOST; ++*n) {
        int64_t size = element(list, stride, *n)->size;

        if (size == 0)
            return TEND_OK;
        if (size != stride || size < ELEMENT_LEAST || size > ELEMENT_MOST || size % 8 != 0)
            return tend_error_set(err, TEND_INVALID,
                                  "entry %lld of its functions has %lld bytes, at least %lld "
                                  "belong: write each with TEND_EXPORT and end the list with "
                                  "TEND_EXPORTS_END",
                                  (long long)(*n + 1), (long long)size, (long long)ELEMENT_LEAST);
    }
    return tend_error_set(err, TEND_LIMIT,
                          "it has more than %d functions, or no TEND_EXPORTS_END behind the last",
                          TEND_EXPORTS_MOST);
}

tend_status tend_functions_prepare(const struct tend_export *list, bool native,
                                   struct tend_arena *arena, struct tend_functions *out,
                                   struct tend_error *err)
{
    tend_status status;
    int64_t n;

    *out = (struct tend_functions){ 0 };
    status = count(list, &n, err);
    if (status != TEND_OK || n == 0)
        return status;
    out->at = tend_arena_take(arena, (size_t)n * sizeof *out->at);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_export *from = element(list, list->size, i);

        status = prepare(&out->at[i], from, native, arena, err);
        if (status == TEND_OK && tend_functions_find(out, from->name))
            status = tend_error_set(err, TEND_EXISTS, "it has two functions \"%s\"", from->name);
        if (status != TEND_OK)
            return status;
        out->n++;
    }
    return TEND_OK;
}

const struct tend_function *tend_functions_find(const struct tend_functions *functions,
                                                const char *name)
{
    for (int64_t i = 0; i < functions->n; i++)
        if (strcmp(functions->at[i].name, name) == 0)
            return &functions->at[i];
    return NULL;
}

static void put(char letter, const struct tend_any *arg, union slot *slot)
{
    if (letter == 'd')
        slot->d = arg->is.real;
    else if (letter == 's')
        slot->s = arg->is.text;
    else if (letter == 'i' || letter == 'b')
        slot->i = (int32_t)arg->is.number;
    else
        slot->l = arg->is.number;
}

static void take(char letter, const union slot *slot, struct tend_any *result)
{
    result->as = letter;
    switch (letter) {
    case 'd':
        result->is.real = slot->d;
        break;
    case 's':
        result->is.text = slot->s;
        break;
    case 'i':
        result->is.number = (int32_t)(uint32_t)slot->wide;
        break;
    case 'b':
        result->is.number = (uint32_t)slot->wide != 0;
        break;
    case 'v':
        result->is.number = 0;
        break;
    default:
        result->is.number = slot->l;
    }
}

void tend_function_call(const struct tend_function *function, struct tend_ctx *ctx,
                        const struct tend_any *args, struct tend_any *result)
{
    const struct tend_signature *signature = &function->signature;
    union slot slots[TEND_EXPORT_ARGS + 1], answer;
    void *at[TEND_EXPORT_ARGS + 1];

    slots[0].p = ctx;
    at[0] = &slots[0];
    for (int32_t i = 0; i < signature->n; i++) {
        put(signature->args[i], &args[i], &slots[i + 1]);
        at[i + 1] = &slots[i + 1];
    }
    /* libffi only reads the interface, but does not say so in its prototype */
    ffi_call((ffi_cif *)(uintptr_t)&function->cif, function->code, &answer, at);
    take(signature->result, &answer, result);
}
