package dev.memcollab.jlama.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer.Part;
import dev.memcollab.model.ModelFailedException;
import dev.memcollab.model.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A model's own way to write a chat down, and the only way from a [Prompt] to ids.
///
/// What the messages say is data: a special token in them is tokenised as the characters it is
/// written with, so no message can end its turn or forge another. Only the template's own tags are
/// special. Safe for use by several threads.
public final class ChatTemplate {
    /*
     * The template is rendered twice: with the messages, which gives the text, and with a
     * placeholder for each, which tells the template's words from theirs. Both must agree; where a
     * template changes what it is given (strips it, cuts it), they do not, and the special tokens
     * in the messages are broken up by a blank instead.
     */

    private static final Pattern PLACEHOLDER = Pattern.compile("\uE000(\\d+)\uE001");

    /// What templates are known to do to a message on its way.
    private static final List<UnaryOperator<String>> TREATMENTS = List
            .of(UnaryOperator.identity(), String::strip);

    private final JinjaTemplate template;
    private final Map<String, Object> tokens; // bos_token and eos_token, as templates name them

    ChatTemplate(String source, Map<String, Object> tokens) {
        this.template = new JinjaTemplate(source);
        this.tokens = Map.copyOf(tokens);
    }

    /// Reads the template of a model directory: `chat_template` in its `tokenizer_config.json`.
    ///
    /// A model without one is refused: with another model's tags it would answer, but badly.
    public static ChatTemplate read(Path modelDirectory) {
        Path file = modelDirectory.resolve("tokenizer_config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFailedException(
                    "no chat template: " + file + " is missing: import or pull the model again");
        }
        try {
            JsonNode config = new ObjectMapper().readTree(file.toFile());
            String source = source(config.path("chat_template"))
                    .orElseThrow(() -> new ModelFailedException("no chat_template in " + file
                            + ": take a model that is made for chat"));
            return new ChatTemplate(source, Map.of("bos_token", token(config, "bos_token"),
                    "eos_token", token(config, "eos_token")));
        } catch (IOException e) {
            throw new ModelFailedException("can not read " + file + ": " + e.getMessage(), e);
        }
    }

    /// A template, or a list of named ones of which the one for chat is called `default`.
    private static Optional<String> source(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.asText());
        }
        for (JsonNode named : node) {
            if (named.path("name").asText().equals("default")) {
                return Optional.of(named.path("template").asText());
            }
        }
        return Optional.empty();
    }

    /// A token is written as its text or as an object that has the text as `content`.
    private static String token(JsonNode config, String name) {
        JsonNode token = config.path(name);
        return token.isTextual() ? token.asText() : token.path("content").asText();
    }

    /// The ids of the chat up to where the model's answer goes on.
    ///
    /// @throws ModelFailedException when the template can not render this chat
    public int[] encode(Prompt prompt, ByteLevelTokenizer tokenizer) {
        var parts = new ArrayList<>(parts(prompt, tokenizer));
        parts.add(new Part(prompt.answerPrefix(), false));
        return tokenizer.encode(parts);
    }

    /// The chat as the model sees it, answer prefix included.
    ///
    /// @throws ModelFailedException when the template can not render this chat
    public String render(Prompt prompt) {
        return render(prompt, texts(prompt)) + prompt.answerPrefix();
    }

    private List<Part> parts(Prompt prompt, ByteLevelTokenizer tokenizer) {
        List<String> texts = texts(prompt);
        String rendered = render(prompt, texts);
        List<String> placeholders = IntStream.range(0, texts.size())
                .mapToObj(i -> texts.get(i).isBlank() ? texts.get(i) : "\uE000" + i + "\uE001")
                .toList();
        String outline = render(prompt, placeholders);
        for (UnaryOperator<String> treatment : TREATMENTS) {
            Optional<List<Part>> parts = fill(outline, texts.stream().map(treatment).toList());
            if (parts.isPresent() && join(parts.get()).equals(rendered)) {
                return parts.get();
            }
        }
        return List.of(
                new Part(render(prompt, texts.stream().map(tokenizer::breakSpecials).toList()),
                        true));
    }

    /// Puts the texts in the places of the outline; nothing where the outline has other places.
    private static Optional<List<Part>> fill(String outline, List<String> texts) {
        var parts = new ArrayList<Part>();
        int from = 0;
        for (MatchResult place : PLACEHOLDER.matcher(outline).results().toList()) {
            String digits = place.group(1);
            int index = digits.length() < 9 ? Integer.parseInt(digits) : texts.size();
            if (index >= texts.size()) {
                return Optional.empty();
            }
            parts.add(new Part(outline.substring(from, place.start()), true));
            parts.add(new Part(texts.get(index), false));
            from = place.end();
        }
        parts.add(new Part(outline.substring(from), true));
        return Optional.of(parts);
    }

    private static String join(List<Part> parts) {
        var joined = new StringBuilder();
        parts.forEach(part -> joined.append(part.text()));
        return joined.toString();
    }

    private String render(Prompt prompt, List<String> texts) {
        var messages = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < texts.size(); i++) {
            messages.add(Map.of("role", roleName(prompt.messages().get(i).role()), "content",
                    texts.get(i)));
        }
        var variables = new HashMap<String, Object>(tokens);
        variables.put("messages", messages);
        variables.put("add_generation_prompt", true);
        return template.render(variables);
    }

    private static List<String> texts(Prompt prompt) {
        return prompt.messages().stream().map(Prompt.Message::text).toList();
    }

    private static String roleName(Prompt.Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
