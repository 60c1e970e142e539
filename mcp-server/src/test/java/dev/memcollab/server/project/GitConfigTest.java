package dev.memcollab.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitConfigTest {
    private static final String CLONED = """
            [core]
            \trepositoryformatversion = 0
            \tbare = false
            [remote "origin"]
            \turl = git@example.com:acme/shop.git
            \tfetch = +refs/heads/*:refs/remotes/origin/*
            [branch "main"]
            \tremote = origin
            \tmerge = refs/heads/main
            """;

    private static String main(String config) {
        return GitConfig.parse(config).mainRemote().orElse("none");
    }

    @Test
    void theRemoteOfACloneIsRead() {
        assertThat(main(CLONED)).isEqualTo("git@example.com:acme/shop.git");
    }

    @Test
    void originComesFirst() {
        assertThat(main("[remote \"upstream\"]\nurl = a\n[remote \"origin\"]\nurl = b"))
                .isEqualTo("b");
    }

    @Test
    void theOnlyRemoteIsTheOneWhateverItsName() {
        assertThat(main("[remote \"upstream\"]\n\turl = a\n")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[remote \"a\"]\nurl = x\n[remote \"b\"]\nurl = y",
            "[remote \"origin\"]\nurl =\n", "[remote \"origin\"]\nurl\n",
            "[remote \"origin\"]\npushurl = x", "[url \"x\"]\nurl = y", "[remote]\nurl = x",
            "[submodule \"origin\"]\nurl = x", "# [remote \"origin\"]\nurl = x",
            "[remote \"origin\"]\n; url = x\n", "[remote \"origin\"]\n[core]\nurl = x"})
    void withoutAClearRemoteThereIsNone(String config) {
        assertThat(main(config)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[remote \"origin\"] url = u v", "[Remote \"origin\"]\r\nURL=u v\r\n",
            "[remote.Origin]\nurl = u v", "  [ remote   \"origin\" ]\n\t url  =  \"u v\"  ; why",
            "[remote \"origin\"]\nurl = u v # comment", "[remote \"origin\"]\nurl = \"u\" v\t",
            "[remote \"origin\"]\nurl = u\\\n v", "[remote \"or\\igin\"]\nurl = u v",
            "[remote \"origin\"]\nurl = u v\nurl = second",
            "[remote \"origin\"]\nfetch = x\n[core]\nx = y\n[remote \"origin\"]\nurl = u v",
            "[include]\npath = more\n[remote \"origin\"]\nbad line !\nurl = u v"})
    void whatGitWritesAndAllowsIsRead(String config) {
        assertThat(main(config)).isEqualTo("u v");
    }

    @Test
    void quotedCommentSignsAndEscapesBelongToTheValue() {
        assertThat(main("[remote \"origin\"]\nurl = \"a#b;c\\\"d\\\\e\\tf\" # not this"))
                .isEqualTo("a#b;c\"d\\e\tf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[remote \"", "\\\"", "\\\n", "[", "url = \"", "\"\\a", " ", "a.",
            "[remote \"x\"]url=y\n"})
    void hostileTextTakesNoLongerThanLongText(String repeated) {
        String config = "[remote \"origin\"]\nurl = x\n[remote \""
                + repeated.repeat(1_000_000 / repeated.length());

        assertThat(Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> main(config))).isEqualTo("x");
    }
}
