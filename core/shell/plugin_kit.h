/* What the commands for authors of plugins share. */
#ifndef TEND_SHELL_PLUGIN_KIT_H
#define TEND_SHELL_PLUGIN_KIT_H

#include "shell/shell.h"

/* The folder of the examples; NULL where they are not installed. */
const char *tend_shell_examples(struct tend_arena *arena);
/* A prompt in a database in memory; see kit/kit.h. */
extern const struct tend_kit_prompt tend_plugin_prompt;

#endif
