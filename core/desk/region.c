/* The dialling rules of the world in one table: calling codes, the digit that
 * is dialled before a national number, and what is dialled to get abroad. Facts
 * of the numbering plans (ITU-T E.164 and national notices), rewritten here. */
#include "desk/region.h"
#include <string.h>

#define N_REGIONS ((int64_t)(sizeof regions / sizeof regions[0]))

/* In the order of calling codes as texts; the main region of a code first. */
static const struct tend_region regions[] = {
    { "US", "1", "1", "011", 10, false }, { "CA", "1", "1", "011", 10, false },
    { "AG", "1", "1", "011", 10, false }, { "AI", "1", "1", "011", 10, false },
    { "AS", "1", "1", "011", 10, false }, { "BB", "1", "1", "011", 10, false },
    { "BM", "1", "1", "011", 10, false }, { "BS", "1", "1", "011", 10, false },
    { "DM", "1", "1", "011", 10, false }, { "DO", "1", "1", "011", 10, false },
    { "GD", "1", "1", "011", 10, false }, { "GU", "1", "1", "011", 10, false },
    { "JM", "1", "1", "011", 10, false }, { "KN", "1", "1", "011", 10, false },
    { "KY", "1", "1", "011", 10, false }, { "LC", "1", "1", "011", 10, false },
    { "MP", "1", "1", "011", 10, false }, { "MS", "1", "1", "011", 10, false },
    { "PR", "1", "1", "011", 10, false }, { "SX", "1", "1", "011", 10, false },
    { "TC", "1", "1", "011", 10, false }, { "TT", "1", "1", "011", 10, false },
    { "VC", "1", "1", "011", 10, false }, { "VG", "1", "1", "011", 10, false },
    { "VI", "1", "1", "011", 10, false }, { "EG", "20", "0", "", 0, false },
    { "SS", "211", "0", "", 9, false }, { "MA", "212", "0", "", 9, false },
    { "EH", "212", "0", "", 9, false }, { "DZ", "213", "0", "", 0, false },
    { "TN", "216", "", "", 8, false }, { "LY", "218", "0", "", 9, false },
    { "GM", "220", "", "", 7, false }, { "SN", "221", "", "", 9, false },
    { "MR", "222", "", "", 8, false }, { "ML", "223", "", "", 8, false },
    { "GN", "224", "", "", 9, false }, { "CI", "225", "", "", 10, true },
    { "BF", "226", "", "", 8, false }, { "NE", "227", "", "", 8, false },
    { "TG", "228", "", "", 8, false }, { "BJ", "229", "", "", 10, true },
    { "MU", "230", "", "020", 0, false }, { "LR", "231", "0", "", 0, false },
    { "SL", "232", "0", "", 8, false }, { "GH", "233", "0", "", 9, false },
    { "NG", "234", "0", "009", 0, false }, { "TD", "235", "", "", 8, false },
    { "CF", "236", "", "", 8, false }, { "CM", "237", "", "", 9, false },
    { "CV", "238", "", "", 7, false }, { "ST", "239", "", "", 7, false },
    { "GQ", "240", "", "", 9, false }, { "GA", "241", "", "", 8, true },
    { "CG", "242", "", "", 9, true }, { "CD", "243", "0", "", 9, false },
    { "AO", "244", "", "", 9, false }, { "GW", "245", "", "", 9, false },
    { "IO", "246", "", "", 7, false }, { "AC", "247", "", "", 0, false },
    { "SC", "248", "", "", 7, false }, { "SD", "249", "0", "", 9, false },
    { "RW", "250", "0", "", 9, false }, { "ET", "251", "0", "", 9, false },
    { "SO", "252", "0", "", 0, false }, { "DJ", "253", "", "", 8, false },
    { "KE", "254", "0", "000", 9, false }, { "TZ", "255", "0", "000", 9, false },
    { "UG", "256", "0", "000", 9, false }, { "BI", "257", "", "", 8, false },
    { "MZ", "258", "", "", 0, false }, { "ZM", "260", "0", "", 9, false },
    { "MG", "261", "0", "", 9, false }, { "RE", "262", "0", "", 9, false },
    { "YT", "262", "0", "", 9, false }, { "ZW", "263", "0", "", 0, false },
    { "NA", "264", "0", "", 0, false }, { "MW", "265", "0", "", 0, false },
    { "LS", "266", "", "", 8, false }, { "BW", "267", "", "", 0, false },
    { "SZ", "268", "", "", 0, false }, { "KM", "269", "", "", 7, false },
    { "ZA", "27", "0", "", 9, false }, { "SH", "290", "", "", 0, false },
    { "TA", "290", "", "", 0, false }, { "ER", "291", "0", "", 7, false },
    { "AW", "297", "", "", 7, false }, { "FO", "298", "", "", 6, false },
    { "GL", "299", "", "", 6, false }, { "GR", "30", "", "", 10, false },
    { "NL", "31", "0", "", 9, false }, { "BE", "32", "0", "", 0, false },
    { "FR", "33", "0", "", 9, false }, { "ES", "34", "", "", 9, false },
    { "GI", "350", "", "", 8, false }, { "PT", "351", "", "", 9, false },
    { "LU", "352", "", "", 0, false }, { "IE", "353", "0", "", 9, false },
    { "IS", "354", "", "", 7, false }, { "AL", "355", "0", "", 9, false },
    { "MT", "356", "", "", 8, false }, { "CY", "357", "", "", 8, false },
    { "FI", "358", "0", "", 0, false }, { "AX", "358", "0", "", 0, false },
    { "BG", "359", "0", "", 0, false }, { "HU", "36", "06", "", 0, false },
    { "LT", "370", "0", "", 8, false }, { "LV", "371", "", "", 8, false },
    { "EE", "372", "", "", 0, false }, { "MD", "373", "0", "", 8, false },
    { "AM", "374", "0", "", 8, false }, { "BY", "375", "8", "810", 9, false },
    { "AD", "376", "", "", 0, false }, { "MC", "377", "0", "", 0, false },
    { "SM", "378", "", "", 0, true }, { "UA", "380", "0", "", 9, false },
    { "RS", "381", "0", "", 0, false }, { "ME", "382", "0", "", 8, false },
    { "XK", "383", "0", "", 0, false }, { "HR", "385", "0", "", 0, false },
    { "SI", "386", "0", "", 8, false }, { "BA", "387", "0", "", 0, false },
    { "MK", "389", "0", "", 8, false }, { "IT", "39", "", "", 0, true },
    { "VA", "39", "", "", 0, true }, { "RO", "40", "0", "", 9, false },
    { "CH", "41", "0", "", 9, false }, { "CZ", "420", "", "", 9, false },
    { "SK", "421", "0", "", 9, false }, { "LI", "423", "", "", 7, false },
    { "AT", "43", "0", "", 0, false }, { "GB", "44", "0", "", 10, false },
    { "GG", "44", "0", "", 10, false }, { "IM", "44", "0", "", 10, false },
    { "JE", "44", "0", "", 10, false }, { "DK", "45", "", "", 8, false },
    { "SE", "46", "0", "", 0, false }, { "NO", "47", "", "", 8, false },
    { "SJ", "47", "", "", 8, false }, { "PL", "48", "", "", 9, false },
    { "DE", "49", "0", "", 0, false }, { "FK", "500", "", "", 5, false },
    { "BZ", "501", "", "", 7, false }, { "GT", "502", "", "", 8, false },
    { "SV", "503", "", "", 8, false }, { "HN", "504", "", "", 8, false },
    { "NI", "505", "", "", 8, false }, { "CR", "506", "", "", 8, false },
    { "PA", "507", "", "", 0, false }, { "PM", "508", "0", "", 6, false },
    { "HT", "509", "", "", 8, false }, { "PE", "51", "0", "", 9, false },
    { "MX", "52", "01", "", 10, false }, { "CU", "53", "0", "119", 0, false },
    { "AR", "54", "0", "", 10, false }, { "BR", "55", "0", "", 0, false },
    { "CL", "56", "", "", 9, false }, { "CO", "57", "0", "", 10, false },
    { "VE", "58", "0", "", 10, false }, { "GP", "590", "0", "", 9, false },
    { "BL", "590", "0", "", 9, false }, { "MF", "590", "0", "", 9, false },
    { "BO", "591", "0", "", 8, false }, { "GY", "592", "", "001", 7, false },
    { "EC", "593", "0", "", 9, false }, { "GF", "594", "0", "", 9, false },
    { "PY", "595", "0", "", 9, false }, { "MQ", "596", "0", "", 9, false },
    { "SR", "597", "", "", 0, false }, { "UY", "598", "0", "", 8, false },
    { "CW", "599", "", "", 0, false }, { "BQ", "599", "", "", 0, false },
    { "MY", "60", "0", "", 0, false }, { "AU", "61", "0", "001", 9, false },
    { "CC", "61", "0", "001", 9, false }, { "CX", "61", "0", "001", 9, false },
    { "ID", "62", "0", "001", 0, false }, { "PH", "63", "0", "", 10, false },
    { "NZ", "64", "0", "", 0, false }, { "SG", "65", "", "001", 8, false },
    { "TH", "66", "0", "001", 9, false }, { "TL", "670", "", "", 0, false },
    { "NF", "672", "", "", 6, false }, { "BN", "673", "", "", 7, false },
    { "NR", "674", "", "", 7, false }, { "PG", "675", "", "", 0, false },
    { "TO", "676", "", "", 0, false }, { "SB", "677", "", "", 0, false },
    { "VU", "678", "", "", 0, false }, { "FJ", "679", "", "", 7, false },
    { "PW", "680", "", "011", 7, false }, { "WF", "681", "", "", 6, false },
    { "CK", "682", "", "", 5, false }, { "NU", "683", "", "", 0, false },
    { "WS", "685", "", "", 0, false }, { "KI", "686", "0", "", 0, false },
    { "NC", "687", "", "", 6, false }, { "TV", "688", "", "", 0, false },
    { "PF", "689", "", "", 8, false }, { "TK", "690", "", "", 0, false },
    { "FM", "691", "", "", 7, false }, { "MH", "692", "", "011", 7, false },
    { "RU", "7", "8", "810", 10, false }, { "KZ", "7", "8", "810", 10, false },
    { "", "800", "", "", 8, false }, { "", "808", "", "", 8, false },
    { "JP", "81", "0", "010", 10, false }, { "KR", "82", "0", "001", 0, false },
    { "VN", "84", "0", "", 9, false }, { "KP", "850", "0", "", 0, false },
    { "HK", "852", "", "001", 8, false }, { "MO", "853", "", "", 8, false },
    { "KH", "855", "0", "001", 0, false }, { "LA", "856", "0", "", 0, false },
    { "CN", "86", "0", "", 11, false }, { "", "870", "", "", 9, false },
    { "", "878", "", "", 12, false }, { "BD", "880", "0", "", 10, false },
    { "", "881", "", "", 9, false }, { "", "882", "", "", 0, false },
    { "", "883", "", "", 0, false }, { "TW", "886", "0", "002", 0, false },
    { "", "888", "", "", 11, false }, { "TR", "90", "0", "", 10, false },
    { "IN", "91", "0", "", 10, false }, { "PK", "92", "0", "", 10, false },
    { "AF", "93", "0", "", 9, false }, { "LK", "94", "0", "", 9, false },
    { "MM", "95", "0", "", 0, false }, { "MV", "960", "", "", 7, false },
    { "LB", "961", "0", "", 0, false }, { "JO", "962", "0", "", 9, false },
    { "SY", "963", "0", "", 9, false }, { "IQ", "964", "0", "", 10, false },
    { "KW", "965", "", "", 8, false }, { "SA", "966", "0", "", 9, false },
    { "YE", "967", "0", "", 9, false }, { "OM", "968", "", "", 8, false },
    { "PS", "970", "0", "", 9, false }, { "AE", "971", "0", "", 9, false },
    { "IL", "972", "0", "", 9, false }, { "BH", "973", "", "", 8, false },
    { "QA", "974", "", "", 8, false }, { "BT", "975", "", "", 0, false },
    { "MN", "976", "0", "001", 8, false }, { "NP", "977", "0", "", 10, false },
    { "", "979", "", "", 9, false }, { "IR", "98", "0", "", 10, false },
    { "TJ", "992", "", "810", 9, false }, { "TM", "993", "8", "810", 8, false },
    { "AZ", "994", "0", "", 9, false }, { "GE", "995", "0", "", 9, false },
    { "KG", "996", "0", "", 9, false }, { "UZ", "998", "", "", 9, false },
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const struct tend_region *tend_region_find(struct tend_text code)
{
    if (code.len != 2)
        return NULL;
    for (int64_t i = 0; i < N_REGIONS; i++) {
        if (regions[i].code[0] == upper(code.at[0]) && regions[i].code[1] == upper(code.at[1]))
            return &regions[i];
    }
    return NULL;
}

/* The first region of exactly this calling code. */
static const struct tend_region *find_calling(const char *calling)
{
    int64_t low = 0, high = N_REGIONS;

    while (low < high) {
        int64_t mid = low + (high - low) / 2;

        if (strcmp(regions[mid].calling, calling) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < N_REGIONS && strcmp(regions[low].calling, calling) == 0 ? &regions[low] : NULL;
}

const struct tend_region *tend_region_calling(struct tend_text digits)
{
    /* no calling code is the beginning of another */
    for (int64_t len = 1; len <= 3 && len <= digits.len; len++) {
        char calling[4] = { 0 };
        const struct tend_region *found;

        memcpy(calling, digits.at, (size_t)len);
        found = find_calling(calling);
        if (found)
            return found;
    }
    return NULL;
}
