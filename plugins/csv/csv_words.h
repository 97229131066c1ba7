/* The table of labels; for csv_label.c alone. */
#ifndef CSV_WORDS_H
#define CSV_WORDS_H

#include "csv.h"

extern const struct csv_label csv_words[];
extern const int64_t csv_n_words;

#endif
