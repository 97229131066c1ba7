/* Names of one person, as different address books write them: in another order, with an
 * initial, by a short form. The family name alone says nothing: households share it. */
#include "desk/name_like.h"
#include "base/likeness.h"
#include "desk/people.h"

/* Short forms that are no beginnings of the long ones; those need no list. One line a
 * name: whoever is called by one word of it may be called by any other. */
static const char *const short_forms[] = {
    "robert bob bobby rob robbie robin bert",
    "william bill billy will willy liam willi",
    "wilhelm willi willy helmi",
    "richard dick rick ricky rich richie",
    "james jim jimmy jamie",
    "john jack johnny jon",
    "margaret peggy maggie meg greta margarete gretel grete",
    "margarita rita",
    "elizabeth liz lizzie beth betty bess libby eliza lisa elsie elisabeth",
    "elisabeth sissi lisl elsa ella betti lisbeth",
    "katherine kate katie kathy kit catherine cathy kathleen katharina",
    "katharina kathi kati tina kaethe",
    "christina tina chris christa",
    "christine tina chris christl",
    "martina tina",
    "edward ed eddie ted teddy ned",
    "theodore ted teddy theo",
    "henry harry hank heinrich",
    "heinrich heinz heini",
    "charles charlie chuck karl carl",
    "michael mike mick mickey michi mischa",
    "anthony tony",
    "anton toni tony",
    "antonio toni tony",
    "antonia toni",
    "alexander alex sandy sascha sasha lex alec",
    "alexandra alex sandra sandy sasha",
    "joseph joe joey sepp josef",
    "josef sepp seppi pepi jupp joe",
    "josefine pepi fini",
    "johann hans hansi johannes",
    "johannes hans hannes jo",
    "johanna hanna hanni",
    "francis frank",
    "franz franzi",
    "franziska franzi sissi",
    "francisco paco pancho curro",
    "jose pepe",
    "maria mitzi mia marie",
    "mary molly polly mae",
    "susanne susi sanne",
    "susan sue susi susie suzy",
    "anna ann anne annie anni",
    "hanna hannah hanne",
    "sara sarah",
    "matt mat matthew",
    "friedrich fritz fredi",
    "frederick fred freddie",
    "alfred fred fredi al",
    "ludwig lutz wiggerl",
    "georg schorsch jorg",
    "matthias hias matz",
    "sebastian basti wastl bastian",
    "rosemarie romy rosi",
    "gertrude trude gerti trudy",
    "barbara babsi barb babs",
    "veronika vroni",
    "andrew andy drew",
    "andreas andi andy",
    "andrea andi andy",
    "patricia pat patty trish tricia",
    "patrick pat paddy",
    "samuel sam",
    "samantha sam",
    "daniel dan danny",
    "donald don",
    "dorothy dot dottie",
    "dorothea thea doris",
    "eleanor nell ellie nora",
    "helen nell lena",
    "helena lena leni",
    "magdalena lena leni magda",
    "nicholas nick nico klaus",
    "nikolaus nick niki klaus",
    "philip phil pip",
    "rebecca becky",
    "ronald ron",
    "stephen steve",
    "steven steve",
    "sarah sally sadie",
    "thomas tom tommy",
    "timothy tim",
    "virginia ginny ginger",
    "walter wally walt",
    "lawrence larry",
    "leonard lenny leo",
    "gerald gerry jerry",
    "jeremy jerry jez",
    "abigail abby gail",
    "albert al bert bertie",
    "herbert herb bert bertl",
    "benjamin ben benny",
    "bernard bernie",
    "deborah debbie deb",
    "peter pete peterl",
    "eugene gene",
    "harold hal harry",
    "ulrich uli",
    "ulrike uli ulli",
    "wolfgang wolfi wolf",
    "yevgeny zhenya evgeny",
    "ivan vanya",
    "vladimir vova volodya",
    "dmitry dima mitya",
    "jacqueline jackie",
    "isabella bella izzy isa",
    "guadalupe lupe",
    "ignacio nacho",
    "concepcion concha conchita",
    "giuseppe beppe pino peppe",
    "luigi gigi",
    "giovanni gianni",
    "jiri jirka",
    "jan honza",
    "malgorzata gosia",
    "katarzyna kasia",
};

