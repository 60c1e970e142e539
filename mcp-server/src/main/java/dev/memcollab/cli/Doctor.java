package dev.memcollab.cli;

import dev.memcollab.memory.StoreCheck;
import dev.memcollab.memory.StoreCheck.Finding;
import dev.memcollab.memory.StoreCheck.Level;
import dev.memcollab.server.Home;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `doctor`: what is wrong, and what to do about it.
@Command(name = "doctor", description = {
        "Check home, JDK, models, settings and memory, and say what to do.",
        "Ends with 1 where there is a problem. Running servers may go on meanwhile."})
final class Doctor implements Callable<Integer> {
    @ParentCommand
    private Memcollab program;
    @Spec
    private CommandSpec spec;
    @Option(names = "--repair", description = "Set right what can be without losing anything, then check.")
    private boolean repair;
    @Option(names = "--thorough", description = "Compare the digests of the models too, which takes time.")
    private boolean thorough;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Home home = program.home();
        var store = new StoreCheck(home.memory());
        var place = new HomeCheck(home);
        var repaired = new ArrayList<Finding>();
        if (repair) {
            repaired.addAll(place.repair());
            repaired.addAll(store.repair());
        }
        var findings = new ArrayList<>(place.examine());
        findings.addAll(new MachineCheck(home, spec.commandLine().getErr()).examine(thorough));
        findings.addAll(store.examine());
        if (json) {
            Output.json(spec, structured(repaired, findings));
        } else {
            print(repaired, findings);
        }
        return isFine(findings) && isFine(repaired) ? 0 : 1;
    }

    private static boolean isFine(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
    }

    private Map<String, Object> structured(List<Finding> repaired, List<Finding> findings) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ok", isFine(findings) && isFine(repaired));
        if (repair) {
            fields.put("repaired", repaired.stream().map(Doctor::structured).toList());
        }
        fields.put("checks", findings.stream().map(Doctor::structured).toList());
        return fields;
    }

    private static Map<String, String> structured(Finding finding) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("check", finding.check());
        fields.put("level", finding.level().label());
        fields.put("found", finding.found());
        fields.put("advice", finding.advice());
        return fields;
    }

    private void print(List<Finding> repaired, List<Finding> findings) {
        PrintWriter out = Output.of(spec);
        if (repair && repaired.isEmpty()) {
            out.println("Nothing to repair.");
        }
        repaired.forEach(done -> print(done.level() == Level.OK ? "repaired" : "not done", done,
                out));
        findings.forEach(finding -> print(finding.level().label(), finding, out));
    }

    private static void print(String label, Finding finding, PrintWriter out) {
        String advice = finding.advice().isEmpty() ? "" : " -> " + finding.advice();
        out.printf("%-9s %-15s %s%s%n", label, finding.check(), finding.found(), advice);
    }
}
