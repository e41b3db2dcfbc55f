package se.nhv.fhir.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts on both sides of the edge of what is JSON (RFC 8259), as values within a resource. */
final class JsonTexts {

  /** What RFC 8259 says of a text. */
  enum Says {
    JSON,
    NOT_JSON,
    /** It leaves it to the reader. */
    EITHER
  }

  /**
   * One text.
   *
   * @param name short, for a failed assertion
   * @param value the bytes that stand in the place of a value
   * @param type the FHIR type of that place
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Text(String name, byte[] value, String type, Says says) {

    /** A Patient that has the text as the value of an extension. */
    byte[] in(String id) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(
          utf8(
              "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"extension\":[{\"url\":\"urn:x\",\"value%s\":"
                  .formatted(id, type)));
      body.writeBytes(value);
      body.writeBytes(utf8("}]}"));
      return body.toByteArray();
    }

    @Override
    public String toString() {
      return says + " " + name;
    }
  }

  private final List<Text> all = new ArrayList<>();

  private JsonTexts() {}

  /** Every text. */
  static List<Text> all() {
    JsonTexts texts = new JsonTexts();
    texts.numbers();
    texts.strings();
    texts.bytes();
    texts.words();
    texts.structures();
    return List.copyOf(texts.all);
  }

  private void numbers() {
    add(
        Says.JSON,
        "Decimal",
        ("0|-0|1|-1|0.5|-0.5|1.50|10|1e3|1E3|1e+3|1e-3|1.5E-3|0e0|0E+0| 1|1 |\t1\n|\r\n1|"
                + "123456789012345678|0.000000000000000001|12345678901234567890.123456789|-12.5e1")
            .split("\\|", -1));
    add(
        Says.EITHER,
        "Decimal",
        "1e400",
        "-1e400",
        "1e-400",
        "1e999999999",
        "1e99999999999999999999",
        "9".repeat(61),
        "0." + "1".repeat(100),
        "1".repeat(2000),
        "1e0000000001");
    add(
        Says.NOT_JSON,
        "Decimal",
        ("+1|01|-01|00|-|+|1.|.5|-.5|1.e1|1e|1e+|1e-|1E|e1|0x1F|0b1|0o7|1_000|1,5|1 000|"
                + "1.2.3|1..2|--1|1-1|1+1|1e1.5|1e1e1|Infinity|-Infinity|+Infinity|NaN|-NaN|inf|1f|"
                + "1L|1n|1%|½|１|²|∞|−1|1a|$1|-a|0.|-0.")
            .split("\\|", -1));
  }

  private void strings() {
    add(
        Says.JSON,
        "String",
        quoted("x"),
        quoted("\\\""),
        quoted("\\\\"),
        quoted("x\\/y"),
        quoted("\\n\\r\\tx"),
        quoted("\\u00e5"),
        quoted("\\u00E5"),
        quoted("\\ud83d\\ude00"),
        quoted("å😀"),
        quoted("x\u007fy"),
        quoted("x\u2028y\u2029z"),
        quoted("x\ufeffy"),
        quoted("\\uFFFE x"),
        quoted("'"),
        quoted("/* x */"),
        quoted("x".repeat(100_000)));
    add(
        Says.EITHER,
        "String",
        quoted("x\\u0000y"),
        quoted("x\\b"),
        quoted("x\\f"),
        quoted("\\ud800"),
        quoted("\\udc00"),
        quoted("\\ud800x"),
        quoted("\\udc00\\ud800"),
        quoted("\\ud800\\ud800\\udc00"),
        quoted(""));
    stringsThatAreNone();
  }

  private void stringsThatAreNone() {
    add(
        Says.NOT_JSON,
        "String",
        "\"",
        "\"x",
        "x\"",
        "\"x\\\"",
        "'x'",
        "`x`",
        "«x»",
        "“x”",
        "\"x\"\"y\"",
        "\"x\" \"y\"",
        "\"x\"+\"y\"",
        quoted("\\"),
        quoted("\\u"),
        quoted("\\u1"),
        quoted("\\u12"),
        quoted("\\u123"),
        quoted("\\u12G4"),
        quoted("\\u 123"),
        quoted("\\u{41}"),
        quoted("\\U0041"),
        quoted("\\x41"),
        quoted("\\0"),
        quoted("\\101"),
        quoted("\\ud83d\\u"));
    for (char c = 0; c < ' '; c++) {
      add(Says.NOT_JSON, "String", quoted("x" + c + "y"));
    }
    for (char c = '!'; c <= '~'; c++) {
      if ("\"\\/bfnrtu".indexOf(c) < 0) {
        add(Says.NOT_JSON, "String", quoted("x\\" + c + "y"));
      }
    }
  }

  private void bytes() {
    int[][] notUtf8 = {
      {0x80},
      {0xBF},
      {0xC0, 0xAF},
      {0xC1, 0xBF},
      {0xC3},
      {0xC3, 0x28},
      {0xE0, 0x80, 0x80},
      {0xE2, 0x82},
      {0xE2, 0x28, 0xA1},
      {0xF0, 0x80, 0x80, 0x80},
      {0xF0, 0x9F, 0x98},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF8, 0x88, 0x80, 0x80, 0x80},
      {0xFE},
      {0xFF},
      {0xE5}
    };
    for (int[] some : notUtf8) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      value.writeBytes(utf8("\"x"));
      for (int one : some) {
        value.write(one);
      }
      value.writeBytes(utf8("y\""));
      all.add(new Text("bytes " + some.length, value.toByteArray(), "String", Says.NOT_JSON));
    }
    byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
    all.add(new Text("a surrogate in UTF-8", surrogate, "String", Says.EITHER));
  }

  private void words() {
    add(Says.JSON, "Boolean", "true", "false", " true ", "\ntrue\n");
    add(
        Says.NOT_JSON,
        "Boolean",
        ("True|TRUE|tru|truee|true1|truefalse|t|yes|on|False|FALSE|fals|Null|NULL|nul|"
                + "nulll|nil|None|undefined|void|!0|true,|true true|\u00a0true|\ftrue|\u000btrue|"
                + "\ufefftrue|tr\\u0075e|#true|//x\ntrue|/*x*/true|true/**/|(true)|<true/>|")
            .split("\\|", -1));
  }

  private void structures() {
    add(
        Says.NOT_JSON,
        "Coding",
        ("{|}|[|]|{]|[}|{,}|{:}|{\"a\"}|{\"a\":}|{\"a\":,}|{\"a\" 1}|{\"a\"=1}|{a:1}|"
                + "{'a':1}|{1:1}|{null:1}|{\"a\":1,}|{,\"a\":1}|{\"a\":1,,\"b\":1}|"
                + "{\"a\":1 \"b\":1}|{\"a\":1;\"b\":1}|{\"a\":1:2}|{\"a\"::1}|{{}}|{[]}|{\"a\":1}}|"
                + "[1,]|[,1]|[1,,2]|[1 2]|[1;2]|[,]|[1:2]|[\"a\":1]|[1]]|[[1]|[1|{\"a\":1|"
                + "{\"a\":[}|*|{/**/\"a\":1}|{\"a\":1}//|<x>|\\u007b\\u007d|"
                + "{\"code\":\"x\"}{\"code\":\"y\"}")
            .split("\\|", -1));
    add(
        Says.JSON,
        "Coding",
        "{\"code\":\"x\"}",
        "{ \"code\" : \"x\" }",
        "{\"\\u0063ode\":\"x\"}",
        "{\"code\":\"x\",\"display\":\"y\"}",
        "\t{\n\"code\"\r:\"x\"}");
    add(Says.EITHER, "Coding", "{\"code\":\"x\",\"code\":\"y\"}", "{}", "[]", "[[]]", "{\"\":1}");
    for (int depth : new int[] {60, 61, 64, 65, 1000, 100_000}) {
      add(Says.EITHER, "Coding", "[".repeat(depth) + "]".repeat(depth));
      add(Says.EITHER, "Coding", "{\"x\":".repeat(depth) + "1" + "}".repeat(depth));
      add(Says.NOT_JSON, "Coding", "[".repeat(depth));
    }
  }

  private void add(Says says, String type, String... values) {
    for (String value : values) {
      String name = value.length() > 30 ? value.substring(0, 30) + "…" : value;
      all.add(new Text(name, utf8(value), type, says));
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
