package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** One patient's resources, without a fault until one is planted. */
final class PlantedChart implements PatientSource {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NHV = "https://w3id.org/nhv/fhir/";

  private final Map<String, ObjectNode> resources = new TreeMap<>();
  private final List<RawResource> orphans = new ArrayList<>();
  private final List<PatientRecord> others = new ArrayList<>();

  /** Operated on for a neuroendocrine tumour in 2024, and asked about it. */
  static PlantedChart net() {
    PlantedChart chart = new PlantedChart();
    chart.patient();
    chart.put(
        "{'resourceType':'ServiceRequest','id':'remiss','status':'completed','intent':'order',"
            + "'subject':{'reference':'Patient/p'},'category':[{'coding':[#omrade|net#]}],"
            + "'code':{'coding':[#begaran|remiss#]},'authoredOn':'2024-02-01',"
            + "'extension':[{'url':'{nhv}StructureDefinition/remiss-registrerad',"
            + "'valueDateTime':'2024-02-05'},{'url':'{nhv}StructureDefinition/remiss-godkand',"
            + "'valueDateTime':'2024-02-07'}]}");
    chart.put(
        "{'resourceType':'Procedure','id':'mdk','status':'completed',"
            + "'subject':{'reference':'Patient/p'},'category':{'coding':[#atgard|net-mdk#]},"
            + "'code':{'coding':[{'system':'urn:oid:1.2.752.116.1.3.2.1.4','code':'XS008'}]},"
            + "'reasonCode':[{'coding':[#diagnosgrupp|gep-net#]},{'coding':[{'system':"
            + "'http://hl7.org/fhir/sid/icd-10-se','code':'C25.4'}]}],"
            + "'basedOn':[{'reference':'ServiceRequest/remiss'}],"
            + "'performedDateTime':'2024-02-20T10:00:00+01:00'}");
    chart.put(
        "{'resourceType':'Procedure','id':'op','status':'completed',"
            + "'subject':{'reference':'Patient/p'},'category':{'coding':[#atgard|net-kirurgi#]},"
            + "'code':{'coding':[{'system':'urn:oid:1.2.752.116.1.3.2.1.4','code':'JLC10'}]},"
            + "'encounter':{'reference':'Encounter/vard'},"
            + "'performedPeriod':{'start':'2024-03-12','end':'2024-03-12'}}");
    chart.put(
        "{'resourceType':'Encounter','id':'vard','status':'finished','class':{'code':'IMP'},"
            + "'subject':{'reference':'Patient/p'},"
            + "'period':{'start':'2024-03-11','end':'2024-03-20'}}");
    chart.followUp();
    return chart;
  }

  private void followUp() {
    put(
        "{'resourceType':'CarePlan','id':'plan','status':'active','intent':'plan',"
            + "'subject':{'reference':'Patient/p'},"
            + "'category':[{'coding':[#vardplan|individuell-vardplan#]},{'coding':[#omrade|net#]}],"
            + "'created':'2024-03-15','encounter':{'reference':'Encounter/vard'}}");
    put(
        "{'resourceType':'ServiceRequest','id':'prem','status':'completed','intent':'order',"
            + "'subject':{'reference':'Patient/p'},'category':[{'coding':[#omrade|net#]}],"
            + "'code':{'coding':[#begaran|prem-enkat#]},'authoredOn':'2024-04-01'}");
    put(
        "{'resourceType':'QuestionnaireResponse','id':'svar','status':'completed',"
            + "'subject':{'reference':'Patient/p'},"
            + "'basedOn':[{'reference':'ServiceRequest/prem'}],'authored':'2024-04-10'}");
  }

