package dev.memcollab.bench;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.LearntConstraint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Two constraints of which it is known whether they say the same.
///
/// @param relation paraphrase, opposite, or related: other rules for the same kind of work
/// @param split dev, which weights may be fitted to, or test
record MergePair(String id, String relation, String split, Constraint one, Constraint other) {
    boolean saysTheSame() {
        return relation.equals("paraphrase");
    }

    /// The pairs of `benchmarks/data`, and those that its topics make: two constraints of one topic say
    /// different things.
    static List<MergePair> read(Path directory) throws IOException {
        var pairs = new ArrayList<>(RecallData.rows(directory.resolve("constraint-pairs.jsonl"))
                .map(MergePair::pair).toList());
        for (String split : List.of("dev", "test")) {
            for (RecallData.Topic topic : RecallData.read(directory, split).topics()) {
                pairs.addAll(related(topic, split));
            }
        }
        return pairs;
    }

    private static MergePair pair(JsonNode row) {
        return new MergePair(RecallData.text(row, "id"), RecallData.text(row, "relation"),
                RecallData.text(row, "split"), RecallData.constraint(row.get("a")),
                RecallData.constraint(row.get("b")));
    }

    private static List<MergePair> related(RecallData.Topic topic, String split) {
        List<LearntConstraint> rules = topic.constraints();
        var pairs = new ArrayList<MergePair>();
        for (int one = 0; one < rules.size(); one++) {
            for (int other = one + 1; other < rules.size(); other++) {
                pairs.add(new MergePair("related-%s-%d%d".formatted(topic.id(), one, other),
                        "related", split, rules.get(one).constraint(),
                        rules.get(other).constraint()));
            }
        }
        return pairs;
    }
}
