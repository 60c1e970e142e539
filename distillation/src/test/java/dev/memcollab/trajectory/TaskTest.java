package dev.memcollab.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final Project SHOP = new Project("shop");

    @Test
    void theSameWordsAreTheSameTask() {
        assertThat(task("Sort  the\nLIST.", null).sameAs(task(" sort the list", null))).isTrue();
    }

    @Test
    void theSameIdIsTheSameTaskWhateverTheWords() {
        assertThat(task("sort", "T-1").sameAs(task("order", "T-1"))).isTrue();
    }

    @Test
    void otherWordsWithoutAnIdAreAnotherTask() {
        assertThat(task("sort", null).sameAs(task("order", null))).isFalse();
        assertThat(task("sort", "T-1").sameAs(task("order", null))).isFalse();
        assertThat(task("sort", "T-1").sameAs(task("order", "T-2"))).isFalse();
    }

    @Test
    void nothingIsTheSameTaskInAnotherProject() {
        var elsewhere = new Task("sort", "T-1", new Project("bank"), null, null);

        assertThat(task("sort", "T-1").sameAs(elsewhere)).isFalse();
    }

    @Test
    void itNeedsWords() {
        assertThatIllegalArgumentException().isThrownBy(() -> task(" \n", null))
                .withMessage("task must have 1 to 20000 characters, got 0");
    }

    @Test
    void itHasAGreatestLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> task("x".repeat(Task.MAX_CHARACTERS + 1), null))
                .withMessageEndingWith("got 20001");
    }

    @Test
    void aGivenIdIsNotBlank() {
        assertThatIllegalArgumentException().isThrownBy(() -> task("sort", " "))
                .withMessage("task_id must not be blank");
    }

    @Test
    void categoriesDoNotDifferByCase() {
        assertThat(new TaskCategory(" Code", "Iteration "))
                .isEqualTo(new TaskCategory("code", "iteration")).hasToString("code / iteration");
    }

    @Test
    void verifiersAreNotBlank() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Verifier.Answer(" "))
                .withMessage("verifier.answer must not be blank");
        assertThatIllegalArgumentException().isThrownBy(() -> new Verifier.Tests(""))
                .withMessage("verifier.tests must not be blank");
    }

    private static Task task(String text, @Nullable String givenId) {
        return new Task(text, givenId, SHOP, null, null);
    }
}
