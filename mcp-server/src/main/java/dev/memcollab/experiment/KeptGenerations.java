package dev.memcollab.experiment;

import dev.memcollab.memory.Directories;
import dev.memcollab.model.Decoding;
import dev.memcollab.model.ForwardingLanguageModel;
import dev.memcollab.model.Generation;
import dev.memcollab.model.Generation.End;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.model.Prompt;
import dev.memcollab.model.TokenMask;
import dev.memcollab.trajectory.ContentDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What models said, kept in a file a JSON object a line, so that an experiment that was interrupted
/// goes on where it was, and arms that ask the same share the answer.
///
/// An answer is that of one model file, prompt and decoding. On a processor of another vector width the
/// same model may say something else.
public final class KeptGenerations {
    private static final System.Logger LOG = System.getLogger(KeptGenerations.class.getName());

    private final Path file;
    private final Map<String, Kept> known = new HashMap<>();
    private String lineEnd = ""; // what the last line lacks

    /// @param model for readers; the key has its digest
    /// @param seconds it took when it was made
    record Kept(String key, String model, String text, int promptTokens, int tokens, End end,
            double seconds) {
        private Generation generation() {
            return new Generation(text, promptTokens, tokens, end);
        }
    }

    /// Reads what is in the file, which need not be there.
    public KeptGenerations(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            String text = Files.readString(file);
            text.lines().filter(line -> !line.isBlank()).forEach(this::read);
            lineEnd = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        } else {
            Directories.createPrivate(file.toAbsolutePath().getParent());
        }
    }

    /// A line that a process did not live to write is made again.
    private void read(String line) {
        try {
            Kept kept = JsonMapper.shared().readValue(line, Kept.class);
            known.put(kept.key(), kept);
        } catch (JacksonException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} has a line that cannot be read: {1}", file,
                    e.getOriginalMessage());
        }
    }

    /// A model whose answers are kept. Closing it closes the model.
    ///
    /// @param digest of the model's file
    public LanguageModel keeping(LanguageModel model, String digest) {
        return new Keeping(model, digest);
    }

    private synchronized void keep(Kept kept) {
        try {
            Files.writeString(file,
                    lineEnd + JsonMapper.shared().writeValueAsString(kept) + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            lineEnd = "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        known.put(kept.key(), kept);
    }

    private final class Keeping extends ForwardingLanguageModel {
        private final String digest;

        Keeping(LanguageModel model, String digest) {
            super(model);
            this.digest = digest;
        }

        @Override
        public Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException {
            if (!decoding.mask().equals(TokenMask.ANY)) {
                return model().generate(prompt, decoding); // a mask has no name to keep it under
            }
            String key = key(digest, prompt, decoding);
            Kept before = known.get(key);
            if (before != null) {
                return before.generation();
            }
            long begun = System.nanoTime();
            Generation said = model().generate(prompt, decoding);
            keep(new Kept(key, name(), said.text(), said.promptTokens(), said.tokens(),
                    said.end(), Math.round((System.nanoTime() - begun) / 1e6) / 1e3));
            return said;
        }
    }

    private static String key(String digest, Prompt prompt, Decoding decoding) {
        var key = new ContentDigest().add(digest);
        prompt.messages().forEach(message -> key.add(message.role().name()).add(message.text()));
        key.add(prompt.answerPrefix()).add("%d %s %d".formatted(decoding.maxTokens(),
                decoding.temperature(), decoding.seed()));
        decoding.stops().forEach(key::add);
        return key.hex(12);
    }
}
