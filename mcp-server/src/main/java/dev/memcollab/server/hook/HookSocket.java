package dev.memcollab.server.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.memcollab.memory.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Where a running server does the work of hooks, which then need not load anything themselves.
///
/// A socket of the file system, in a directory that is its owner's alone. A request is the event's label, an
/// end of line and the hook's JSON object; the reply is [#DONE] and what the agent is to be told.
public final class HookSocket implements AutoCloseable {
    static final String SUFFIX = ".sock";
    static final char DONE = '+';
    /// What the least of the systems allows for the name of a socket.
    private static final int MOST_PATH_BYTES = 100;
    private static final System.Logger LOG = System.getLogger(HookSocket.class.getName());

    private final ServerSocketChannel channel;
    private final Path file;
    private final Hooks hooks;
    private final HookLog log;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HookSocket(ServerSocketChannel channel, Path file, Hooks hooks, HookLog log) {
        this.channel = channel;
        this.file = file;
        this.hooks = hooks;
        this.log = log;
    }

    /// Listens from here on; nothing where the system, or the length of the path, does not let it.
    public static Optional<HookSocket> open(Path directory, Hooks hooks, HookLog log) {
        Path file = directory.resolve(ProcessHandle.current().pid() + SUFFIX);
        if (file.toString().getBytes(UTF_8).length > MOST_PATH_BYTES) {
            LOG.log(Level.DEBUG, "hooks do their work themselves: {0} is too long", file);
            return Optional.empty();
        }
        try {
            Directories.createPrivate(directory);
            Files.deleteIfExists(file); // of a process that had this number and was killed
            var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(file));
            var socket = new HookSocket(channel, file, hooks, log);
            Thread.ofPlatform().daemon().name("hook-socket").start(socket::listen);
            return Optional.of(socket);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "hooks do their work themselves", e);
            return Optional.empty();
        }
    }

    private void listen() {
        try {
            while (true) {
                SocketChannel client = channel.accept();
                threads.execute(() -> serve(client));
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "no more hooks");
        } catch (IOException e) {
            LOG.log(Level.WARNING, "hooks are not heard any more", e);
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                InputStream in = Channels.newInputStream(client);
                OutputStream out = Channels.newOutputStream(client)) {
            String request = new String(in.readNBytes(HookCall.MOST_BYTES), UTF_8);
            int end = request.indexOf('\n');
            HookEvent event = HookEvent.parse(request.substring(0, Math.max(0, end)));
            out.write((DONE + output(event, request.substring(end + 1))).getBytes(UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "a hook was not served", e);
        }
    }

    private String output(HookEvent event, String call) {
        try {
            return hooks.run(HookCall.parse(event, call)).orElse("");
        } catch (IOException | RuntimeException e) {
            // The border: whatever fails, the agent goes on.
            log.write(event, e.toString());
            return "";
        }
    }

    @Override
    public void close() {
        try (threads) {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the socket of hooks was not closed well", e);
        }
    }
}
