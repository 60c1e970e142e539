package dev.memcollab.server;

import dev.memcollab.server.ConstraintView.Evidence;
import dev.memcollab.server.RecallAnswer.HeldBack;
import dev.memcollab.server.RecallAnswer.RecalledLine;
import dev.memcollab.server.StatusReport.ModelState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A memory that keeps runs in a list and knows one constraint, about dividing.
///
/// A task that begins with `wait` blocks until the test releases it or its thread is interrupted; one that begins with `fail`
/// or `bug` ends with an exception; at one that begins with `print` a library prints.
public final class FakeMemory implements MemoryService {
    public static final RecalledLine DIVIDING = new RecalledLine("c-1",
            new ConstraintText("When dividing, enforce a check for zero; avoid catching the error.",
                    "dividing", "a check for zero", "catching the error"),
            new Topic("math", "arithmetic"), 2, "two runs of t-1", 0.75);

    public final List<RecordRequest> recorded = Collections.synchronizedList(new ArrayList<>());
    public final List<RecallRequest> recalled = Collections.synchronizedList(new ArrayList<>());
    public final CountDownLatch waiting = new CountDownLatch(1);
    public final CountDownLatch release = new CountDownLatch(1);
    public final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public RecordReceipt record(RecordRequest request) {
        recorded.add(request);
        return new RecordReceipt("t-" + recorded.size(), RecordReceipt.Status.WAITING,
                "no run of this task with another outcome yet", 0, null);
    }

    @Override
    public RecallAnswer recall(RecallRequest request) {
        recalled.add(request);
        obey(request.task());
        boolean fits = request.task().contains("divide");
        return new RecallAnswer(new Topic("math", "arithmetic"), 0.9, true,
                fits ? List.of(DIVIDING) : List.of(),
                fits ? new HeldBack(1, "1 does not fit this task") : HeldBack.NOTHING, counts(),
                fits ? null : "nothing stored fits this task");
    }

    @Override
    public StatusReport status() {
        return new StatusReport(counts(), "/nowhere", "nothing to do",
                List.of(new ModelState("weak", "small", true),
                        new ModelState("strong", "large", false)),
                List.of("the strong model is missing: run memcollab models pull large"),
                List.of());
    }

    @Override
    public Optional<ConstraintView> constraint(String id) {
        return id.equals(DIVIDING.id())
                ? Optional.of(new ConstraintView(id, DIVIDING.statement(), DIVIDING.topic(), 2,
                        DIVIDING.origin(), List.of(new Evidence("run", "t-1", "it failed"))))
                : Optional.empty();
    }

    private void obey(String task) {
        if (task.startsWith("fail")) {
            throw new IllegalStateException("the index is gone: run memcollab doctor\nmore");
        }
        if (task.startsWith("bug")) {
            throw new AssertionError("secret detail");
        }
        if (task.startsWith("print")) {
            System.out.println("a library prints inside a tool");
        }
        if (task.startsWith("wait")) {
            waiting.countDown();
            try {
                release.await();
            } catch (InterruptedException cancelled) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("cancelled", cancelled);
            }
        }
    }

    private MemoryCounts counts() {
        return new MemoryCounts(1, recorded.size(), 0);
    }
}
