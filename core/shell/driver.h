/* Which store driver opens a URL. */
#ifndef TEND_SHELL_DRIVER_H
#define TEND_SHELL_DRIVER_H

#include "shell/shell.h"

/* url: "SCHEME://...". Its plugin is loaded now, alone, and stays. An unknown scheme
 * is TEND_UNSUPPORTED, with the schemes there are. */
tend_status tend_driver_of(struct tend_shell *shell, const char *url,
                           const struct tend_store_driver **driver);

#endif
