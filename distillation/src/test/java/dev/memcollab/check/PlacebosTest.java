package dev.memcollab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacebosTest {
    @Test
    void whatTheTaskIsAboutComesLast() {
        List<Constraint> lines = Placebos.farthestFrom(
                task("double a recipe and take a wider pan for baking"), 9);

        assertThat(lines).hasSize(9).doesNotHaveDuplicates();
        assertThat(lines.getLast().when()).isEqualTo("a recipe is doubled");
    }

    @Test
    void thereAreAsManyAsAreAskedFor() {
        assertThat(Placebos.farthestFrom(task("add the numbers"), 2)).hasSize(2);
    }

    private static Task task(String text) {
        return Task.of(text, new Project("shop"));
    }
}
