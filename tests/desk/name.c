/* The parts of names, by culture. Covers tend_name_split, tend_name_split_in,
 * tend_name_asian. */
#include "world.h"

static void splits_in(const char *name, const char *region, const char *given, const char *family)
{
    struct tend_text g, f;

    tend_name_split_in(tend_text_of(name), tend_text_of(region), &g, &f);
    if (!tend_text_is(g, given) || !tend_text_is(f, family))
        print_message("# %s: given \"%.*s\" (%s), family \"%.*s\" (%s)\n", name, TEND_FMT(g), given,
                      TEND_FMT(f), family);
    assert_true(tend_text_is(g, given));
    assert_true(tend_text_is(f, family));
}

static void splits(const char *name, const char *given, const char *family)
{
    struct tend_text g, f;

    splits_in(name, "", given, family);
    tend_name_split(tend_text_of(name), &g, &f);
    assert_true(tend_text_is(g, given) && tend_text_is(f, family));
}

static void plain(void **state)
{
    (void)state;
    splits("Ann Lee", "Ann", "Lee");
    splits("Ann Marie Lee", "Ann", "Lee");
    splits("Ann M. Lee", "Ann", "Lee");
    splits("A. Lee", "A.", "Lee");
    splits("J.R. Lee", "J.R.", "Lee");
    splits("  Ann\tLee ", "Ann", "Lee");
    splits("Madonna", "Madonna", "");
    splits("", "", "");
    splits("   ", "", "");
    splits("Søren Kierkegård", "Søren", "Kierkegård");
    splits("Ann B.", "Ann", "B.");
    splits("Ann Smith-Lee", "Ann", "Smith-Lee");
    splits("Jean-Luc Moreau", "Jean-Luc", "Moreau");
    splits("ann@example.com", "ann@example.com", "");
    splits("Ann 🌸 Lee", "Ann", "Lee");
    splits("Ann - Lee", "Ann", "Lee");
    splits("a b c d e f g h i j k l m n o p q r s t", "a b c d e f g h i j k l m n o p q r s t", "");
}

static void commas(void **state)
{
    (void)state;
    splits("Lee, Ann", "Ann", "Lee");
    splits("Lee,Ann Marie", "Ann", "Lee");
    splits("Lee,", "", "Lee");
    splits(",Ann", "Ann", "");
    splits("van Dyke, Ann", "Ann", "van Dyke");
    splits("García López, Juan Carlos", "Juan Carlos", "García López");
    splits("LEE JR, PETER A", "PETER", "LEE");
    splits("Lee, Dr. Ann", "Ann", "Lee");
    splits("Lee, Ann, MD", "Ann", "Lee");
    splits("Ann Lee, MD", "Ann", "Lee");
    splits("Ann Lee, PhD, MBA", "Ann", "Lee");
    splits("Ann Lee,", "Ann", "Lee");
    splits("Lee, Ann and Bob", "Ann", "Lee");
}

static void titles_and_suffixes(void **state)
{
    (void)state;
    splits("Dr. Ann Lee", "Ann", "Lee");
    splits("Mag. Dr. Anna Huber", "Anna", "Huber");
    splits("Dipl.-Ing. Josef Gruber", "Josef", "Gruber");
    splits("Univ.-Prof. Dr. Eva Moser, MSc", "Eva", "Moser");
    splits("Frau Eva Moser", "Eva", "Moser");
    splits("Herr Moser", "", "Moser");
    splits("Mrs. Lee", "", "Lee");
    splits("Sir Ian", "Ian", "");
    splits("Sr. Juan Pérez", "Juan", "Pérez");
    splits("Peter Lee Sr.", "Peter", "Lee");
    splits("Peter Lee Jr.", "Peter", "Lee");
    splits("Peter Lee III", "Peter", "Lee");
    splits("Ann Lee PhD", "Ann", "Lee");
    splits("Ann Lee M.D.", "Ann", "Lee");
    splits("Ann Lee Esq.", "Ann", "Lee");
    splits("Ann Lee, attorney at law", "Ann", "Lee");
    splits("Peter Lee attorney at law", "Peter", "Lee");
    splits("Jack Ma", "Jack", "Ma");
    splits("State Senator Ann Lee", "Ann", "Lee");
    splits("Don Smith", "Don", "Smith");
}

static void particles(void **state)
{
    (void)state;
    splits("Vincent van der Berg", "Vincent", "van der Berg");
    splits("Anna von und zu Hohenberg", "Anna", "von und zu Hohenberg");
    splits("Maria de la Cruz", "Maria", "de la Cruz");
    splits("Ann Van Dyke", "Ann", "Van Dyke");
    splits("van Dyke", "", "van Dyke");
    splits("Leonardo da Rossi", "Leonardo", "da Rossi");
    splits("Luca Dello Russo", "Luca", "Dello Russo");
    splits("Ana da Silva Santos", "Ana", "da Silva Santos");
    splits("Charles d'Arbois", "Charles", "d'Arbois");
    splits("Ahmad bin Abdullah", "Ahmad", "bin Abdullah");
    splits("Siti binti Ahmad", "Siti", "binti Ahmad");
    splits("Khalid bin Salman Al Harbi", "Khalid", "bin Salman Al Harbi");
    splits("Omar al-Masri", "Omar", "al-Masri");
    splits("Omar Al Masri", "Omar", "Al Masri");
    splits("Abdul Rahman Khan", "Abdul Rahman", "Khan");
    splits("Jan ten Have", "Jan", "ten Have");
    splits("Jeroen 't Hooft", "Jeroen", "'t Hooft");
    splits("La Shawn Lee", "La Shawn", "Lee");
    splits("Al Lee", "Al", "Lee");
    splits("Kevin O'Neal", "Kevin", "O'Neal");
    splits("Kevin Mc Donald", "Kevin", "Mc Donald");
    splits("Kevin Mac Rae", "Kevin", "Mac Rae");
    splits("Robert St. Amant", "Robert", "St. Amant");
    splits("Patrick James O Meara", "Patrick", "O Meara");
    splits("John O Smith", "John", "Smith");
}

