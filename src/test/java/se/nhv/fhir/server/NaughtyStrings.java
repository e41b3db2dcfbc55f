package se.nhv.fhir.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Strings that have broken programs: what a hospital may send by accident, and others on purpose.
 */
final class NaughtyStrings {

  private static final List<String> WRITTEN =
      List.of(
          // like another type
          "null",
          "NULL",
          "undefined",
          "true",
          "false",
          "NaN",
          "Infinity",
          "-0",
          "0",
          "1",
          "-1",
          "1.0",
          "1e3",
          "1E400",
          "0x7fffffff",
          "2147483648",
          "9223372036854775808",
          "١٢٣",
          "１２３",
          "1,000",
          "1 000",
          "½",
          "1/0",
          "[]",
          "{}",
          "[object Object]",
          "\"\"",
          "\"",
          "'",
          "''",
          "`",
          "2024-02-30",
          "0000-00-00",
          "24:00",
          "W/\"1\"",
          "urn:uuid:x",
          "#",
          "#x",
          "Patient/1",
          // white space and what only looks like it
          " x",
          "x ",
          "x  y",
          "\t",
          "x\ty",
          "x\ny",
          "x\r\ny",
          "\u00a0",
          "x\u00a0y",
          "\u2003x",
          "\u3000",
          "\u1680x",
          "\u2028",
          "x\u2029y",
          "\u0085x",
          // without width, and from right to left
          "\u200b",
          "x\u200by",
          "\u200d",
          "\u2060x",
          "\ufeff",
          "\ufeffx",
          "x\u00ady",
          "\u202ex",
          "\u202dx\u202c",
          "\u2066x\u2069",
          "\u061c",
          "שלום",
          "مرحبا بالعالم",
          "x\u200fy",
          // languages, marks and pictures
          "Åsa Ärlig-Öberg",
          "A\u030asa",
          "ﬁ",
          "ǅ",
          "İstanbul",
          "ıI",
          "ß",
          "ẞ",
          "Ω≈ç√",
          "田中さん",
          "部落格",
          "찦차",
          "Ⱥ",
          "ﷺ",
          "Z\u0351\u036b\u0343algo",
          "👍",
          "👩🏽‍⚕️",
          "🇸🇪",
          "👨‍👩‍👧‍👦",
          "𝟘𝟙",
          "𠜎",
          "\ue000",
          "\ufffd",
          "\ufffe",
          "\uffff",
          "\udbff\udfff",
          "\ud800\udc00",
          // quoted for somebody else: SQL, HTML, XML, shells, formats, paths, templates
          "'; drop table resource; --",
          "' or '1'='1",
          "1;select pg_sleep(9)",
          "$$x$$",
          "%",
          "_",
          "\\",
          "\\'",
          "x' union select body from resource --",
          "<script>alert(1)</script>",
          "<",
          ">",
          "&",
          "&amp;",
          "&#0;",
          "&lt;b&gt;",
          "<!--",
          "]]>",
          "<![CDATA[x]]>",
          "<?xml version='1.0'?>",
          "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
          "&e;",
          "javascript:alert(1)",
          "%s%s%n",
          "%d",
          "%00",
          "%0a",
          "%c0%af",
          "{0}",
          "{}{}",
          "${jndi:ldap://127.0.0.1/x}",
          "${7*7}",
          "#{7*7}",
          "{{7*7}}",
          "<%= 7 %>",
          "`id`",
          "$(id)",
          "; id",
          "| id",
          "&& id",
          "../../etc/passwd",
          "..\\..\\x",
          "/dev/null",
          "C:\\CON",
          "file:///etc/passwd",
          "~",
          "*",
          "?",
          "a|b",
          "a,b",
          "$x",
          "=1+1",
          "@SUM(A1)",
          "+1",
          "-1+1",
          "\\u0000",
          "\\x00",
          "\\n",
          "Content-Length: 0\r\n\r\nGET / HTTP/1.1",
          "__proto__",
          "constructor",
          "CON",
          "NUL",
          "http://[::1]/",
          "http://x:y@z/",
          "a@b",
          "(((((((((((((((((((((((((((x",
          "^(a+)+$",
          "[a-");

  private NaughtyStrings() {}

  /** Every string; some hold half a surrogate pair, and are sent as its escape. */
  static List<String> all() {
    List<String> all = new ArrayList<>(WRITTEN);
    for (char c = 0; c < ' '; c++) {
      all.add("x" + c + "y");
      all.add(String.valueOf(c));
    }
    for (char c : new char[] {0x7f, 0x80, 0x9b, 0x9f, 0xd800, 0xdbff, 0xdc00, 0xdfff}) {
      all.add("x" + c + "y");
      all.add(String.valueOf(c));
    }
    for (int length : new int[] {255, 256, 400, 401, 4000, 70_000}) {
      all.add("x".repeat(length));
      all.add("å".repeat(length));
    }
    all.add("x".repeat(399) + "😀".repeat(10));
    all.add("\u0301".repeat(1000));
    return List.copyOf(all);
  }
}
