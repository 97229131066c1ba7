/* The Lua host's one door: a runtime for files that end in .lua.
 *
 * One state a plugin, with a cap on its memory. Its code runs in coroutines
 * only, resumed at one place. A call past its budget is stopped by a yield
 * from the hook, which nothing in Lua can catch; its coroutine is dropped and
 * never run again. The environment is built from a list of what is allowed. */
#ifndef TEND_LUA_HOST_H
#define TEND_LUA_HOST_H

#include "plugin/runtime.h"

extern const struct tend_runtime tend_lua_runtime;

#define TEND_LUA_MEMORY (32 * 1024 * 1024) /* bytes a plugin may hold */

#endif
