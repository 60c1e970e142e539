package dev.memcollab.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFinderTest {
    private static final String SHOP = "example.com/acme/shop";
    private static final String SHOP_URL = "git@example.com:acme/shop.git";

    @TempDir
    private Path temporary;
    private Path root;

    @BeforeEach
    void theDirectoryByItsRealName() throws IOException {
        root = temporary.toRealPath();
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /// Writes what `git init` and `git remote add` leave behind.
    private static void repository(Path git, String config) throws IOException {
        Files.createDirectories(git.resolve("objects"));
        Files.createDirectories(git.resolve("refs"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("config"), "[core]\n\tbare = false\n" + config);
    }

    private static String remote(String name, String url) {
        return "[remote \"%s\"]\n\turl = %s\n".formatted(name, url);
    }

    private Path clone(String name, String url) throws IOException {
        Path place = directory(name);
        repository(place.resolve(".git"), remote("origin", url));
        return place;
    }

    private Path withoutRemote(String name) throws IOException {
        Path place = directory(name);
        repository(place.resolve(".git"), "");
        return place;
    }

    /// Writes what `git worktree add` leaves behind.
    private Path linked(Path git, String name) throws IOException {
        Path own = Files.createDirectories(git.resolve("worktrees").resolve(name));
        Path place = directory(name);
        Files.writeString(own.resolve("HEAD"), "ref: refs/heads/" + name + "\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.writeString(own.resolve("gitdir"), place.resolve(".git") + "\n");
        Files.writeString(place.resolve(".git"), "gitdir: " + own + "\n");
        return place;
    }

    private static String of(Path directory) {
        return ProjectFinder.of(directory).name();
    }

    @Test
    void aDirectoryOutsideOfGitIsAProjectOfItsOwn() throws IOException {
        assertThat(of(directory("notes"))).isEqualTo(PathName.of(root + "/notes"));
        assertThat(of(directory("notes/old"))).isNotEqualTo(of(directory("notes")));
    }

    @Test
    void aDirectoryThatIsNotThereKeepsItsNameNormalised() {
        assertThat(of(root.resolve("a/../none/./x"))).isEqualTo(PathName.of(root + "/none/x"));
    }

    @Test
    void theRootOfTheFileSystemIsAProjectOfItsOwn() {
        Path top = root.getRoot();

        assertThat(of(top)).isEqualTo(PathName.of(top.toString())).endsWith("/");
    }

    @Test
    void aRelativeDirectoryIsTheSameAsTheAbsoluteOne() {
        assertThat(of(Path.of(""))).isEqualTo(of(Path.of("").toAbsolutePath()));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void aLinkIsTheDirectoryThatItPointsTo() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), directory("notes"));

        assertThat(of(link)).isEqualTo(of(directory("notes")));
    }

    @Test
    void aSubdirectoryBelongsToTheWorkTreeAroundIt() throws IOException {
        Path shop = withoutRemote("shop");

        assertThat(of(directory("shop/src/main"))).isEqualTo(of(shop))
                .isEqualTo(PathName.of(shop.toString()));
    }

    @Test
    void clonesOfOneRemoteAreOneProject() throws IOException {
        clone("first", SHOP_URL);
        Path second = clone("second", "https://example.com/acme/shop");

        assertThat(of(directory("first/src"))).isEqualTo(of(second)).isEqualTo(SHOP);
    }

    @Test
    void clonesOfDifferentRemotesAreDifferentProjects() throws IOException {
        assertThat(of(clone("fork", "git@example.com:me/shop.git")))
                .isNotEqualTo(of(clone("shop", SHOP_URL)));
    }

    @Test
    void theInnermostWorkTreeCounts() throws IOException {
        clone("shop", SHOP_URL);
        Path vendored = clone("shop/vendor/tax", "https://example.com/acme/tax.git");

        assertThat(of(vendored)).isEqualTo("example.com/acme/tax");
    }

    @Test
    void aLinkedWorkTreeIsTheProjectOfItsRepository() throws IOException {
        Path shop = withoutRemote("shop");
        Path feature = linked(shop.resolve(".git"), "feature");

        assertThat(of(feature)).isEqualTo(of(shop));
        assertThat(of(directory("feature/src"))).isEqualTo(of(shop));
    }

    @Test
    void aLinkedWorkTreeHasTheRemoteOfItsRepository() throws IOException {
        Path shop = clone("shop", SHOP_URL);

        assertThat(of(linked(shop.resolve(".git"), "feature"))).isEqualTo(SHOP);
    }

    @Test
    void allWorkTreesOfABareRepositoryAreOneProject() throws IOException {
        Path bare = directory("shop/.bare");
        repository(bare, "");
        Files.writeString(root.resolve("shop/.git"), "gitdir: ./.bare\n");

        assertThat(of(linked(bare, "one"))).isEqualTo(of(linked(bare, "two")))
                .isEqualTo(of(directory("shop"))).isEqualTo(PathName.of(bare.toString()));
    }

    @Test
    void aSubmoduleIsAProjectOfItsOwn() throws IOException {
        Path shop = clone("shop", SHOP_URL);
        Path own = shop.resolve(".git/modules/tax");
        repository(own, remote("origin", "https://example.com/acme/tax.git"));
        Files.writeString(directory("shop/tax").resolve(".git"), "gitdir: ../.git/modules/tax\n");

        assertThat(of(directory("shop/tax/src"))).isEqualTo("example.com/acme/tax");
    }

    @Test
    void aPointerThatLeadsNowhereLeavesTheDirectory() throws IOException {
        Path moved = directory("moved");
        Files.writeString(moved.resolve(".git"), "gitdir: /no-such-place/.git/worktrees/moved\n");

        assertThat(of(directory("moved/src"))).isEqualTo(PathName.of(moved.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gitdir", "gitdir: \0", "something else\n"})
    void aFileThatIsNoPointerIsNoTrouble(String content) throws IOException {
        Files.writeString(directory("odd").resolve(".git"), content);

        assertThat(of(directory("odd"))).isEqualTo(PathName.of(root + "/odd"));
    }

    @Test
    void anEmptyGitDirectoryIsNoRepository() throws IOException {
        Path shop = withoutRemote("shop");
        directory("shop/src/.git");

        assertThat(of(directory("shop/src"))).isEqualTo(PathName.of(shop.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/git/shop.git", "../shop", "file:///srv/git/shop.git", "C:/shop"})
    void aRemoteOnADiskIsNoName(String url) throws IOException {
        Path shop = clone("shop", url);

        assertThat(of(shop)).isEqualTo(PathName.of(shop.toString()));
    }

    @Test
    void severalRemotesWithoutOriginAreNoName() throws IOException {
        Path shop = directory("shop");
        repository(shop.resolve(".git"), remote("mine", "https://example.com/me/shop")
                + remote("theirs", "https://example.com/acme/shop"));

        assertThat(of(shop)).isEqualTo(PathName.of(shop.toString()));
    }

    @Test
    void aConfigurationOfAnyBytesIsNoTrouble() throws IOException {
        Path shop = withoutRemote("shop");
        var bytes = (remote("origin", SHOP_URL) + "\u00ff\u0000").getBytes(
                StandardCharsets.ISO_8859_1);
        Files.write(shop.resolve(".git/config"), bytes);
        assertThat(of(shop)).isEqualTo(SHOP);

        Files.delete(shop.resolve(".git/config"));
        Files.createDirectory(shop.resolve(".git/config"));
        assertThat(of(shop)).isEqualTo(PathName.of(shop.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:s3cret@example.com/acme/shop.git",
            "https://s3cret@example.com/acme/shop.git",
            "https://me:s3cret@example.com:443/acme/shop",
            "https://example.com/acme/shop?private_token=s3cret",
            "ssh://me:s3cret@example.com/acme/shop", "https://me:x/s3cret@example.com/acme/shop",
            "https://me:1/s3cret@example.com/acme/shop", "me:s3cret@example.com:acme/shop"})
    void aSecretInARemoteNeverGetsIntoTheName(String url) throws IOException {
        Path shop = clone("shop", url);

        assertThat(of(shop)).doesNotContain("s3cret").doesNotContain("me:")
                .isIn(SHOP, PathName.of(shop.toString()));
        assertThat(ProjectFinder.ofRoot(url).name()).doesNotContain("s3cret");
    }

    @Test
    void aRootIsTheDirectoryItsUriNames() throws IOException {
        Path shop = clone("my shop", SHOP_URL);

        assertThat(ProjectFinder.ofRoot(shop.toUri().toString()).name()).isEqualTo(SHOP);
        assertThat(ProjectFinder.ofRoot("file://" + unixPath(shop)).name()).isEqualTo(SHOP);
        assertThat(ProjectFinder.ofRoot(shop.toString()).name()).isEqualTo(SHOP);
    }

    private static String unixPath(Path path) {
        String text = path.toString().replace('\\', '/');
        return text.startsWith("/") ? text : "/" + text;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            file:///no-such-place/my%20code        | /no-such-place/my code
            file:///no-such-place/my code/         | /no-such-place/my code
            file:/no-such-place/x                  | /no-such-place/x
            FILE://localhost/no-such-place/x       | /no-such-place/x
            file:///no-such-place/c%23             | /no-such-place/c#
            file:///no-such-place/c#               | /no-such-place/c#
            file:///no-such-place/100%             | /no-such-place/100%
            file:///no-such-place/%C3%BCber        | /no-such-place/über
            /no-such-place/../no-such-place/x      | /no-such-place/x
            """)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "these paths are not absolute there")
    void aRootIsReadLeniently(String uri, String name) {
        assertThat(ProjectFinder.ofRoot(uri).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///c%3A/no-such-place/code", "file:///C:/no-such-place/code",
            "file:///c:/no-such-place/code/", "file://c:/no-such-place/code",
            "file://C%3A/no-such-place/code", "c:\\no-such-place\\code",
            "C:\\no-such-place\\code\\", "c:/no-such-place/code", "file:c:/no-such-place/code",
            "\\\\?\\C:\\no-such-place\\code"})
    void aPathOfWindowsHasOneNameOnEverySystem(String uri) {
        assertThat(ProjectFinder.ofRoot(uri).name()).isEqualTo("C:/no-such-place/code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://server/share/code", "file:////server/share/code",
            "\\\\server\\share\\code", "\\\\server\\share\\code\\"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it would look for the server")
    void aShareOfWindowsHasOneNameElsewhere(String uri) {
        assertThat(ProjectFinder.ofRoot(uri).name().replaceAll("^/+", ""))
                .isEqualTo("server/share/code");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://github.com/acme/shop                | github.com/acme/shop
            https://me:pw@github.com/acme/shop.git      | github.com/acme/shop
            vscode-remote://ssh-remote+box/home/me/code | vscode-remote://ssh-remote+box/home/me/code
            memfs://me:pw@place/code?token=pw#pw        | memfs://place/code
            untitled:new                                | untitled:new
            """)
    void aRootElsewhereIsItsAddressWithoutUserAndPassword(String uri, String name) {
        assertThat(ProjectFinder.ofRoot(uri).name()).isEqualTo(name);
    }

    @Test
    void aDriveOfWindowsIsAProjectOfItsOwn() {
        assertThat(PathName.of("c:\\")).isEqualTo("C:/").isEqualTo(PathName.of("C:"));
    }
}
