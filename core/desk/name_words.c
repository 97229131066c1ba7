/* Words within names that are no names, or that belong together: titles,
 * suffixes, particles, firms. In one table, so that each word is looked up once. */
#include "desk/name_parts.h"
#include <stdlib.h>
#include <string.h>

#define TITLE TEND_NAME_TITLE
#define TITLE_GIVEN TEND_NAME_TITLE_GIVEN
#define STATE TEND_NAME_STATE
#define SUFFIX TEND_NAME_SUFFIX
#define SUFFIX_WEAK TEND_NAME_SUFFIX_WEAK
#define PARTICLE TEND_NAME_PARTICLE
#define PARTICLE_SMALL TEND_NAME_PARTICLE_SMALL
#define SON TEND_NAME_SON
#define JOIN TEND_NAME_JOIN
#define FIRM TEND_NAME_FIRM
#define FIRM_WORD TEND_NAME_FIRM_WORD
#define GIVEN_PART TEND_NAME_GIVEN_PART
#define VIET TEND_NAME_VIET
#define SHORT_FAMILY TEND_NAME_SHORT_FAMILY
#define LATIN TEND_NAME_LATIN
#define DEVOUT TEND_NAME_DEVOUT
#define SPANISH TEND_NAME_SPANISH
#define ES_FIRST (1u << TEND_NAME_FIRST)
#define FR_FIRST (2u << TEND_NAME_FIRST)
#define EN_FIRST (4u << TEND_NAME_FIRST)
#define DE_FIRST (8u << TEND_NAME_FIRST)
#define ES_SECOND (1u << TEND_NAME_SECOND)
#define FR_SECOND (2u << TEND_NAME_SECOND)
#define EN_SECOND (4u << TEND_NAME_SECOND)
#define DE_SECOND (8u << TEND_NAME_SECOND)

struct entry {
    char word[16];
    uint32_t flags;
};

