/* Keys a second, each beside a floor: the same texts read letter by letter. */
#include "base/utf8.h"
#include "desk/normal.h"
#include "desk/people.h"
#include <stdio.h>
#include <time.h>

#define ROUNDS 20000

static const char *const phones[] = {
    "0664/555 12 34",   "+43 664 5551234", "01 555 0001-12",     "(0)1 555 0001",
    "0043 664 5551234", "+49 (0)30 55500", "+1 (212) 555-0103",  "0664 555 1234 ext. 12",
    "06645551234",      "43 664 5551234",  "+44 20 7946 0000",   "+33 6 12 34 56 78",
    "0800 555 123",     "0676/5551234",    "+36 06 20 555 1234", "+5511955551234",
};
static const char *const emails[] = {
    "ann@example.com",          "Ann.Lee@Example.com",   "ann+list@mail.example.org",
    "Ann Lee <ann@example.com>", "mailto:ann@example.com", "jörg@müller.example",
    "a@b@c",                    "n/a",
};

static const char *const names[] = {
    "Ann Lee",          "Lee, Ann",        "Vincent van der Berg", "Mag. Dr. Anna Huber",
    "Robert \"Bob\" Lee", "Ana García López", "山田太郎",             "ANN B LEE",
};

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int64_t made; /* kept, so that nothing is left out */

static void phone(struct tend_text text)
{
    char key[TEND_PHONE_KEY];

    made += tend_normal_phone_key(text, TEND_TEXT("AT"), key);
}

static void email(struct tend_text text)
{
    made += tend_normal_email_part(text).len;
}

static void name(struct tend_text text)
{
    struct tend_text given, family;

    tend_name_split(text, &given, &family);
    made += given.len + family.len;
}

static void letters(struct tend_text text)
{
    int64_t at = 0;

    while (at < text.len)
        made += tend_utf8_next(text, &at);
}

static double rate(void (*one)(struct tend_text), const char *const *texts, int64_t n)
{
    double from = seconds();

    for (int64_t round = 0; round < ROUNDS; round++)
        for (int64_t i = 0; i < n; i++)
            one(tend_text_of(texts[i]));
    return (double)(ROUNDS * n) / (seconds() - from) / 1e6;
}

static void measure(const char *what, void (*one)(struct tend_text), const char *const *texts,
                    int64_t n)
{
    printf("%-7s %6.2f million a second; letter by letter %6.2f\n", what, rate(one, texts, n),
           rate(letters, texts, n));
}

#define N(list) (int64_t)(sizeof(list) / sizeof(list)[0])

int main(void)
{
    measure("phones", phone, phones, N(phones));
    measure("emails", email, emails, N(emails));
    measure("names", name, names, N(names));
    return made == 0;
}
