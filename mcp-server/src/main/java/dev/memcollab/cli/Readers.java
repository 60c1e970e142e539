package dev.memcollab.cli;

import dev.memcollab.bench.Machine;
import dev.memcollab.experiment.KeptGenerations;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.server.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models of a command, whose answers are kept.
///
/// @param models in the order they were asked for
/// @param digests of the GGUF files they were imported from, by name
record Readers(List<LanguageModel> models, Map<String, String> digests) implements AutoCloseable {
    /// The pair of the settings, weak first.
    static Readers open(Wiring wiring, KeptGenerations kept) {
        return open(wiring, kept, List.of("weak", "strong"));
    }

    /// @param names roles of the settings, or installed models
    static Readers open(Wiring wiring, KeptGenerations kept, List<String> names) {
        List<String> installed = names.stream().map(name -> switch (name) {
            case "weak" -> wiring.settings().weak();
            case "strong" -> wiring.settings().strong();
            default -> name;
        }).toList();
        installed.forEach(name -> wiring.models().require(name));
        var opened = new ArrayList<LanguageModel>();
        var digests = new LinkedHashMap<String, String>();
        try {
            for (String name : installed) {
                String digest = wiring.models().require(name).manifest().source().sha256();
                opened.add(kept.keeping(wiring.model(name), digest));
                digests.put(name, digest);
            }
            return new Readers(opened, digests);
        } catch (RuntimeException e) {
            opened.forEach(LanguageModel::close);
            throw e;
        }
    }

    /// What a report says of where its figures come from.
    Map<String, Object> facts(String command) throws InterruptedException {
        Map<String, Object> facts = Output.facts(command);
        facts.put("machine", Machine.facts());
        facts.put("models", digests);
        return facts;
    }

    LanguageModel weak() {
        return models.getFirst();
    }

    LanguageModel strong() {
        return models.getLast();
    }

    @Override
    public void close() {
        models.forEach(LanguageModel::close);
    }
}