/* Lower case, without dots and accents, in the order of bytes. */
static const struct entry entries[] = {
    { "2nd", SUFFIX }, { "3rd", SUFFIX }, { "abd", GIVEN_PART }, { "abdel", GIVEN_PART },
    { "abdul", GIVEN_PART }, { "abdur", GIVEN_PART }, { "acosta", LATIN }, { "af", PARTICLE_SMALL },
    { "ag", FIRM }, { "agency", FIRM_WORD }, { "aguilar", LATIN }, { "aia", SUFFIX },
    { "aiacsi", SUFFIX }, { "al", PARTICLE }, { "alberto", ES_SECOND }, { "alderman", TITLE },
    { "almeida", LATIN }, { "alonso", LATIN }, { "alvarez", LATIN }, { "alves", LATIN },
    { "ambassador", TITLE }, { "an", SHORT_FAMILY }, { "ana", ES_FIRST }, { "and", JOIN },
    { "andre", FR_SECOND }, { "andres", ES_SECOND }, { "angel", ES_SECOND }, { "angeles", DEVOUT },
    { "ann", EN_SECOND }, { "anna", DE_FIRST }, { "anne", FR_FIRST | EN_SECOND },
    { "antonio", ES_SECOND }, { "ap", PARTICLE_SMALL }, { "araujo", LATIN },
    { "architect", SUFFIX }, { "arias", LATIN }, { "arq", TITLE }, { "association", FIRM_WORD },
    { "attorney", TITLE | SUFFIX }, { "atty", SUFFIX }, { "auf", PARTICLE_SMALL },
    { "av", PARTICLE_SMALL }, { "avv", TITLE }, { "azevedo", LATIN }, { "ba", SUFFIX_WEAK },
    { "bakk", SUFFIX }, { "bank", FIRM_WORD }, { "baptiste", FR_SECOND }, { "barbosa", LATIN },
    { "barros", LATIN }, { "be", SUFFIX_WEAK }, { "belen", ES_SECOND }, { "ben", PARTICLE_SMALL },
    { "beth", EN_SECOND }, { "bin", SON }, { "bint", SON }, { "binte", SON }, { "binti", SON },
    { "blanco", LATIN }, { "brother", TITLE | TITLE_GIVEN }, { "bs", SUFFIX_WEAK },
    { "bsc", SUFFIX }, { "bsn", SUFFIX }, { "bui", VIET }, { "bv", FIRM }, { "caballero", LATIN },
    { "cabrera", LATIN }, { "calvo", LATIN }, { "campos", LATIN }, { "cano", LATIN },
    { "capt", TITLE }, { "captain", TITLE }, { "cardoso", LATIN },
    { "carlos", ES_FIRST | ES_SECOND }, { "carmen", DEVOUT }, { "carrasco", LATIN },
    { "carvalho", LATIN }, { "castillo", LATIN }, { "castro", LATIN }, { "cavalcanti", LATIN },
    { "cbe", SUFFIX }, { "ccim", SUFFIX }, { "cfp", SUFFIX }, { "chavez", LATIN },
    { "christian", DE_SECOND }, { "christophe", FR_SECOND }, { "claude", FR_SECOND },
    { "club", FIRM_WORD }, { "col", TITLE }, { "colonel", TITLE }, { "company", FIRM },
    { "congressman", TITLE }, { "congresswoman", TITLE }, { "consuelo", DEVOUT },
    { "consulting", FIRM_WORD }, { "contreras", LATIN }, { "corp", FIRM }, { "corporation", FIRM },
    { "correia", LATIN }, { "cortes", LATIN }, { "costa", LATIN }, { "councilman", TITLE },
    { "councilwoman", TITLE }, { "cpa", SUFFIX }, { "crna", SUFFIX }, { "cruz", LATIN },
    { "csi", SUFFIX }, { "cunha", LATIN }, { "da", PARTICLE }, { "dal", PARTICLE },
    { "dalla", PARTICLE }, { "dame", TITLE | TITLE_GIVEN }, { "dang", VIET }, { "das", PARTICLE },
    { "datuk", TITLE }, { "dc", SUFFIX_WEAK }, { "dds", SUFFIX }, { "de", PARTICLE | GIVEN_PART },
    { "degli", PARTICLE }, { "del", PARTICLE }, { "dela", PARTICLE }, { "delgado", LATIN },
    { "della", PARTICLE }, { "dello", PARTICLE }, { "delos", PARTICLE }, { "den", PARTICLE },
    { "der", PARTICLE }, { "des", PARTICLE }, { "dhr", TITLE }, { "di", PARTICLE },
    { "dias", LATIN }, { "diaz", LATIN }, { "dieter", DE_SECOND }, { "diez", LATIN },
    { "dinh", VIET }, { "dios", DEVOUT }, { "dipling", TITLE }, { "diplom", TITLE },
    { "dkfm", TITLE }, { "dmd", SUFFIX },
    { "do", SUFFIX_WEAK | PARTICLE_SMALL | VIET | SHORT_FAMILY }, { "doctor", TITLE },
    { "doctors", TITLE }, { "dolores", DEVOUT }, { "dominguez", LATIN }, { "dos", PARTICLE },
    { "dott", TITLE }, { "dottssa", TITLE }, { "dphil", SUFFIX }, { "dpt", SUFFIX },
    { "dr", TITLE }, { "dra", TITLE }, { "drmed", SUFFIX }, { "drph", SUFFIX }, { "drs", TITLE },
    { "du", PARTICLE | SHORT_FAMILY }, { "duong", VIET }, { "dvm", SUFFIX },
    { "e", PARTICLE_SMALL }, { "ed", SUFFIX_WEAK }, { "edd", SUFFIX }, { "eduardo", ES_SECOND },
    { "el", PARTICLE | GIVEN_PART }, { "elena", ES_SECOND }, { "ellen", EN_SECOND },
    { "encik", TITLE }, { "eng", TITLE }, { "enrique", ES_SECOND }, { "escobar", LATIN },
    { "espinosa", LATIN }, { "espinoza", LATIN }, { "esq", SUFFIX }, { "esquire", SUFFIX },
    { "et", JOIN }, { "eu", FIRM }, { "eugenia", ES_SECOND }, { "ev", FIRM }, { "facs", SUFFIX },
    { "father", TITLE | TITLE_GIVEN }, { "fatima", DEVOUT }, { "fernanda", ES_SECOND },
    { "fernandes", LATIN }, { "fernandez", LATIN }, { "fernando", ES_SECOND },
    { "ferreira", LATIN }, { "flores", LATIN }, { "fnp", SUFFIX }, { "foundation", FIRM_WORD },
    { "fr", SUFFIX_WEAK }, { "francisco", ES_FIRST }, { "francois", FR_SECOND },
    { "franz", DE_FIRST }, { "frau", TITLE }, { "fraulein", TITLE }, { "frcp", SUFFIX },
    { "frcs", SUFFIX }, { "freitas", LATIN }, { "fuentes", LATIN }, { "gallego", LATIN },
    { "garcia", LATIN }, { "garrido", LATIN }, { "gemeinde", FIRM_WORD }, { "geom", TITLE },
    { "georg", DE_SECOND }, { "gesmbh", FIRM }, { "gil", LATIN }, { "gmbh", FIRM },
    { "gomes", LATIN }, { "gomez", LATIN }, { "goncalves", LATIN }, { "gonzalez", LATIN },
    { "governor", TITLE }, { "gri", SUFFIX }, { "group", FIRM_WORD }, { "gu", SHORT_FAMILY },
    { "guadalupe", DEVOUT }, { "guerrero", LATIN }, { "gutierrez", LATIN }, { "guzman", LATIN },
    { "hans", DE_FIRST }, { "he", SHORT_FAMILY }, { "heinz", DE_SECOND }, { "hernandez", LATIN },
    { "herr", TITLE }, { "herrera", LATIN }, { "ho", VIET | SHORT_FAMILY }, { "hoang", VIET },
    { "holding", FIRM }, { "holdings", FIRM }, { "hon", TITLE }, { "honorable", TITLE },
    { "hons", SUFFIX_WEAK }, { "hospital", FIRM_WORD }, { "hotel", FIRM_WORD }, { "hr", TITLE },
    { "hu", SHORT_FAMILY }, { "huynh", VIET }, { "i", SUFFIX_WEAK }, { "ibn", SON },
    { "iglesias", LATIN }, { "ignacio", ES_SECOND }, { "ii", SUFFIX }, { "iii", SUFFIX },
    { "imam", TITLE }, { "inc", FIRM }, { "incorporated", FIRM }, { "ing", TITLE },
    { "institut", FIRM_WORD }, { "institute", FIRM_WORD }, { "isabel", ES_SECOND },
    { "iv", SUFFIX }, { "jacques", FR_SECOND }, { "javier", ES_SECOND }, { "jd", SUFFIX },
    { "jean", FR_FIRST }, { "jesus", DEVOUT | ES_SECOND }, { "jimenez", LATIN },
    { "jo", EN_FIRST | EN_SECOND }, { "joachim", DE_SECOND }, { "jorge", ES_FIRST },
    { "jose", ES_FIRST | ES_SECOND }, { "josef", DE_SECOND }, { "jr", SUFFIX },
    { "juan", ES_FIRST }, { "judge", TITLE }, { "juergen", DE_SECOND }, { "jun", SUFFIX },
    { "junior", SUFFIX }, { "jurgen", DE_SECOND }, { "karl", DE_FIRST }, { "kay", EN_SECOND },
    { "kbe", SUFFIX }, { "kft", FIRM }, { "kg", FIRM }, { "ko", SHORT_FAMILY },
    { "la", PARTICLE | GIVEN_PART }, { "lady", TITLE | TITLE_GIVEN }, { "las", PARTICLE },
    { "laure", FR_SECOND }, { "lcsw", SUFFIX }, { "le", PARTICLE | VIET | SHORT_FAMILY },
    { "lena", DE_SECOND }, { "leon", LATIN }, { "li", SHORT_FAMILY }, { "lic", TITLE },
    { "lieutenant", TITLE }, { "lima", LATIN }, { "limited", FIRM }, { "llb", SUFFIX },
    { "llc", FIRM }, { "llm", SUFFIX }, { "llp", FIRM }, { "lncc", SUFFIX }, { "lo", PARTICLE },
    { "lopes", LATIN }, { "lopez", LATIN }, { "lord", TITLE | TITLE_GIVEN }, { "los", PARTICLE },
    { "lou", EN_SECOND }, { "louis", FR_SECOND }, { "lourdes", DEVOUT }, { "lozano", LATIN },
    { "lp", FIRM }, { "lt", TITLE }, { "ltd", FIRM }, { "lu", SHORT_FAMILY }, { "luc", FR_SECOND },
    { "luis", ES_FIRST | ES_SECOND }, { "luisa", ES_SECOND }, { "ly", VIET },
    { "ma", SUFFIX_WEAK | SHORT_FAMILY }, { "mac", PARTICLE }, { "machado", LATIN },
    { "madam", TITLE }, { "madame", TITLE }, { "mag", TITLE }, { "manuel", ES_SECOND },
    { "mar", DEVOUT }, { "marc", FR_SECOND }, { "marco", ES_FIRST },
    { "maria", ES_FIRST | ES_SECOND | DE_SECOND }, { "marie", FR_FIRST }, { "marin", LATIN },
    { "marques", LATIN }, { "marquez", LATIN }, { "martin", LATIN }, { "martinez", LATIN },
    { "martins", LATIN }, { "mary", EN_FIRST }, { "mas", SUFFIX }, { "mayor", TITLE },
    { "mba", SUFFIX }, { "mbe", SUFFIX }, { "mbh", FIRM }, { "mc", PARTICLE }, { "md", SUFFIX },
    { "mds", SUFFIX }, { "mdsc", SUFFIX }, { "medina", LATIN }, { "melo", LATIN },
    { "mendes", LATIN }, { "mendez", LATIN }, { "mendoza", LATIN }, { "meneer", TITLE },
    { "mercedes", DEVOUT }, { "mevr", TITLE }, { "mevrouw", TITLE }, { "michel", FR_SECOND },
    { "miguel", ES_FIRST | ES_SECOND }, { "minister", TITLE }, { "miranda", LATIN },
    { "miss", TITLE }, { "mister", TITLE }, { "mlle", TITLE }, { "mmag", TITLE }, { "mme", TITLE },
    { "molina", LATIN }, { "monsieur", TITLE }, { "monteiro", LATIN }, { "morales", LATIN },
    { "moreira", LATIN }, { "moreno", LATIN }, { "moura", LATIN }, { "mph", SUFFIX },
    { "mr", TITLE }, { "mrs", TITLE }, { "ms", TITLE | SUFFIX_WEAK }, { "msc", SUFFIX },
    { "msw", SUFFIX }, { "munoz", LATIN }, { "mw", TITLE }, { "mx", TITLE },
    { "na", PARTICLE_SMALL }, { "nascimento", LATIN }, { "navarro", LATIN }, { "ng", SHORT_FAMILY },
    { "ngo", VIET }, { "nguyen", VIET }, { "nieto", LATIN }, { "noel", FR_SECOND },
    { "np", SUFFIX_WEAK }, { "nunes", LATIN }, { "nunez", LATIN }, { "nv", FIRM },
    { "o", PARTICLE }, { "obe", SUFFIX }, { "od", SUFFIX_WEAK }, { "of", PARTICLE_SMALL },
    { "office", FIRM_WORD }, { "og", FIRM }, { "oh", SHORT_FAMILY }, { "ohg", FIRM },
    { "oliveira", LATIN }, { "op", PARTICLE_SMALL }, { "or", JOIN }, { "ortega", LATIN },
    { "ortiz", LATIN }, { "oy", FIRM }, { "pa", SUFFIX_WEAK }, { "pablo", ES_SECOND },
    { "pan", TITLE }, { "pani", TITLE }, { "partners", FIRM_WORD }, { "pastor", TITLE },
    { "paul", FR_SECOND }, { "pe", SUFFIX_WEAK }, { "pena", LATIN }, { "pereira", LATIN },
    { "perez", LATIN }, { "peter", DE_SECOND }, { "pham", VIET }, { "phan", VIET },
    { "pharmd", SUFFIX }, { "phd", SUFFIX }, { "philippe", FR_SECOND },
    { "pierre", FR_FIRST | FR_SECOND }, { "pilar", DEVOUT }, { "pinto", LATIN }, { "plc", FIRM },
    { "prieto", LATIN }, { "prof", TITLE }, { "professor", TITLE }, { "psyd", SUFFIX },
    { "pty", FIRM }, { "puan", TITLE }, { "rabbi", TITLE }, { "ramirez", LATIN },
    { "ramos", LATIN }, { "realtor", SUFFIX }, { "refugio", DEVOUT }, { "remedios", DEVOUT },
    { "rep", TITLE }, { "representative", TITLE }, { "restaurant", FIRM_WORD }, { "ret", SUFFIX },
    { "rev", TITLE }, { "reverend", TITLE }, { "reyes", LATIN }, { "ribeiro", LATIN },
    { "rivera", LATIN }, { "rn", SUFFIX }, { "rocha", LATIN }, { "rodrigues", LATIN },
    { "rodriguez", LATIN }, { "rojas", LATIN }, { "romero", LATIN }, { "rosa", ES_FIRST },
    { "rosario", DEVOUT }, { "rubio", LATIN }, { "ruiz", LATIN }, { "s", PARTICLE_SMALL },
    { "saint", PARTICLE }, { "salazar", LATIN }, { "san", PARTICLE }, { "sanchez", LATIN },
    { "santa", PARTICLE }, { "santana", LATIN }, { "santos", LATIN }, { "sanz", LATIN },
    { "sarl", FIRM }, { "sc", SUFFIX }, { "schule", FIRM_WORD }, { "sen", SUFFIX_WEAK },
    { "senator", TITLE }, { "senior", SUFFIX }, { "senor", TITLE }, { "senora", TITLE },
    { "sergeant", TITLE }, { "serrano", LATIN }, { "services", FIRM_WORD }, { "sgt", TITLE },
    { "shri", TITLE | TITLE_GIVEN }, { "sig", TITLE }, { "signor", TITLE }, { "signora", TITLE },
    { "silva", LATIN }, { "sir", TITLE | TITLE_GIVEN }, { "sister", TITLE | TITLE_GIVEN },
    { "smt", TITLE | TITLE_GIVEN }, { "society", FIRM_WORD }, { "socorro", DEVOUT },
    { "solutions", FIRM_WORD }, { "sophie", FR_SECOND }, { "soto", LATIN }, { "sousa", LATIN },
    { "souza", LATIN }, { "spa", FIRM }, { "sr", SUFFIX }, { "sra", TITLE }, { "srl", FIRM },
    { "sro", FIRM }, { "srta", TITLE }, { "st", PARTICLE }, { "state", STATE },
    { "stiftung", FIRM_WORD }, { "studio", FIRM_WORD }, { "su", SHORT_FAMILY }, { "suarez", LATIN },
    { "sue", EN_SECOND }, { "systems", FIRM_WORD }, { "t", PARTICLE_SMALL },
    { "te", PARTICLE_SMALL }, { "team", FIRM_WORD }, { "technologies", FIRM_WORD },
    { "teixeira", LATIN }, { "ten", PARTICLE_SMALL }, { "ter", PARTICLE }, { "teresa", ES_SECOND },
    { "therese", FR_SECOND }, { "torres", LATIN }, { "tran", VIET }, { "truong", VIET },
    { "trustee", SUFFIX }, { "trustees", SUFFIX }, { "ttee", SUFFIX }, { "ttees", SUFFIX },
    { "tuan", TITLE }, { "und", JOIN }, { "univ", TITLE }, { "universitat", FIRM_WORD },
    { "universite", FIRM_WORD }, { "university", FIRM_WORD }, { "univprof", TITLE },
    { "usaf", SUFFIX }, { "usmc", SUFFIX }, { "usn", SUFFIX }, { "v", SUFFIX_WEAK },
    { "valdez", LATIN }, { "valladares", LATIN }, { "van", PARTICLE }, { "vande", PARTICLE },
    { "vander", PARTICLE }, { "vargas", LATIN }, { "vazquez", LATIN }, { "vega", LATIN },
    { "velasquez", LATIN }, { "velazquez", LATIN }, { "verein", FIRM_WORD }, { "vi", SUFFIX_WEAK },
    { "victoria", ES_SECOND }, { "vidal", LATIN }, { "vieira", LATIN },
    { "vo", VIET | SHORT_FAMILY }, { "vom", PARTICLE }, { "von", PARTICLE }, { "vu", VIET },
    { "werner", DE_SECOND }, { "wu", SHORT_FAMILY }, { "xu", SHORT_FAMILY }, { "y", SPANISH },
    { "ye", SHORT_FAMILY }, { "yu", SHORT_FAMILY }, { "yves", FR_SECOND }, { "zu", PARTICLE_SMALL },
    { "zum", PARTICLE }, { "zur", PARTICLE },
};

uint32_t tend_name_flags(const char *word)
{
    size_t low = 0, high = sizeof entries / sizeof entries[0];

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(entries[mid].word, word);

        if (order == 0)
            return entries[mid].flags;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}
