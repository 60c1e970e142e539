package dev.memcollab.jlama.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A hub on this machine that holds one file and can be told to misbehave.
final class FakeHub implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile byte[] content;
    private volatile int status = 200;
    private volatile int bytesBeforeCut = Integer.MAX_VALUE;
    private volatile boolean knowsRanges = true;

    FakeHub(byte[] content) {
        this.content = content;
        try {
            this.server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://%s:%d".formatted(server.getAddress().getHostString(),
                server.getAddress().getPort()));
    }

    /// Each request as its path and the range it asked for.
    List<String> requests() {
        return List.copyOf(requests);
    }

    FakeHub holding(byte[] other) {
        content = other;
        return this;
    }

    FakeHub answering(int code) {
        status = code;
        return this;
    }

    /// Ends each answer after so many bytes, whatever length it announced.
    FakeHub cuttingAfter(int bytes) {
        bytesBeforeCut = bytes;
        return this;
    }

    FakeHub withoutRanges() {
        knowsRanges = false;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        int from = 0;
        if (range != null && knowsRanges) {
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().add("Content-Range",
                    "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        int length = Math.min(bytesBeforeCut, content.length - from);
        exchange.getResponseBody().write(content, from, length);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
