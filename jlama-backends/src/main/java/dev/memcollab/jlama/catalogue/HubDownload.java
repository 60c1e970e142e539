package dev.memcollab.jlama.catalogue;

import dev.memcollab.jlama.gguf.FileDigest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Fetches a file from a hub over HTTP, going on where an earlier attempt was cut off.
final class HubDownload {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;
    private static final int CHUNK = 1 << 16;

    private final URI address;
    private final Download download;
    private final Path part;

    HubDownload(URI hub, ModelSource.Hub source, Download download) {
        this.address = URI.create("%s/%s/resolve/%s/%s".formatted(
                hub.toString().replaceFirst("/+$", ""), source.repository(), source.revision(),
                download.gguf().file()));
        this.download = download;
        this.part = download.scratch().resolve(download.gguf().file() + ".part");
    }

    /// Fetches the whole file; an attempt that brought bytes before it failed gets another.
    void fetch() throws IOException, InterruptedException {
        long most = received();
        while (received() < download.gguf().bytes()) {
            try {
                transfer(received());
            } catch (IOException e) {
                if (received() <= most) {
                    throw new IOException("%s: %s, after %d of %d bytes".formatted(address,
                            Download.reason(e), received(), download.gguf().bytes()), e);
                }
            }
            most = received();
        }
        download.accept(part, FileDigest.of(part, download.progress()));
    }

    private long received() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void transfer(long from) throws IOException, InterruptedException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=%d-".formatted(from));
            }
            long start = requireStart(connection, from);
            copy(connection, start);
        } finally {
            connection.disconnect();
        }
    }

    /// The offset at which the answer begins, once it is known to be the right file's.
    private long requireStart(HttpURLConnection connection, long from) throws IOException {
        int status = connection.getResponseCode();
        long start = switch (status) {
            case HttpURLConnection.HTTP_OK -> 0;
            case HttpURLConnection.HTTP_PARTIAL -> from;
            default -> throw new IOException("it answered HTTP " + status);
        };
        var range = String.valueOf(connection.getHeaderField("Content-Range"));
        if (status == HttpURLConnection.HTTP_PARTIAL
                && !range.startsWith("bytes %d-".formatted(from))) {
            throw new IOException("it answered with the range %s instead of one from %d"
                    .formatted(range, from));
        }
        long length = connection.getContentLengthLong();
        if (length >= 0 && start + length != download.gguf().bytes()) {
            throw new IOException("it has %d bytes instead of %d".formatted(start + length,
                    download.gguf().bytes()));
        }
        return start;
    }

    private void copy(HttpURLConnection connection, long start)
            throws IOException, InterruptedException {
        long done = start;
        var chunk = new byte[CHUNK];
        try (var in = connection.getInputStream();
                var out = new FileOutputStream(part.toFile(), start > 0)) {
            for (int read; (read = in.read(chunk)) >= 0;) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while fetching " + address);
                }
                done += read;
                if (done > download.gguf().bytes()) {
                    throw new IOException(
                            "it goes on beyond %d bytes".formatted(download.gguf().bytes()));
                }
                out.write(chunk, 0, read);
                download.reportDownloaded(done);
            }
            out.getFD().sync();
        }
        if (done < download.gguf().bytes()) {
            throw new IOException("it ended early");
        }
    }
}
