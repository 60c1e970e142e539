package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.ModelCatalogue;
import dev.memcollab.jlama.catalogue.ModelHome;
import dev.memcollab.jlama.catalogue.ModelPull;
import dev.memcollab.jlama.catalogue.PullOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `models …`: which models there are, and getting, checking and removing them.
@Command(name = "models", synopsisSubcommandLabel = "COMMAND", description = "List, get, check and remove the local models.", subcommands = {
        ModelsList.class, ModelsPull.class, ModelsImport.class, ModelsCheck.class,
        ModelsTokenize.class, ModelsRemove.class})
final class Models {
    private final ModelCatalogue catalogue = ModelCatalogue.bundled();

    @ParentCommand
    private Memcollab program;

    Memcollab program() {
        return program;
    }

    ModelCatalogue catalogue() {
        return catalogue;
    }

    ModelHome home() {
        return new ModelHome(program.home().models());
    }

    ModelPull pull() {
        return new ModelPull(home(), catalogue, PullOptions.of(System.getenv(), catalogue));
    }
}
