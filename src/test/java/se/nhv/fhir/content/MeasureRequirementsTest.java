package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.SystemCode;

/** What the documents and the CQL ask for, worked out by hand, is what is derived. */
class MeasureRequirementsTest {

  private static final Content CONTENT = Content.packed();

  private static final String TABLE =
      """
      NETB1-1.0.0   | net-mdk performed | Patient Procedure
      NETB2-1.0.0   | net-mdk performed | Patient Procedure
      NETB3-1.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-radionuklid performed | Procedure
      NETT1-1.0.0   | net-mdk performed | Procedure ServiceRequest
      NETR1-1.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed | Encounter Procedure
      NETP1-1.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-medicinsk-behandling net-radionuklid performed | Procedure QuestionnaireResponse ServiceRequest
      NETP1PS-1.0.0 | |
      NETO1-1.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-medicinsk-behandling net-radionuklid performed | CarePlan Encounter Procedure
      NETB1-2.0.0   | net-mdk performed | Patient Procedure
      NETB2-2.0.0   | net-mdk performed | Patient Procedure
      NETB3-2.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-medicinsk-behandling net-radionuklid performed | Procedure
      NETT1-2.0.0   | net-mdk performed | Procedure ServiceRequest
      NETR1-2.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed | Encounter Procedure
      NETP1-2.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-medicinsk-behandling net-radionuklid performed | Procedure QuestionnaireResponse ServiceRequest
      NETO1-2.0.0   | binjure-kirurgi klaffkirurgi net-kirurgi performed; feokromocytom-radionuklid net-medicinsk-behandling net-radionuklid performed | CarePlan Procedure
      ABKB1-1.0.0   | abk-mdk performed | Patient Procedure
      ABKB2-1.0.0   | abk-primaroperation performed | Patient Procedure
      ABKB3-1.0.0   | abk-primaroperation performed | Procedure
      ABKB4-1.0.0   | abk-reoperation performed | Procedure
      ABKT1-1.0.0   | abk-mdk performed | Procedure ServiceRequest
      ABKR1-1.0.0   | abk-primaroperation performed | Patient Procedure
      ABKR2-1.0.0   | abk-primaroperation performed | Observation Procedure
      ABKP1-1.0.0   | abk-primaroperation performed | Procedure QuestionnaireResponse ServiceRequest
      ABKO1-1.0.0   | abk-primaroperation performed | Communication DocumentReference Encounter Procedure
      SCTB1-1.0.0   | sct-mdk performed | Patient Procedure
      SCTB2-1.0.0   | sct-aterforing performed | Patient Procedure
      SCTB3-1.0.0   | sct-aterforing performed | Patient Procedure
      SCTB4-1.0.0   | sct-aterforing | Encounter Procedure
      SCTT1-1.0.0   | sct-mdk performed | Observation Procedure ServiceRequest
      SCTT2-1.0.0   | sct-aterforing performed | Observation Procedure
      SCTR1-1.0.0   | sct-aterforing performed | Observation Patient Procedure
      SCTR2-1.0.0   | sct-aterforing performed | Condition Encounter Observation Patient Procedure
      SCTP1-1.0.0   | sct-aterforing performed | Procedure QuestionnaireResponse ServiceRequest
      SCTO1-1.0.0   | sct-mdk performed | CarePlan Procedure
      BBCB1-0.1.0   | bbc-mdk performed | Patient Procedure
      BBCB2-0.1.0   | bbc-kirurgi performed; bbc-onkologisk-behandling performed | Procedure
      BBCB3-0.1.0   | bbc-mdk performed | Patient Procedure
      BBCB4-0.1.0   | remiss extension | ServiceRequest
      BBCT1-0.1.0   | remiss extension | Encounter ServiceRequest
      BBCT2-0.1.0   | C74.0 C740 onset recordedDate | Condition Procedure
      BBCR1-0.1.0   | bbc-kirurgi performed | Condition Procedure
      BBCR2-0.1.0   | bbc-kirurgi performed | Observation Procedure
      BBCP1-0.1.0   | bbc-kirurgi performed; bbc-onkologisk-behandling performed | Procedure QuestionnaireResponse ServiceRequest
      BBCP2-0.1.0   | bbc-kirurgi performed; bbc-onkologisk-behandling performed | Procedure QuestionnaireResponse ServiceRequest
      BBCE1-0.1.0   | bbc-onkologisk-behandling performed | Observation Procedure
      BBCE2-0.1.0   | bbc-mdk performed | Condition Patient Procedure
      """;

  @Test
  void theTypesAndTheAnchorsOfEveryMeasureAreThoseOfTheTable() {
    Map<String, String> derived = new TreeMap<>();
    CONTENT
        .measures()
        .forEach(m -> derived.put(m.reference().id(), row(CONTENT.requirements(m.reference()))));
    Map<String, String> expected = new TreeMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells =
          Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
      expected.put(cells[0], cells[1] + " | " + cells[2]);
    }
    assertThat(expected).hasSize(46);
    assertThat(derived).isEqualTo(expected);
  }

  private static String row(MeasureRequirements requirements) {
    String anchors =
        requirements.anchors().stream()
            .map(it -> words(it.codeFilters(), it.dates()))
            .sorted()
            .collect(Collectors.joining("; "));
    SortedSet<String> types = new TreeSet<>();
    requirements.data().forEach(it -> types.add(it.type()));
    return anchors + " | " + String.join(" ", types);
  }

  private static String words(List<CodeFilter> filters, SortedSet<String> dates) {
    List<String> words = new ArrayList<>();
    filters.forEach(f -> f.codes().forEach(c -> words.add(c.code())));
    words.addAll(dates);
    return String.join(" ", words);
  }

  @ParameterizedTest
  @CsvSource({
    "NETT1,2.0.0,Procedure,basedOn category id performed status",
    "NETT1,2.0.0,ServiceRequest,category code extension id status",
    "NETR1,2.0.0,Encounter,id period status",
    "ABKR2,1.0.0,Patient,''",
    "ABKO1,1.0.0,DocumentReference,context date status type",
    "SCTB3,1.0.0,Patient,address meta",
    "BBCE1,0.1.0,Observation,code effective id status value"
  })
  void theElementsAreThoseThatTheCriteriaRead(
      String name, String version, String type, String elements) {
    SortedSet<String> read = new TreeSet<>();
    CONTENT.dataRequirements(new MeasureReference(name, version)).stream()
        .filter(it -> it.type().equals(type))
        .forEach(it -> read.addAll(it.elements()));
    assertThat(String.join(" ", read)).isEqualTo(elements);
  }

  @Test
  void theFilterOfARetrieveByValueSetHoldsItsExpandedCodesWithTheirSystem() {
    DataRequirement plan =
        CONTENT.dataRequirements(new MeasureReference("NETO1", "2.0.0")).stream()
            .filter(it -> it.type().equals("CarePlan"))
            .findFirst()
            .orElseThrow();
    assertThat(plan.codeFilters())
        .singleElement()
        .satisfies(
            filter -> {
              assertThat(filter.path()).isEqualTo("category");
              assertThat(filter.codes())
                  .containsExactly(
                      new SystemCode(
                          "https://w3id.org/nhv/fhir/CodeSystem/vardplan", "individuell-vardplan"));
            });
  }
}
