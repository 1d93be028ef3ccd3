// SPDX-License-Identifier: Apache-2.0
package org.hostler.itests.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The line to a server, which can be cut without a reset: what is sent over connections that were
 * open then arrives nowhere, for ever, and nobody is told; as when a firewall forgets them.
 */
public final class Line implements AutoCloseable {
  private final ServerSocket entrance;
  private final int serverPort;
  private final List<Cable> cables = new CopyOnWriteArrayList<>();

  /** A connection, both ways. */
  private static final class Cable {
    private final Socket client;
    private final Socket server;
    private volatile boolean cut;

    Cable(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }
  }

  /** Lays a line to a port of this machine. */
  public Line(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /** Returns where clients enter. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** Cuts every connection that is open now; new ones go through. */
  public void cut() {
    cables.forEach(cable -> cable.cut = true);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Cable cable = new Cable(client, new Socket(entrance.getInetAddress(), serverPort));
        cables.add(cable);
        thread(() -> carry(cable, cable.client, cable.server));
        thread(() -> carry(cable, cable.server, cable.client));
      }
    } catch (IOException closed) {
      close(); // by the test's end, or the server is down and nobody gets through
    }
  }

  private static void carry(Cable cable, Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!cable.cut) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
      hangUp(cable);
    } catch (IOException broken) {
      hangUp(cable);
    }
  }

  /** An end is gone: the other one is told, unless the line is cut. */
  private static void hangUp(Cable cable) {
    if (!cable.cut) {
      try (Socket client = cable.client;
          Socket server = cable.server) {
        client.shutdownInput();
        server.shutdownInput();
      } catch (IOException gone) {
        cable.cut = true; // both ends are
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (Cable cable : cables) {
        cable.client.close();
        cable.server.close();
      }
    } catch (IOException e) {
      throw new AssertionError("the line cannot be taken down", e);
    }
  }
}