  /** Operated on in the pelvis in 2024, with what is to be known of that. */
  static PlantedChart abk() {
    PlantedChart chart = new PlantedChart();
    chart.patient();
    chart.put(
        "{'resourceType':'Procedure','id':'op','status':'completed',"
            + "'subject':{'reference':'Patient/p'},"
            + "'category':{'coding':[#atgard|abk-primaroperation#]},"
            + "'reasonCode':[{'coding':[#diagnosgrupp|kolorektal#]}],"
            + "'encounter':{'reference':'Encounter/vard'},'performedDateTime':'2024-03-12'}");
    chart.put(
        "{'resourceType':'Encounter','id':'vard','status':'finished','class':{'code':'IMP'},"
            + "'subject':{'reference':'Patient/p'},"
            + "'period':{'start':'2024-03-11','end':'2024-03-20'}}");
    chart.put(answer("intention", "behandlingsintention", "kurativ", "2024-03-01"));
    chart.put(answer("margin", "resektionsstatus", "r0", "2024-03-20"));
    chart.put(
        "{'resourceType':'DocumentReference','id':'epikris','status':'current',"
            + "'subject':{'reference':'Patient/p'},'type':{'coding':[{'system':"
            + "'http://loinc.org','code':'18842-5'}]},'date':'2024-03-21T10:00:00Z',"
            + "'context':{'encounter':[{'reference':'Encounter/vard'}]},'content':[]}");
    chart.put(
        "{'resourceType':'Communication','id':'sent','status':'completed',"
            + "'subject':{'reference':'Patient/p'},"
            + "'category':[{'coding':[#overrapportering|epikris-till-remittent#]}],"
            + "'encounter':{'reference':'Encounter/vard'},'sent':'2024-03-22'}");
    return chart;
  }

  /** Treated for adrenocortical cancer in 2024, and measured. */
  static PlantedChart bbc() {
    PlantedChart chart = new PlantedChart();
    chart.patient();
    chart.put(
        "{'resourceType':'Procedure','id':'onk','status':'completed',"
            + "'subject':{'reference':'Patient/p'},"
            + "'category':{'coding':[#atgard|bbc-onkologisk-behandling#]},"
            + "'performedDateTime':'2024-03-12'}");
    chart.put(
        "{'resourceType':'Observation','id':'mitotan','status':'final',"
            + "'subject':{'reference':'Patient/p'},'code':{'coding':[#observation|p-mitotan#]},"
            + "'effectiveDateTime':'2025-03-12','valueQuantity':{'value':14.2,'code':'mg/L',"
            + "'system':'http://unitsofmeasure.org'}}");
    return chart;
  }

  ObjectNode resource(String reference) {
    ObjectNode resource = resources.get(reference);
    if (resource == null) {
      throw new IllegalArgumentException("no " + reference);
    }
    return resource;
  }

  void remove(String reference) {
    resources.remove(reference);
  }

  /** Adds a resource, written with single quotes; {@code #system|code#} is a coding of ours. */
  void put(String text) {
    ObjectNode resource = read(text);
    resources.put(
        resource.path("resourceType").asText() + "/" + resource.path("id").asText(), resource);
  }

  /** Adds another patient, of whom there is only the Patient. */
  void other(String text) {
    ObjectNode patient = read(text);
    others.add(
        new PatientRecord(
            patient.path("id").asText(),
            List.of(RawResource.of("Patient", patient.path("id").asText(), patient.toString()))));
  }

  /** Adds a resource about nobody who is there. */
  void orphan(String type, String id, String text) {
    orphans.add(RawResource.of(type, id, read(text).toString()));
  }

  @Override
  public List<RawResource> orphans() {
    return orphans;
  }

  static ObjectNode read(String text) {
    String json =
        text.replaceAll("#([a-z]+)\\|([a-z0-9-]+)#", "{'system':'{nhv}CodeSystem/$1','code':'$2'}")
            .replace("{nhv}", NHV)
            .replace('\'', '"');
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @Override
  public void forEachPatient(Consumer<PatientRecord> consumer) {
    consumer.accept(
        new PatientRecord(
            "p",
            resources.entrySet().stream()
                .map(
                    e ->
                        RawResource.of(
                            e.getKey().substring(0, e.getKey().indexOf('/')),
                            e.getKey().substring(e.getKey().indexOf('/') + 1),
                            e.getValue().toString()))
                .toList()));
    others.forEach(consumer);
  }

  @Override
  public long countPatients() {
    return 1L + others.size();
  }

  @Override
  public List<String> gaps() {
    return List.of();
  }

  private void patient() {
    put(
        "{'resourceType':'Patient','id':'p','gender':'female','birthDate':'1958-05-17',"
            + "'address':[{'use':'home','state':'01'}]}");
  }

  private static String answer(String id, String code, String svar, String day) {
    return "{'resourceType':'Observation','id':'"
        + id
        + "','status':'final','subject':{'reference':'Patient/p'},"
        + "'partOf':[{'reference':'Procedure/op'}],'code':{'coding':[#observation|"
        + code
        + "#]},'effectiveDateTime':'"
        + day
        + "','valueCodeableConcept':{'coding':[#svar|"
        + svar
        + "#]}}";
  }
}
