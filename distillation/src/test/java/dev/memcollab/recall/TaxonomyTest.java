package dev.memcollab.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.memcollab.recall.Taxonomy.Entry;
import dev.memcollab.trajectory.TaskCategory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaxonomyTest {
    private static final TaskCategory TESTS = new TaskCategory("code", "tests");

    @Test
    void anEntryHasADefinitionAndExemplars() {
        assertThat(parsed("""
                # for the reader
                [code / tests]
                Whether code works.
                - Mock the clock
                - Why is this flaky?
                """).entries()).containsExactly(new Entry(TESTS, "Whether code works.",
                List.of("Mock the clock", "Why is this flaky?")));
    }

    @Test
    void anotherFileAddsExemplarsAndEntries() {
        var own = parsed("[code / tests]\nWhether code works.\n- Mock the clock");
        var home = parsed("[code / tests]\n- Test our parser\n[code / cobol]\n- Read the copybook");

        assertThat(own.with(home).entries()).containsExactly(
                new Entry(TESTS, "Whether code works.",
                        List.of("Mock the clock", "Test our parser")),
                new Entry(new TaskCategory("code", "cobol"), "", List.of("Read the copybook")));
    }

    @Test
    void aLineThatIsNothingOfItIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> parsed("# ok\nhello"))
                .withMessage("line 2 must be a header such as [code / tests], got \"hello\"");
        assertThatIllegalArgumentException().isThrownBy(() -> parsed("[code]"))
                .withMessageContaining("[code / tests], got \"[code]\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parsed("[a / b]\nOne.\n- two\nThree."))
                .withMessage("line 4 must be an exemplar that begins with \"- \", got \"Three.\"");
    }

    @Test
    void ourOwnCoversSoftwareMathematicsAndReasoning() {
        assertThat(Taxonomy.own().entries()).hasSizeGreaterThanOrEqualTo(29)
                .allSatisfy(entry -> assertThat(entry.definition()).isNotEmpty())
                .allSatisfy(entry -> assertThat(entry.exemplars()).hasSizeGreaterThan(9));
        assertThat(Taxonomy.own().entries().stream().map(entry -> entry.category().category())
                .distinct()).containsExactly("code", "mathematics", "reasoning");
    }

    private static Taxonomy parsed(String text) {
        return Taxonomy.parse(text.lines().toList());
    }
}