static void two_surnames(void **state)
{
    (void)state;
    splits("Ana García López", "Ana", "García López");
    splits("Juan Carlos Pérez Gómez", "Juan Carlos", "Pérez Gómez");
    splits("María José Ruiz", "María José", "Ruiz");
    splits("José Ortega y Gasset", "José", "Ortega y Gasset");
    splits("María del Carmen Ruiz Díaz", "María", "Ruiz Díaz");
    splits("Ana López de la Vega", "Ana", "López de la Vega");
    splits("Ana Silva Santos", "Ana", "Silva Santos");
    splits("Ann Brown Miller", "Ann", "Miller"); /* not surely two surnames */
}

static void capitals(void **state)
{
    (void)state;
    splits("LEE Ann", "Ann", "LEE");
    splits("DUPONT Jean Claude", "Jean Claude", "DUPONT");
    splits("VAN DYKE Ann", "Ann", "VAN DYKE");
    splits("Jean DUPONT", "Jean", "DUPONT");
    splits("Maria GARCIA NAVARRO", "Maria", "GARCIA NAVARRO");
    splits("LI Wei", "Wei", "LI");
    splits("JP Miller", "JP", "Miller");
    splits("DJ Miller", "DJ", "Miller");
    splits("ANN LEE", "ANN", "LEE");
    splits("ann lee", "ann", "lee");
    splits("SMITH PETER A", "PETER", "SMITH");
    splits("MS ANN B LEE", "ANN", "LEE");
}

static void nicknames(void **state)
{
    (void)state;
    splits("Robert \"Bob\" Lee", "Robert", "Lee");
    splits("Robert 'Bob' Lee", "Robert", "Lee");
    splits("Robert (Bob) Lee", "Robert", "Lee");
    splits("Robert “Big Bob” Lee", "Robert", "Lee");
    splits("Robert „Bob“ Lee", "Robert", "Lee");
    splits("Robert Lee (Bob)", "Robert", "Lee");
    splits("Lee, Robert (Bob)", "Robert", "Lee");
    splits("Robert [Sales] Lee", "Robert", "Lee");
}

static void couples(void **state)
{
    (void)state;
    splits("Ann & Bob Lee", "Ann", "Lee");
    splits("Ann and Bob Lee", "Ann", "Lee");
    splits("Eva und Max Moser", "Eva", "Moser");
    splits("Mr. and Mrs. Max Lee", "Max", "Lee");
    splits("Mr & Mrs Lee", "", "Lee");
    splits("Ann Lee & Bob Day", "Ann", "Lee");
    splits("Peter T. or Ann R. Lee", "Peter", "Lee");
    splits("Dr. Lee & Dr. Day", "", "Lee");
}

static void east_asia(void **state)
{
    (void)state;
    splits("王小明", "小明", "王");
    splits("欧阳修文", "修文", "欧阳");
    splits("山田 太郎", "太郎", "山田");
    splits("山田太郎", "太郎", "山田");
    splits("山田　花子様", "花子", "山田");
    splits("さくら", "さくら", "");
    splits("김민수", "민수", "김");
    splits("남궁민수", "민수", "남궁");
    splits("김 민수", "민수", "김");
    splits("ジョン・スミス", "ジョン", "スミス");
    splits("Nguyen Van An", "An", "Nguyen");
    splits("An Van Nguyen", "An", "Nguyen");
    splits("Wei Li", "Wei", "Li");
}

static void told(void **state)
{
    (void)state;
    splits_in("Nagy Anna", "HU", "Anna", "Nagy");
    splits_in("Dr. Nagy Anna Mária", "hu", "Anna Mária", "Nagy");
    splits_in("Nagy, Anna", "HU", "Anna", "Nagy");
    splits_in("Nagy Anna", "AT", "Nagy", "Anna");
}

static void other_writing(void **state)
{
    (void)state;
    splits("Иван Петров", "Иван", "Петров");
    splits("Петров, Иван", "Иван", "Петров");
    splits("Ιωάννης Παππάς", "Ιωάννης", "Παππάς");
    splits("محمد الحسن", "محمد", "الحسن");
    splits("Ðorđe Ivić", "Ðorđe", "Ivić");
}

static void firms(void **state)
{
    (void)state;
    splits("Huber GmbH", "Huber GmbH", "");
    splits("Lee & Sons Ltd.", "Lee & Sons Ltd.", "");
    splits("Acme, Inc.", "Acme, Inc.", "");
    splits("University of Somewhere", "University of Somewhere", "");
    splits("Moser Consulting", "Moser Consulting", "");
    splits("Hotel Moser", "Hotel Moser", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),        cmocka_unit_test(commas),
        cmocka_unit_test(titles_and_suffixes), cmocka_unit_test(particles),
        cmocka_unit_test(two_surnames), cmocka_unit_test(capitals),
        cmocka_unit_test(nicknames),    cmocka_unit_test(couples),
        cmocka_unit_test(east_asia),    cmocka_unit_test(told),
        cmocka_unit_test(other_writing), cmocka_unit_test(firms),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
