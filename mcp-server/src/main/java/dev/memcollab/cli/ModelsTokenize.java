package dev.memcollab.cli;

import dev.memcollab.jlama.tokenizer.ByteLevelTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `models tokenize NAME`.
@Command(name = "tokenize", description = {
        "Read JSON strings from standard input, one a line, and print their token ids"
                + " as JSON arrays.",
        "Special tokens in the text are recognised, none is added."})
final class ModelsTokenize implements Callable<Integer> {
    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "NAME", description = "An installed model.")
    private String name;

    @Override
    public Integer call() throws IOException {
        var tokenizer = ByteLevelTokenizer.read(models.home().require(name).directory());
        var in = new BufferedReader(new InputStreamReader(models.program().streams().in(),
                StandardCharsets.UTF_8));
        PrintWriter out = Output.of(spec);
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                out.println(Arrays.toString(tokenizer.encode(text(line, number)))
                        .replace(" ", ""));
                out.flush();
            }
        }
        return 0;
    }

    private static String text(String line, int number) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            if (json.isString()) {
                return json.asString();
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("line %d must be a JSON string: %s"
                    .formatted(number, e.getOriginalMessage()), e);
        }
        throw new IllegalArgumentException(
                "line %d must be a JSON string, got %s".formatted(number, line));
    }
}
