/* Countries that share a calling code, told apart by the digits behind it: a
 * number of Toronto is not one of the United States. */
#include "desk/region.h"
#include <string.h>

struct area {
    const char *code, *calling;
    const char *begins; /* what national numbers there begin with, with spaces between */
};

/* As far as whole blocks of numbers belong to one of them. */
static const struct area areas[] = {
    { "CA", "1",
      "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 "
      "438 450 460 468 474 506 514 519 537 548 568 579 581 584 587 600 604 613 622 633 639 644 "
      "647 655 672 677 683 688 705 709 742 753 778 780 782 807 819 825 851 867 873 879 902 905 "
      "942" },
    { "AG", "1", "268" },
    { "AI", "1", "264" },
    { "AS", "1", "684" },
    { "BB", "1", "246" },
    { "BM", "1", "441" },
    { "BS", "1", "242" },
    { "DM", "1", "767" },
    { "DO", "1", "809 829 849" },
    { "GD", "1", "473" },
    { "GU", "1", "671" },
    { "JM", "1", "658 876" },
    { "KN", "1", "869" },
    { "KY", "1", "345" },
    { "LC", "1", "758" },
    { "MP", "1", "670" },
    { "MS", "1", "664" },
    { "PR", "1", "787 939" },
    { "SX", "1", "721" },
    { "TC", "1", "649" },
    { "TT", "1", "868" },
    { "VC", "1", "784" },
    { "VG", "1", "284" },
    { "VI", "1", "340" },
    { "EH", "212", "5288 5289" },
    { "YT", "262", "269 639" },
    { "TA", "290", "8" },
    { "AX", "358", "18" },
    { "VA", "39", "06698" },
    { "GG", "44", "1481 7781 7839 7911" },
    { "IM", "44", "1624 7524 7624 7924 74576" },
    { "JE", "44", "1534 7509 7797 7829 7937" },
    { "SJ", "47", "79" },
    { "BL", "590", "59027" },
    { "MF", "590", "59029 59052 59077 59087" },
    { "BQ", "599", "3 4 7" },
    { "CC", "61", "89162" },
    { "CX", "61", "89164" },
    { "KZ", "7", "6 7 33622" },
};

static bool any_begins(const char *list, struct tend_text digits)
{
    while (*list) {
        size_t len = strcspn(list, " ");

        if (digits.len >= (int64_t)len && memcmp(digits.at, list, len) == 0)
            return true;
        list += len;
        list += strspn(list, " ");
    }
    return false;
}

const struct tend_region *tend_region_of(struct tend_text digits)
{
    const struct tend_region *main_region = tend_region_calling(digits);
    struct tend_text rest;
    int64_t calling;

    if (!main_region)
        return NULL;
    calling = (int64_t)strlen(main_region->calling);
    rest = (struct tend_text){ digits.at + calling, digits.len - calling };
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        if (strcmp(areas[i].calling, main_region->calling) == 0 &&
            any_begins(areas[i].begins, rest))
            return tend_region_find((struct tend_text){ areas[i].code, 2 });
    }
    return main_region;
}
