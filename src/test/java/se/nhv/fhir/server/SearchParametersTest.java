package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a search could reach past its own type with is refused for every type of both doors. */
class SearchParametersTest {

  private static final List<String> REFUSED =
      List.of(
          "subject.identifier=urn:p%7C1",
          "subject:Patient.name=x",
          "patient.birthdate=2000",
          "_has:Observation:patient:code=1",
          "_include=*",
          "_include:iterate=Patient:link",
          "_revinclude=Provenance:target",
          "_filter=name%20eq%20x",
          "identifier:not=urn:p%7C1",
          "identifier:missing=true",
          "_id:contains=a",
          "_text=x",
          "_content=x",
          "_list=1",
          "_query=q",
          "_sort=_id",
          "_elements=id",
          "_summary=count",
          "_contained=true",
          "_total=accurate",
          "_source=x",
          "_security=x");

  static Stream<String> types() {
    Doors doors = Doors.open();
    return Stream.of("intake", "fhir")
        .flatMap(
            door ->
                StreamSupport.stream(
                        doors
                            .get(null, "/" + door + "/metadata")
                            .json()
                            .at("/rest/0/resource")
                            .spliterator(),
                        false)
                    .filter(it -> it.path("searchParam").size() > 0)
                    .map(it -> "/" + door + "/" + it.path("type").asText()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void nothingReachesPastItsOwnType(String path) {
    Doors doors = Doors.open();
    boolean records = path.equals("/intake/AuditEvent");
    String token =
        path.startsWith("/fhir") ? Doors.AUTHORITY : records ? Doors.STAFF_A : Doors.TOKEN_A;
    assertThat(doors.get(token, path).status()).isEqualTo(200);
    for (String parameter : REFUSED) {
      Doors.Answer answer = doors.get(token, path + "?" + parameter);
      assertThat(answer.status()).as(path + "?" + parameter).isEqualTo(400);
      assertThat(answer.diagnostics()).isNotEmpty();
    }
  }
}
