package dev.memcollab.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/// Who may be asked before something goes for good.
interface Person {
    /// Whether there is a terminal to ask on.
    boolean isThere();

    /// What is answered to a question.
    String answer(String question);

    /// Refuses to go on where nobody can be asked.
    default void requireThere() {
        if (!isThere()) {
            throw new IllegalArgumentException("--yes must be given where there is no terminal to"
                    + " ask on; --dry-run shows what would go");
        }
    }

    /// Whether a question is answered by yes.
    default boolean agrees(String question) {
        return answer(question + " [y/N] ").strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /// Whoever sits at the terminal of this process, which is looked for when it is asked about.
    static Person atTheTerminal() {
        return new Person() {
            @Override
            public boolean isThere() {
                return console().isPresent();
            }

            @Override
            public String answer(String question) {
                // A terminal that was closed says nothing.
                return console().map(console -> console.readLine("%s", question)).orElse("");
            }

            private Optional<Console> console() {
                return Optional.ofNullable(System.console()).filter(Console::isTerminal);
            }
        };
    }
}
