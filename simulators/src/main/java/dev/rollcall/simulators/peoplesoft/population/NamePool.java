package dev.rollcall.simulators.peoplesoft.population;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names as registrars really meet them: many scripts, marks inside, one letter, far too long. */
public final class NamePool {
  private static final List<String> FIRST =
      List.of(
          "Kevin",
          "Zoë",
          "Siobhán",
          "José María",
          "Nguyễn",
          "Ngũgĩ",
          "Aoife",
          "Łukasz",
          "Søren",
          "Björk",
          "Jean-Luc",
          "D’Angelo",
          "N'Golo",
          "María José",
          "Chloé",
          "Đặng",
          "İbrahim",
          "Wolfgang",
          "Oluwaseun",
          "Thandiwe",
          "Noʻeau",
          "Ö",
          "X",
          "Li",
          "美穂",
          "伟",
          "Юлия",
          "محمد",
          "नेहा",
          "Ελένη",
          "נועה",
          "Anne-Sophie",
          "Mary & Joseph",
          "Renée",
          "Håkon",
          "Šárka",
          "Ioan",
          "Priya",
          "Ana Lúcia",
          "Karl-Friedrich Maximilian Johannes Theodor",
          "Taylor",
          "Amélie",
          "Sinéad",
          "Mehmet",
          "Fatoumata",
          "Jürgen",
          "Kateřina",
          "Vytautė");
  private static final List<String> LAST =
      List.of(
          "Anderson",
          "O'Neil",
          "O’Brien",
          "D'Souza",
          "van der Berg",
          "Smith-Jones",
          "Müller",
          "García Márquez",
          "Nguyễn",
          "Þórsdóttir",
          "Ødegård",
          "Çelik",
          "Škvorecký",
          "Ó Súilleabháin",
          "Lindqvist",
          "Ngũgĩ wa Thiong'o",
          "Nakamura",
          "𠮷田",
          "王",
          "Иванова",
          "الهاشمي",
          "शर्मा",
          "Παπαδόπουλος",
          "כהן",
          "Ng",
          "E",
          "Ł",
          "Nuñez",
          "Saint-Exupéry",
          "de la Cruz y Ortega",
          "McDonald",
          "MacLeòd",
          "Boateng",
          "Dlamini",
          "Tēvita",
          "Marks & Spencer",
          "Öztürk",
          "Kowalczyk",
          "Nagy-Szabó",
          "Žižek",
          "Eriksen",
          "Abdul-Rahman",
          "dos Santos",
          "Bjørnsen",
          "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessen");

  private NamePool() {}

  public static String first(RandomGenerator random) {
    return FIRST.get(random.nextInt(FIRST.size()));
  }

  public static String last(RandomGenerator random) {
    return LAST.get(random.nextInt(LAST.size()));
  }

  static String otherThan(String present, List<String> choices, RandomGenerator random) {
    String other = present;
    while (other.equals(present)) {
      other = choices.get(random.nextInt(choices.size()));
    }
    return other;
  }

  public static String otherLast(String present, RandomGenerator random) {
    return otherThan(present, LAST, random);
  }
}
