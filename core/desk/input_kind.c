/* Files that are no text, whatever they are called: told by their first bytes, with what to
 * do, since "it has NULs" helps nobody. */
#include "desk/input.h"
#include <string.h>

static const struct {
    const char *bytes;
    int len;
    const char *is, *cure;
} kinds[] = {
    { "%PDF-", 5, "a PDF", "export the people as CSV or vCard where they come from" },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "a workbook of an old Excel",
      "open it, save it as CSV UTF-8, and import that" },
    { "!BDN", 4, "an Outlook data file (PST)",
      "in Outlook: File, Open & Export, Export to a file, Comma Separated Values" },
    { "\x1F\x8B", 2, "packed with gzip", "zcat FILE | tend import -" },
    { "BZh", 3, "packed with bzip2", "bzcat FILE | tend import -" },
    { "\xFD" "7zXZ", 5, "packed with xz", "xzcat FILE | tend import -" },
    { "\x28\xB5\x2F\xFD", 4, "packed with zstd", "zstdcat FILE | tend import -" },
    { "7z\xBC\xAF", 4, "a 7z archive", "unpack it, and import the files in it" },
    { "Rar!", 4, "a RAR archive", "unpack it, and import the files in it" },
    { "SQLite format 3", 15, "an SQLite database",
      "write its table as CSV with sqlite3, and import that" },
    { "\x89PNG", 4, "a picture", "export the people as CSV or vCard" },
    { "\xFF\xD8\xFF", 3, "a picture", "export the people as CSV or vCard" },
    { "{\\rtf", 5, "a document (RTF)", "save it as plain text" },
    { "bplist", 6, "a property list of Apple's",
      "export the people as vCard: Contacts, File, Export" },
};

static bool holds(const unsigned char *at, int64_t len, const char *word)
{
    size_t n = strlen(word);

    for (int64_t i = 0; i + (int64_t)n <= len; i++) {
        if (at[i] == (unsigned char)word[0] && memcmp(at + i, word, n) == 0)
            return true;
    }
    return false;
}

static tend_status is_zip(const char *name, const unsigned char *at, int64_t len,
                          struct tend_error *err)
{
    const char *is = "a ZIP archive", *cure = "unpack it, and import the files in it";

    if (holds(at, len, "xl/")) {
        is = "an Excel workbook (XLSX)";
        cure = "open it, save it as CSV UTF-8, and import that";
    } else if (holds(at, len, "opendocument.spreadsheet")) {
        is = "a spreadsheet (ODS)";
        cure = "open it, save it as CSV, and import that";
    } else if (holds(at, len, "Index/") && holds(at, len, ".iwa")) {
        is = "a spreadsheet of Numbers";
        cure = "open it, File, Export To, CSV, and import that";
    } else if (holds(at, len, "word/")) {
        is = "a document (DOCX)";
        cure = "save it as plain text";
    }
    tend_error_set(err, TEND_INVALID, "%s is %s, whatever its name says: a file of text was "
                   "expected", name, is);
    tend_error_cure(err, "%s", cure);
    return TEND_INVALID;
}

tend_status tend_input_kind(const char *name, const unsigned char *at, int64_t len,
                            struct tend_error *err)
{
    if (len >= 4 && (memcmp(at, "PK\3\4", 4) == 0 || memcmp(at, "PK\5\6", 4) == 0))
        return is_zip(name, at, len, err);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (len < kinds[i].len || memcmp(at, kinds[i].bytes, (size_t)kinds[i].len) != 0)
            continue;
        tend_error_set(err, TEND_INVALID, "%s is %s, whatever its name says: a file of text was "
                       "expected", name, kinds[i].is);
        tend_error_cure(err, "%s", kinds[i].cure);
        return TEND_INVALID;
    }
    return TEND_OK;
}
