/* Prints what plugins of level LEVEL rely on, by the lists of include/tend/api and the
 * headers that it is compiled with: those of today, or the kept ones. A row whose member is
 * not in the header, or is another there, does not compile. */
#include <stdio.h>
#include <tend/plugin.h>

#define AT_0(...) __VA_ARGS__
#if LEVEL >= 1
#define AT_1(...) __VA_ARGS__
#else
#define AT_1(...)
#endif
#if LEVEL >= 2
#define AT_2(...) __VA_ARGS__
#else
#define AT_2(...)
#endif
#if LEVEL >= 3
#define AT_3(...) __VA_ARGS__
#else
#define AT_3(...)
#endif
#define AT_9(...)       /* of tend.x: never frozen */

#define REAL_host struct tend_host
#define REAL_text struct tend_text_api
#define REAL_read struct tend_read_api
#define REAL_make struct tend_make_api
#define REAL_command struct tend_command_api
#define REAL_source struct tend_source_api
#define REAL_http struct tend_http_api
#define REAL_file struct tend_file_api
#define REAL_secret struct tend_secret_api
#define REAL_service struct tend_service_api

#define SAME(struct_, name, type) \
    _Static_assert(_Generic(&((struct_ *)0)->name, type : 1, default : 0), #name " is another");
#define BYTES(struct_, name) sizeof(((struct_ *)0)->name)

int main(void)
{
    printf("abi %d\n", TEND_ABI);
#define TEND_FUNCTION(table, name, level, result, args, doc)                                   \
    AT_##level(SAME(REAL_##table, name, result(**) args) printf(                              \
        "function %s.%s at %zu: %s %s\n", #table, #name, offsetof(REAL_##table, name), #result, \
        #args);)
#define TEND_LUA(object, name, level, params, result, of, doc) \
    AT_##level(printf("lua %s.%s (%s) %s\n", #object, #name, params, result);)
#define TEND_LUA_FIELD(object, name, level, type, doc) \
    AT_##level(printf("lua %s.%s %s\n", #object, #name, type);)
#include <tend/api.def>
#define TEND_RECORD_MEMBER(record, name, level, declaration, doc)                         \
    AT_##level(printf("member %s.%s at %zu, %zu bytes: %s\n", #record, #name,              \
                      offsetof(struct record, name), BYTES(struct record, name), #declaration);)
#include <tend/api/records.def>
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc)                      \
    AT_##level(printf("effect %s is %d: %s, person %s, key %s, in Lua \"%s\"\n", #name,      \
                      (int)TEND_FX_##NAME, #record, #person, #need, lua);)
#define TEND_EFFECT_MEMBER(NAME, record, member, level, lua, type, most, need, doc)            \
    AT_##level(printf("effect %s.%s: %s, at most %lld, %s, in Lua \"%s\"\n", #NAME, #member, #type, \
                      (long long)(most), #need, lua);)
#define TEND_EFFECT_ALIAS(NAME, record, member, lua, type) \
    printf("effect %s.%s is \"%s\" too\n", #NAME, #member, lua);
#include <tend/api/effects.def>
#define TEND_KIND(kind, level, record, last, languages, standing, header, doc)               \
    AT_##level(printf("kind %s: %s, at least %zu bytes, %s\n", #kind, #record,               \
                      offsetof(struct record, last) + BYTES(struct record, last), #languages);)
#include <tend/api/kinds.def>
    return 0;
}
