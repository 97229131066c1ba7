/* Reading batches, for undo. */
#ifndef TEND_STORE_HISTORY_H
#define TEND_STORE_HISTORY_H

#include "store/parts.h"

tend_status tend_history_read(struct tend_store *store, tend_id id, struct tend_arena *arena,
                              struct tend_batch *out);

#endif
