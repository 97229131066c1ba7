/* The lists of include/tend/api.def as data, and the proof that the headers say the same:
 * a member of another type, at another place, or in one of the two alone does not compile. */
#define TEND_UNSTABLE
#include "plugin/api.h"
#include <string.h>
#include <tend/plugin.h>
#include <tend/x/channel.h>
#include <tend/x/playbook.h>
#include <tend/x/report.h>
#include <tend/x/store_driver.h>

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

/* Each table once more, made from its list. */
#define TEND_FUNCTION(table, name, level, result, args, doc) result(*name) args;
struct host_list {
    int64_t size;
    int32_t abi, api;
#include <tend/api/host.def>
};
struct text_list {
    uint32_t size, level;
#include <tend/api/text.def>
};
struct read_list {
    uint32_t size, level;
#include <tend/api/read.def>
};
struct make_list {
    uint32_t size, level;
#include <tend/api/make.def>
};
struct command_list {
    uint32_t size, level;
#include <tend/api/command.def>
};
struct source_list {
    uint32_t size, level;
#include <tend/api/source.def>
};
struct http_list {
    uint32_t size, level;
#include <tend/api/http.def>
};
struct file_list {
    uint32_t size, level;
#include <tend/api/file.def>
};
struct secret_list {
    uint32_t size, level;
#include <tend/api/secret.def>
};
struct service_list {
    uint32_t size, level;
#include <tend/api/service.def>
};
#include <tend/api/end.def>

_Static_assert(sizeof(struct host_list) == sizeof(REAL_host), "tend/api/host.def");
_Static_assert(sizeof(struct text_list) == sizeof(REAL_text), "tend/api/text.def");
_Static_assert(sizeof(struct read_list) == sizeof(REAL_read), "tend/api/read.def");
_Static_assert(sizeof(struct make_list) == sizeof(REAL_make), "tend/api/make.def");
_Static_assert(sizeof(struct command_list) == sizeof(REAL_command), "tend/api/command.def");
_Static_assert(sizeof(struct source_list) == sizeof(REAL_source), "tend/api/source.def");
_Static_assert(sizeof(struct http_list) == sizeof(REAL_http), "tend/api/http.def");
_Static_assert(sizeof(struct file_list) == sizeof(REAL_file), "tend/api/file.def");
_Static_assert(sizeof(struct secret_list) == sizeof(REAL_secret), "tend/api/secret.def");
_Static_assert(sizeof(struct service_list) == sizeof(REAL_service), "tend/api/service.def");

#define TEND_FUNCTION(table, name, level, result, args, doc)                               \
    _Static_assert(offsetof(struct table##_list, name) == offsetof(REAL_##table, name) &&  \
                       _Generic(((REAL_##table *)0)->name, result(*) args : 1, default : 0), \
                   "tend/api/" #table ".def and the header differ: " #name);
#include <tend/api.def>


/* The same of the records. */
#define TEND_RECORD(record, level, header) struct record##_list {
#define TEND_RECORD_MEMBER(record, name, level, declaration, doc) declaration;
#define TEND_RECORD_END(record) };
#include <tend/api/records.def>

#define TEND_RECORD_MEMBER(record, name, level, declaration, doc)                             \
    _Static_assert(offsetof(struct record##_list, name) == offsetof(struct record, name) &&   \
                       _Generic(&((struct record *)0)->name,                                  \
                           __typeof__(&((struct record##_list *)0)->name) : 1, default : 0),  \
                   "tend/api/records.def and the header differ: " #record "." #name);
#define TEND_RECORD_END(record)                                              \
    _Static_assert(sizeof(struct record##_list) == sizeof(struct record),    \
                   "tend/api/records.def and the header differ: " #record);
#include <tend/api/records.def>

const struct tend_api_function tend_api_functions[] = {
#define TEND_FUNCTION(table, name, level, result, args, doc) \
    { #table, #name, level, #result, #args, doc },
#include <tend/api.def>
    { 0 },
};

const struct tend_api_lua tend_api_lua[] = {
#define TEND_LUA_OBJECT(object, doc) { #object, NULL, 0, NULL, NULL, "", doc },
#define TEND_LUA_FIELD(object, name, level, type, doc) { #object, #name, level, NULL, type, "", doc },
#define TEND_LUA(object, name, level, params, result, of, doc) \
    { #object, #name, level, params, result, of, doc },
#include <tend/api.def>
    { 0 },
};

const struct tend_api_none tend_api_none[] = {
#define TEND_LUA_NONE(table, name, why) { #table, #name, why },
#include <tend/api.def>
    { 0 },
};

const struct tend_api_member tend_api_members[] = {
#define TEND_RECORD_MEMBER(record, name, level, declaration, doc) \
    { #record, #name, level, #declaration, doc },
#include <tend/api/records.def>
    { 0 },
};

const struct tend_api_kind tend_api_kinds[] = {
#define BOTH true
#define C false
#define STABLE true
#define X false
#define TEND_KIND(kind, level, record, last, languages, standing, header, doc)            \
    { #kind, level, #record, languages, standing, header, doc,                            \
      (int64_t)(offsetof(struct record, last) + sizeof(((struct record *)0)->last)) },
#include <tend/api/kinds.def>
    { 0 },
};

const struct tend_api_kind *tend_api_kind(const char *name)
{
    for (const struct tend_api_kind *kind = tend_api_kinds; kind->name; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}
