package dev.memcollab.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// An MCP client that sends its lines one by one, each once the request before it was answered.
final class ScriptedClient {
    // Both ends are passive: the server's own threads read the next line and write the replies. A
    // server that does not answer in time meets the end of its input.

    private final List<String> script;
    private final Duration patience;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Semaphore answered = new Semaphore(0);

    /// Prepares a conversation.
    ///
    /// @param script messages of one line; those with an id are answered
    /// @param patience how long to wait for each answer
    ScriptedClient(List<String> script, Duration patience) {
        this.script = List.copyOf(script);
        this.patience = patience;
    }

    InputStream requests() {
        return new Requests(script.iterator());
    }

    OutputStream replies() {
        return new Replies();
    }

    /// All replies so far, a line each.
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.UTF_8);
        }
    }

    /// Whether each request had its result, and no tool failed.
    boolean isServed() {
        List<String> results = heard().lines().filter(line -> line.contains("\"result\":")
                && !line.contains("\"isError\":true")).toList();
        return results.size() == script.stream().filter(ScriptedClient::isRequest).count();
    }

    private static boolean isRequest(String message) {
        return message.contains("\"id\":");
    }

    private final class Requests extends InputStream {
        private Iterator<String> lines;
        private byte[] line = {};
        private int next;
        private boolean waits;

        private Requests(Iterator<String> lines) {
            this.lines = lines;
        }

        @Override
        public int read() {
            return next < line.length || advance() ? line[next++] & 0xff : -1;
        }

        /// At most the rest of a line: what comes after it may have to wait.
        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (next == line.length && !advance()) {
                return -1;
            }
            int count = Math.min(length, line.length - next);
            System.arraycopy(line, next, into, offset, count);
            next += count;
            return count;
        }

        private boolean advance() {
            if (waits && !isAnswered()) {
                lines = Collections.emptyIterator();
            }
            waits = false;
            if (!lines.hasNext()) {
                return false;
            }
            String message = lines.next();
            waits = isRequest(message);
            line = (message + "\n").getBytes(StandardCharsets.UTF_8);
            next = 0;
            return true;
        }

        private boolean isAnswered() {
            try {
                return answered.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private final class Replies extends OutputStream {
        @Override
        public void write(int octet) {
            synchronized (heard) {
                heard.write(octet);
            }
            if (octet == '\n') {
                answered.release();
            }
        }
    }
}
