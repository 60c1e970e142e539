package dev.memcollab.cli;

import dev.memcollab.jlama.catalogue.CatalogueModel;
import dev.memcollab.jlama.catalogue.InstalledModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `models list`.
@Command(name = "list", description = "List the catalogue and what is installed.")
final class ModelsList implements Callable<Integer> {
    @ParentCommand
    private Models models;
    @Spec
    private CommandSpec spec;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Map<String, Object>> rows = rows();
        if (json) {
            Output.json(spec, rows);
        } else {
            rows.forEach(row -> Output.of(spec).printf("%-20s  %-9s  %-6s  %s%n", row.get("name"),
                    Boolean.TRUE.equals(row.get("installed")) ? "installed" : "-",
                    row.get("default_role"), row.get("title")));
        }
        return 0;
    }

    private List<Map<String, Object>> rows() {
        var rows = new ArrayList<Map<String, Object>>();
        for (CatalogueModel model : models.catalogue().models()) {
            rows.add(row(model.name(), model.about().title() + ", " + model.about().licence(),
                    model.about().defaultRole()
                            .map(role -> role.name().toLowerCase(Locale.ROOT)).orElse("-")));
        }
        for (InstalledModel model : models.home().installed()) {
            if (models.catalogue().find(model.name()).isEmpty()) {
                rows.add(row(model.name(), "imported from " + model.manifest().source().file(),
                        "-"));
            }
        }
        return rows;
    }

    private Map<String, Object> row(String name, String title, String role) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", name);
        row.put("title", title);
        row.put("default_role", role);
        row.put("installed", models.home().isInstalled(name));
        return row;
    }
}
