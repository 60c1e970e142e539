package dev.memcollab.server.mcp;

import dev.memcollab.server.ConstraintView;
import dev.memcollab.server.RecallAnswer;
import dev.memcollab.server.RecordReceipt;
import dev.memcollab.server.RecordRequest;
import dev.memcollab.server.StatusReport;
import java.util.Map;
import java.util.function.Supplier;

/// The tools' arguments and answers in the form that clients see, for the command line, which
/// speaks the same.
public final class ToolCalls {
    private ToolCalls() {}

    /// Reads and checks the arguments of `record_trajectory`.
    ///
    /// @throws IllegalArgumentException naming the field, the rule and the value
    public static RecordRequest recordRequest(Map<String, Object> arguments,
            Supplier<String> project) {
        return RecordTool.request(arguments, project);
    }

    public static Map<String, Object> structured(RecordReceipt receipt) {
        return RecordTool.structured(receipt);
    }

    public static String text(RecordReceipt receipt) {
        return RecordTool.text(receipt);
    }

    public static Map<String, Object> structured(RecallAnswer answer) {
        return RecallTool.structured(answer);
    }

    public static String text(RecallAnswer answer) {
        return RecallTool.text(answer);
    }

    public static Map<String, Object> structured(StatusReport report) {
        return Resources.structured(report);
    }

    public static Map<String, Object> structured(ConstraintView view) {
        return Resources.structured(view);
    }
}
