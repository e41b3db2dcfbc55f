package se.nhv.fhir.server.door;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read, and which accepts JSON only, so that HAPI answers in it. */
final class JsonRequest extends HttpServletRequestWrapper {

  private final byte @Nullable [] body;

  /** With the body, or null where the container still has to read it (a form). */
  JsonRequest(HttpServletRequest request, byte @Nullable [] body) {
    super(request);
    this.body = body;
  }

  /** Without Content-Location, which HAPI would take for the id instead of the path. */
  @Override
  public @Nullable String getHeader(String name) {
    if ("Content-Location".equalsIgnoreCase(name)) {
      return null;
    }
    return "Accept".equalsIgnoreCase(name) ? Outcomes.FHIR_JSON : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return "Accept".equalsIgnoreCase(name)
        ? Collections.enumeration(List.of(Outcomes.FHIR_JSON))
        : super.getHeaders(name);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return body == null ? super.getInputStream() : new Body(body);
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return body == null
        ? super.getReader()
        : new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
  }

  private static final class Body extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Body(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body has been read: it is not read asynchronously");
    }
  }
}
