package se.nhv.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands on the wire between two adapters: hands on every byte both ways and keeps those that go to
 * the port behind it. A connection that breaks on one side is broken on the other. Safe for use by
 * many threads at once.
 */
final class WireTap implements AutoCloseable {

  private final ServerSocket entrance;
  private final int behind;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Set<Socket> unanswered = ConcurrentHashMap.newKeySet();

  private WireTap(ServerSocket entrance, int behind) {
    this.entrance = entrance;
    this.behind = behind;
  }

  /** Before that port of this machine, at which nobody need listen yet. */
  static WireTap before(int port) throws IOException {
    WireTap tap = new WireTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    begin(tap::accept);
    return tap;
  }

  /** The port to ask instead. */
  int port() {
    return entrance.getLocalPort();
  }

  /** Every byte that was sent through it, of all connections. */
  byte[] sent() {
    synchronized (sent) {
      return sent.toByteArray();
    }
  }

  /** How many connections wait for an answer to what was sent last. */
  int unanswered() {
    return unanswered.size();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        connect(entrance.accept());
      } catch (IOException e) {
        // closed, or nobody listens behind it now
      }
    }
  }

  private void connect(Socket asking) throws IOException {
    try {
      Socket asked = new Socket(InetAddress.getLoopbackAddress(), behind);
      begin(() -> handOn(asking, asked, true));
      begin(() -> handOn(asked, asking, false));
    } catch (IOException e) {
      asking.close();
      throw e;
    }
  }

  private void handOn(Socket from, Socket to, boolean question) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (question) {
          keep(bytes, read);
          unanswered.add(from);
        } else {
          unanswered.remove(to);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // one of the two was killed
    } finally {
      unanswered.remove(question ? from : to);
    }
  }

  private void keep(byte[] bytes, int count) {
    synchronized (sent) {
      sent.write(bytes, 0, count);
    }
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