static bool are_short_forms(struct tend_text a, struct tend_text b)
{
    for (size_t i = 0; i < sizeof short_forms / sizeof short_forms[0]; i++) {
        struct tend_text line = tend_text_of(short_forms[i]);

        if (tend_text_has_word(line, a) && tend_text_has_word(line, b))
            return true;
    }
    return false;
}

/* Martin and Martina, Stefan and Stefanie: what makes a woman's name of a man's. */
static bool is_other_sex(struct tend_text shorter, struct tend_text longer)
{
    static const char endings[] = "a e o ia ie ina ine in ette elle ka";
    struct tend_text rest = { longer.at + shorter.len, longer.len - shorter.len };

    return tend_text_has_word(tend_text_of(endings), rest);
}

/* One slip of the pen, but not in the last letter: Mario and Maria are two. */
static bool is_slip(struct tend_text a, struct tend_text b)
{
    if (a.len < 4 || b.len < 4 || a.at[a.len - 1] != b.at[b.len - 1])
        return false;
    return tend_like_edits(a, b) == 1;
}

bool tend_name_given_like(struct tend_text a, struct tend_text b)
{
    struct tend_text shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;

    if (shorter.len == 0 || tend_text_eq(a, b))
        return true;
    if (shorter.at[shorter.len - 1] == '.')
        shorter.len--;
    if (shorter.len == 0)
        return true;
    if (shorter.len == 1)
        return shorter.at[0] == longer.at[0];
    if (shorter.len >= 3 && memcmp(shorter.at, longer.at, (size_t)shorter.len) == 0 &&
        !is_other_sex(shorter, longer))
        return true;
    return is_slip(a, b) || are_short_forms(a, b);
}

/* Folded, its commas and hyphens spaces: the family name stands last, as split. */
struct parts {
    struct tend_text given, family, whole;
};

static struct tend_text plain(struct tend_arena *scratch, struct tend_text text)
{
    struct tend_text fold = tend_text_fold(scratch, text);
    char *at = tend_arena_str(scratch, fold);

    for (int64_t i = 0; i < fold.len; i++) {
        if (at[i] == ',' || at[i] == '-' || at[i] == '\t' || at[i] == '"')
            at[i] = ' ';
    }
    return tend_text_trim((struct tend_text){ at, fold.len });
}

static struct parts parts_of(struct tend_arena *scratch, struct tend_text name)
{
    struct parts p;

    tend_name_split(name, &p.given, &p.family);
    p.given = plain(scratch, p.given);
    p.family = plain(scratch, p.family);
    p.whole = plain(scratch, name);
    return p;
}

static struct tend_text first_word(struct tend_text text)
{
    struct tend_text word = { "", 0 };

    tend_text_word(&text, &word);
    return word;
}

static bool family_like(struct tend_text a, struct tend_text b)
{
    struct tend_like_words words;

    if (a.len == 0 || b.len == 0 || tend_text_eq(a, b))
        return true;
    words = tend_like_words(a, b);
    return words.whole || tend_name_given_like(a, b);
}

bool tend_name_compatible(struct tend_arena *scratch, struct tend_text a, struct tend_text b)
{
    struct parts one, two;
    struct tend_text g, h;

    if (a.len == 0 || b.len == 0 || tend_text_eq(a, b))
        return true;
    one = parts_of(scratch, a);
    two = parts_of(scratch, b);
    if (one.whole.len == 0 || two.whole.len == 0 || tend_like_words(one.whole, two.whole).whole)
        return true;
    g = first_word(one.given);
    h = first_word(two.given);
    if (tend_name_given_like(g, h) && family_like(one.family, two.family))
        return true;
    if (g.len > 2 && tend_text_eq(g, h))        /* married since, or a slip in the family name */
        return true;
    return one.family.len > 0 && two.family.len > 0 &&
           tend_name_given_like(g, first_word(two.family)) &&
           family_like(one.family, two.given);
}
