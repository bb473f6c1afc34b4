package dev.rollcall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.spi.RoleCatalog.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The affiliation CSV in all the forms it comes in. */
class RoleFileTest {

  private static final List<Role> TWO = List.of(role("STUDENT", "Student"), role("STAFF", "Staff"));

  private static Role role(String name, @Nullable String description) {
    return new Role(name, description);
  }

  private static List<Role> read(String text) throws IOException {
    return RoleFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static InputStream stream(Stream<String> parts) {
    Iterator<String> each = parts.iterator();
    return new InputStream() {
      private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);

      private void next() {
        while (part.available() == 0 && each.hasNext()) {
          part = new ByteArrayInputStream(each.next().getBytes(StandardCharsets.UTF_8));
        }
      }

      @Override
      public int read() {
        next();
        return part.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        next();
        return part.read(bytes, offset, length);
      }
    };
  }

  private static void refused(String text, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RoleFile.Unreadable.class)
        .satisfies(said -> assertThat(said.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void columnsAreSeparatedByCommaSemicolonOrTab(String separator) throws IOException {
    String file = "SCC_AFL_CODE|SCC_AFL_DESCR\nSTUDENT|Student\nSTAFF|Staff\n";

    assertThat(read(file.replace("|", separator))).isEqualTo(TWO);
    assertThat(read("STUDENT|Student\nSTAFF|Staff".replace("|", separator))).isEqualTo(TWO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCC_AFL_CODE",
        "AFFILIATION_CODE",
        "Affiliation Code",
        "affiliation code",
        "AFFILIATION",
        "CODE",
        " Code ",
        "\"Affiliation Code\""
      })
  void theColumnOfTheCodeIsFoundByItsName(String name) throws IOException {
    assertThat(read("Institution," + name + ",Description\nPSUNV,STUDENT,Student\n"))
        .containsExactly(role("STUDENT", "Student"));
  }

  @Test
  void theMostExactNameCounts() throws IOException {
    assertThat(read("Code,SCC_AFL_CODE,Descr,Description\n1,STUDENT,x,Student"))
        .containsExactly(role("STUDENT", "Student"));
  }

  @Test
  void aHeaderWithoutDescriptionIsEnough() throws IOException {
    assertThat(read("EMPLID,Affiliation Code\n1,STUDENT\n2,STAFF\n"))
        .containsExactly(role("STUDENT", null), role("STAFF", null));
  }

  @Test
  void withoutHeaderTheFirstColumnIsTheCodeAndTheLastTheDescription() throws IOException {
    assertThat(read("STUDENT")).containsExactly(role("STUDENT", null));
    assertThat(read("STUDENT,PSUNV,Student\nSTAFF\n"))
        .containsExactly(role("STUDENT", "Student"), role("STAFF", null));
  }

  @Test
  void byteOrderMarkLineEndsQuotesAndBlanksMeanNothing() throws IOException {
    String file =
        "\ufeff\"SCC_AFL_CODE\" ; \"SCC_AFL_DESCR\"\r\n\r\n \"STUDENT\";\"Student\"\r\n"
            + "  STAFF  ;Staff  \r\n;\r\n";

    assertThat(read(file)).isEqualTo(TWO);
    assertThat(read(file.replace("\r\n", "\r"))).isEqualTo(TWO);
  }

  @Test
  void whatIsQuotedMayHoldSeparatorsQuotesAndLineEnds() throws IOException {
    assertThat(read("CODE,DESCR\nSTUDENT,\"a \"\"student\"\",\r\n enrolled; now\"\n"))
        .containsExactly(role("STUDENT", "a \"student\", enrolled; now"));
    assertThat(read("\"A,B\";Text\n")).containsExactly(role("A,B", "Text"));
  }

  @Test
  void everyCodeCountsOnceWithItsFirstDescriptionAndBlankOnesNotAtAll() throws IOException {
    assertThat(
            read("CODE,DESCR\nSTUDENT,\n,Nobody\nSTAFF,Staff\nSTUDENT,Student\n \nSTUDENT,Other\n"))
        .containsExactly(role("STUDENT", "Student"), role("STAFF", "Staff"));
  }

  @Test
  void codesAreTextsAndTheirCaseCounts() throws IOException {
    assertThat(read("CODE\n001\n1\nStaff\nSTAFF\n"))
        .extracting(Role::name)
        .containsExactly("001", "1", "Staff", "STAFF");
  }

  @Test
  void emptyColumnsAtTheEndOfARowAreNothing() throws IOException {
    assertThat(read("CODE,DESCR,\nSTUDENT,Student,,,\nSTAFF,Staff\n")).isEqualTo(TWO);
  }

  @Test
  void aMalformedRowIsToldWithItsLine() {
    refused("CODE,DESCR\nSTUDENT,\"Stu\"dent\n", "line 2", "quoted");
    refused("CODE,DESCR\nSTUDENT,Student\n\nSTAFF,\"Staff\nALUMNI,Alumni\n", "line 4", "quoted");
    refused("CODE,DESCR\nSTUDENT,a student, enrolled\n", "line 2", "3 columns", "has 2");
    refused("CODE,DESCR\nSTUDENT,\"two\nlines\"\nSTAFF\n", "line 4", "1 columns", "has 2");
    refused("STUDENT,Student\nSTAFF,Staff,too\n", "line 2", "3 columns");
    refused("CODE\nSTUDENT\nA\u0007B\n", "line 3", "control");
    refused("CODE\nSTUDENT\n" + "x".repeat(255), "line 3", "longer than 254");
    refused("CODE,DESCR\nA," + "x".repeat(1001), "line 2", "longer than 1000");
  }

  @Test
  void aFileWithoutAnyCodeIsRefused() {
    refused("", "no affiliation codes");
    refused("\ufeff\r\n\r\n", "no affiliation codes");
    refused("SCC_AFL_CODE,DESCR\n,\n", "no affiliation codes");
  }

  @Test
  void anotherEncodingIsRefused() {
    byte[] latin = "CODE,DESCR\nSTUDENT,\u00c9tudiant\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> RoleFile.read(new ByteArrayInputStream(latin)))
        .isInstanceOf(RoleFile.Unreadable.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aQuoteThatIsNeverClosedDoesNotFillTheMemory() {
    InputStream endless =
        stream(Stream.concat(Stream.of("CODE\nA\n\""), Stream.generate(() -> "x".repeat(1000))));

    assertThatThrownBy(() -> RoleFile.read(endless))
        .isInstanceOf(RoleFile.Unreadable.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("quote");
  }

  @Test
  void aFileOfEverybodysAffiliationsIsReadWithoutKeepingIt() throws IOException {
    InputStream everybody =
        stream(
            Stream.concat(
                Stream.of("EMPLID,SCC_AFL_CODE\n"),
                IntStream.range(0, 300_000).mapToObj(row -> row + ",CODE" + row % 7 + "\n")));

    assertThat(RoleFile.read(everybody)).hasSize(7);
  }

  @Test
  void aColumnOfSomethingElseIsRefusedBeforeItFillsTheMemory() {
    StringBuilder ids = new StringBuilder("CODE\n");
    for (int i = 0; i <= 100_000; i++) {
      ids.append(i).append('\n');
    }
    refused(ids.toString(), "line 100002", "100000 different codes");
  }

  @Test
  void aStreamThatBreaksIsNoMalformedFile() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> RoleFile.read(broken))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }
}
