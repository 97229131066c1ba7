/* Output that is longer than the screen goes through a pager; what fits is
 * printed as it is. Only at a terminal that can show one. */
#ifndef TEND_SHELL_PAGER_H
#define TEND_SHELL_PAGER_H

#include "shell/shell.h"

/* Around one command: in between, what it prints is kept until it is known whether
 * it fits. Harmless without a terminal. */
void tend_pager_begin(struct tend_shell *shell);
void tend_pager_end(struct tend_shell *shell);
/* What was kept goes out, and the rest of this command straight to the terminal:
 * before something is asked, or another program writes there. */
void tend_pager_release(struct tend_shell *shell);

#endif
