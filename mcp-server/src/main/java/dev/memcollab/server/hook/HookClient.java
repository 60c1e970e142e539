package dev.memcollab.server.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Lets a running server do the work of a hook. It loads next to nothing: a person waits for it.
public final class HookClient {
    private HookClient() {}

    /// Asks one server of a home after the other until one has done it; empty where none has.
    ///
    /// @param directory of the sockets
    /// @param event label of the event
    /// @param call the hook's JSON object
    /// @return what the agent is to be told, which may be nothing
    public static Optional<String> ask(Path directory, String event, byte[] call) {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory,
                "*" + HookSocket.SUFFIX)) {
            for (Path socket : sockets) {
                Optional<String> told = askOne(socket, event, call);
                if (told.isPresent()) {
                    return told;
                }
            }
        } catch (IOException | DirectoryIteratorException noServer) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> askOne(Path socket, String event, byte[] call)
            throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                InputStream in = Channels.newInputStream(channel);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write((event + "\n").getBytes(UTF_8));
            out.write(call);
            channel.shutdownOutput();
            String reply = new String(in.readAllBytes(), UTF_8);
            return reply.startsWith(String.valueOf(HookSocket.DONE))
                    ? Optional.of(reply.substring(1))
                    : Optional.empty();
        } catch (ConnectException nobody) {
            Files.deleteIfExists(socket); // its server was killed
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}
