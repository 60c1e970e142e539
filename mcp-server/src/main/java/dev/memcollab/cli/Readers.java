package dev.memcollab.cli;

import dev.memcollab.experiment.KeptGenerations;
import dev.memcollab.model.LanguageModel;
import dev.memcollab.server.Wiring;
import java.util.ArrayList;
import java.util.List;

/// The models of a command, whose answers are kept.
///
/// @param models in the order they were asked for
record Readers(List<LanguageModel> models) implements AutoCloseable {
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
        try {
            for (String name : installed) {
                opened.add(kept.keeping(wiring.model(name),
                        wiring.models().require(name).manifest().source().sha256()));
            }
            return new Readers(opened);
        } catch (RuntimeException e) {
            opened.forEach(LanguageModel::close);
            throw e;
        }
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
