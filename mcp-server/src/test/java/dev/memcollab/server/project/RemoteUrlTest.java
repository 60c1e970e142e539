package dev.memcollab.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"git@github.com:acme/shop.git", "github.com:acme/shop",
            "git@github.com:/acme/shop.git/", "ssh://git@github.com/acme/shop.git",
            "ssh://git@github.com:22/acme/shop", "git+ssh://git@github.com/acme/shop.git",
            "https://github.com/acme/shop", "https://github.com/acme/shop.git",
            "https://github.com/acme/shop.git/", "https://github.com//acme/shop///",
            "https://github.com:443/acme/shop.git", "https://github.com:/acme/shop",
            "HTTPS://GitHub.COM/acme/shop", "http://github.com:80/acme/shop.git",
            "git://github.com:9418/acme/shop.git", " https://github.com/acme/shop.git\n",
            "https://me@github.com/acme/shop.git", "https://me:pa55@github.com/acme/shop.git",
            "https://me:p@55@github.com/acme/shop.git", "https://:pa55@github.com/acme/shop.git",
            "https://github.com/acme/shop.git?token=pa55", "https://github.com/acme/shop#pa55"})
    void allAddressesOfARepositoryHaveOneName(String address) {
        assertThat(RemoteUrl.name(address)).contains("github.com/acme/shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh://git@git.example.com:2222/shop.git        | git.example.com:2222/shop
            https://git.example.com:8443/a/b/c/shop        | git.example.com:8443/a/b/c/shop
            https://git.example.com:22/shop                | git.example.com:22/shop
            ssh://git@[::1]:2222/shop.git                  | [::1]:2222/shop
            git@[2001:DB8::1]:shop.git                     | [2001:db8::1]/shop
            ssh://host/~me/shop.git                        | host/~me/shop
            me@host:~/shop.git                             | host/~/shop
            me@host:srv/shop/.git                          | host/srv/shop
            https://git.example.com/Acme/Shop              | git.example.com/Acme/Shop
            https://git.example.com/acme/shop.github.io    | git.example.com/acme/shop.github.io
            https://git.example.com/acme/My%20Shop         | git.example.com/acme/My%20Shop
            git@work-alias:acme/shop                       | work-alias/acme/shop
            """)
    void whatTellsRepositoriesApartStaysInTheName(String address, String name) {
        assertThat(RemoteUrl.name(address)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/srv/git/shop.git", "../shop", "./a:b", "shop", "C:\\code\\shop",
            "c:/code/shop", "file:///srv/git/shop.git", "file://host/shop.git", "\\\\server\\shop",
            "codecommit::eu-west-1://profile@shop", "ext::sh -c true", "https://", "https://host",
            "https://host/", "https://host/.git", "https://host:port/shop", "git@host:",
            "https://host/a\u0007b", "git@host:a\u0007b", "unknown://host/shop"})
    void whatIsNoAddressOnANetworkHasNone(String address) {
        assertThat(RemoteUrl.name(address)).isEmpty();
    }

    /// An unescaped slash in a password ends the host too early: what follows is not a path.
    @ParameterizedTest
    @ValueSource(strings = {"https://me:s3/cret@host/shop", "https://me:12/s3cret@host/shop",
            "https://s3/cret@host/shop", "https://me@s3/cret@host/shop", "me:s3cret@host:shop",
            "me:s3cret@host/shop", "ssh://me:22/s3cret@host/shop", "https://me:s3#cret@host/shop",
            "https://me:s3?cret@host/shop"})
    void aPasswordThatIsNotEscapedIsInNoName(String address) {
        assertThat(RemoteUrl.name(address).orElse("none")).doesNotContain("cret");
        assertThat(RemoteUrl.withoutUser(address)).doesNotContain("cret");
    }

    @Test
    void aHostileAddressTakesNoLongerThanALongOne() {
        for (String repeated : List.of("@", "a:", "/", "[", "a@", ".git", "://", "?")) {
            for (String start : List.of("", "https://", "git@")) {
                String address = start + repeated.repeat(200_000 / repeated.length());

                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(
                        RemoteUrl.name(address) + RemoteUrl.withoutUser(address)).isNotBlank());
            }
        }
    }
}
