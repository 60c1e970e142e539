package dev.memcollab.server.stdio;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.memcollab.server.Shown;
import dev.memcollab.server.stdio.LineReader.Line;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// A client over two streams, from the first line to the end of the input: one session, and requests that stand alone.
public final class StdioTransport implements McpServerTransportProvider {
    // One thread reads. It answers by itself what needs no work: lines that are no message, `ping`,
    // requests out of order.
    // `initialize` too: its reply needs no session, which takes longer to build than all else at
    // the start. Then it waits for the session and lets it hear the same, so that what follows
    // finds it ready. Every other request gets a thread of its own [Calls]. Which era a request is
    // of it says itself [Envelope]; both share ids, bounds and
    // cancellation, and a client may use both.
    // The session's handlers must run on the thread that calls them (the SDK's
    // `immediateExecution`): only so does
    // interrupting that thread cancel the work.

    static final int MOST_LINE_BYTES = 16 << 20;
    private static final Calls.Limits LIMITS = new Calls.Limits(16, 256, 4L * MOST_LINE_BYTES);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final int SERVER_BUSY = -32000;
    private static final String FAILED_INSIDE = "The server failed at this request; its log on stderr says how.";
    private static final String CANCELLED = "notifications/cancelled";

    private static final System.Logger log = System.getLogger(StdioTransport.class.getName());

    private final McpJsonMapper json;
    private final LineReader lines;
    private final MessageWriter writer;
    private final StatelessTransport stateless;
    private final Introduction introduction;
    private final Calls calls = new Calls(LIMITS);
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Handshake handshake = new Handshake();
    private final Wire wire = new Wire();
    private final CountDownLatch heard = new CountDownLatch(1);
    private final CompletableFuture<McpServerSession> session = new CompletableFuture<>();
    private volatile long exchangedAt; // as System.nanoTime() has it, once heard

    /// A transport for both eras.
    ///
    /// @param json for what the session says; not used before it is built
    /// @param stateless answers the requests that stand alone; a server has to be built on it, too
    public StdioTransport(McpJsonMapper json, ProtocolStreams streams, Introduction introduction,
            StatelessTransport stateless) {
        this.json = json;
        this.introduction = introduction;
        this.stateless = stateless;
        lines = new LineReader(streams.in(), MOST_LINE_BYTES);
        writer = new MessageWriter(json, streams.out());
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session.complete(factory.create(wire));
    }

    /// Starts to read; requests that need a server wait until one is built. The parent's death ends the transport from here
    /// on.
    public void start() {
        Thread.ofPlatform().daemon().name("mcp-stdin").start(this::readAll);
        ProcessHandle.current().parent().ifPresent(this::stopAfter);
    }

    private void stopAfter(ProcessHandle parent) {
        var _ = parent.onExit().thenRun(() -> {
            log.log(INFO, "the parent process is gone");
            stop();
        });
    }

    /// Completes when the conversation is over: the input ended and its replies are out, or nobody can hear them.
    public CompletableFuture<@Nullable Void> ended() {
        return ended.copy();
    }

    /// Waits until the client has said something, has its replies and has been silent for so long.
    public void awaitPause(Duration silence) throws InterruptedException {
        heard.await();
        for (Duration left = untilPause(silence); left.isPositive(); left = untilPause(silence)) {
            Thread.sleep(left);
        }
    }

    private Duration untilPause(Duration silence) {
        return calls.isEmpty()
                ? silence.minusNanos(System.nanoTime() - exchangedAt)
                : silence;
    }

    private void exchanged() {
        exchangedAt = System.nanoTime();
        heard.countDown();
    }

