/* Where the time of a long command goes: its parts, measured when TEND_PARTS is set in
 * the environment, for tests/bench. Else a call is a comparison. */
#ifndef TEND_BASE_PART_H
#define TEND_BASE_PART_H

enum tend_part {
    TEND_PART_REST,
    TEND_PART_PARSE,
    TEND_PART_STAGING,
    TEND_PART_NORMALISE,
    TEND_PART_MATCH,
    TEND_PART_FACTS,
    TEND_PART_JOURNAL,
    TEND_PART_DERIVED,
    TEND_PART_COMMIT,
    TEND_PARTS
};

/* From here on time is this part's; gives the one before, to go back to. */
enum tend_part tend_part_begin(enum tend_part part);
void tend_part_end(enum tend_part before);

#endif
