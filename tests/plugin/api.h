/* Every function of the public API has a good and a bad call. The prototypes
 * come from include/tend/api.def, and so does the table that runs them: an
 * entry without its two functions does not build. */
#ifndef TEND_TESTS_PLUGIN_API_H
#define TEND_TESTS_PLUGIN_API_H

#include "world.h"

#define TEND_FUNCTION(table, name, level, result, args, doc)                      \
    void good_##table##_##name(struct world *w);                                  \
    void bad_##table##_##name(struct world *w);
#include <tend/api.def>

#endif