    @Override
    public Mono<Void> notifyClients(String method, @Nullable Object params) {
        return handshake.isInUse()
                ? session.join().sendNotification(method, params)
                : Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return Greeting.REVISIONS;
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::stop);
    }

    private void stop() {
        calls.cancelAll();
        ended.complete(null);
    }

    private void readAll() {
        try {
            for (Line line = lines.next(); !(line instanceof Line.End); line = lines.next()) {
                takeUnharmed(line);
            }
            if (!calls.isEmpty()) {
                session.join(); // replies that wait for it have their time after that
                stateless.awaitServer();
            }
            calls.drain(DRAIN);
        } catch (IOException broken) {
            log.log(DEBUG, "the client is gone", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }

    private void takeUnharmed(Line line) throws IOException {
        try {
            take(line);
        } catch (RuntimeException failure) {
            // The border: no line may end the reading of those that follow.
            log.log(WARNING, "a line of the client failed", failure);
            writer.writeError(null, ErrorCodes.INTERNAL_ERROR, FAILED_INSIDE);
        } finally {
            exchanged();
        }
    }

    private void take(Line line) throws IOException {
        switch (line) {
            case Line.Text(var text, var bytes) -> {
                if (!text.isBlank()) {
                    take(Incoming.parse(text), bytes);
                }
            }
            case Line.TooLong(var bytes) -> writer.writeError(null, ErrorCodes.INVALID_REQUEST,
                    "A line may have at most " + MOST_LINE_BYTES + " bytes, got " + bytes + ".");
            case Line.NotUtf8() ->
                writer.writeError(null, ErrorCodes.PARSE_ERROR, "The line is not UTF-8.");
            case Line.End() -> {
            }
        }
    }

    private void take(Incoming message, int bytes) throws IOException {
        switch (message) {
            case Incoming.Request(var request) -> takeRequest(request, bytes);
            case Incoming.Notification(var notification) ->
                takeNotification(notification);
            case Incoming.Response(var response) -> passOn(response);
            case Incoming.Refused(var id, var code, var why) -> writer.writeError(id, code, why);
        }
    }

    private void takeRequest(JSONRPCRequest request, int bytes)
            throws IOException {
        boolean alone = Envelope.isOn(request);
        if (request.method().equals(McpSchema.METHOD_PING) && !alone) {
            writer.writeResult(request.id(), Map.of());
            return;
        }
        var refusal = refusal(request, alone);
        if (refusal.isPresent()) {
            writer.writeError(request.id(), refusal.get());
        } else if (request.method().equals(Envelope.DISCOVER)) {
            writer.writeResult(request.id(), stateless.discovery());
        } else {
            work(request, bytes, alone);
        }
    }

    private Optional<JSONRPCError> refusal(JSONRPCRequest request, boolean alone) {
        if (calls.isOpen(request.id())) {
            return Optional.of(new JSONRPCError(ErrorCodes.INVALID_REQUEST,
                    "id " + Shown.of(request.id())
                            + " belongs to a request that is still open."));
        }
        return alone ? Envelope.refusal(request) : handshake.refusal(request.method());
    }

    private void work(JSONRPCRequest request, int bytes, boolean alone) throws IOException {
        var call = calls.open(request.id(), bytes);
        if (call.isEmpty()) {
            writer.writeError(request.id(), SERVER_BUSY,
                    "The server is busy with other requests: wait for their replies.");
        } else if (alone) {
            call.get().runAside(() -> answer(request, () -> deliver(stateless.answer(request))));
        } else if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            call.get().runHere(() -> answer(request, () -> greet(request)));
        } else {
            beginUse();
            call.get().runAside(() -> answer(request, () -> handle(request)));
        }
    }

    /// Replies by itself, and lets the session hear the same; what that replies is not sent.
    private void greet(JSONRPCRequest request) {
        Greeting greeting;
        try {
            greeting = Greeting.read(request.params());
        } catch (IllegalArgumentException unfit) {
            reply(request.id(), MessageWriter.error(request.id(),
                    new JSONRPCError(ErrorCodes.INVALID_PARAMS, unfit.getMessage())));
            return;
        }
        reply(request.id(),
                MessageWriter.result(request.id(), greeting.result(introduction)));
        handle(new JSONRPCRequest(request.method(), request.id(), greeting.params()));
        if (handshake.isFresh()) {
            log.log(WARNING, "the session refused a greeting that was answered: {0}", greeting);
        }
    }

    private void handle(JSONRPCRequest request) {
        session.join().handle(request).block();
    }

    private void answer(JSONRPCRequest request, Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException | Error failure) {
            // The border: whatever a handler throws, the client gets its reply and the next request
            // its turn.
            log.log(WARNING, request.method() + " failed", failure);
            deliver(JSONRPCResponse.error(request.id(),
                    new JSONRPCError(ErrorCodes.INTERNAL_ERROR, String.valueOf(failure))));
        }
    }

    /// Sends a reply, unless its request was cancelled or has one.
    private void deliver(JSONRPCResponse response) {
        if (!calls.awaitsReply(response.id())) {
            return;
        }
        reply(response.id(), writer.line(fitToSend(response)));
    }

    private void reply(@Nullable Object id, byte[] line) {
        if (calls.claimReply(id).isPresent()) {
            send(line);
        }
    }

    private static JSONRPCResponse fitToSend(JSONRPCResponse response) {
        var error = response.error();
        if (error == null || error.code() != ErrorCodes.INTERNAL_ERROR) {
            return response;
        }
        // Whoever made this error has logged the failure with its stack.
        log.log(DEBUG, "internal error: {0}", error.message());
        return JSONRPCResponse.error(response.id(), new JSONRPCError(ErrorCodes.INTERNAL_ERROR,
                FAILED_INSIDE));
    }

    private void send(byte[] line) {
        if (ended.isDone()) {
            return;
        }
        try {
            writer.writeLine(line);
            exchanged();
        } catch (IOException broken) {
            log.log(DEBUG, "the client does not listen any more", broken);
            stop();
        }
    }

    private void takeNotification(JSONRPCNotification notification) {
        String method = notification.method();
        if (method.equals(CANCELLED)) {
            if (notification.params() instanceof Map<?, ?> params
                    && params.get("requestId") != null) {
                calls.cancel(params.get("requestId"));
            }
        } else if (handshake.isFresh()) {
            log.log(DEBUG, "{0} before initialize is ignored", method);
        } else if (method.equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            beginUse();
        } else {
            passOn(notification);
        }
    }

    /// Tells the session that the client is ready: at its word, or at its first request without one. The session takes this
    /// once.
    private void beginUse() {
        if (handshake.beginUse()) {
            passOn(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED));
        }
    }

    private void passOn(JSONRPCMessage message) {
        var _ = session.join().handle(message).subscribe(done -> {
        }, failure -> log.log(WARNING, "a message from the client failed", failure));
    }

    /// The session's way to the client.
    private final class Wire implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                if (message instanceof JSONRPCResponse response) {
                    reply(response);
                } else {
                    send(writer.line(message));
                }
            });
        }

        private void reply(JSONRPCResponse response) {
            if (response.error() == null) {
                handshake.initialized();
            }
            deliver(response);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return json.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.fromRunnable(StdioTransport.this::stop);
        }

        @Override
        public List<String> protocolVersions() {
            return StdioTransport.this.protocolVersions();
        }
    }
}
