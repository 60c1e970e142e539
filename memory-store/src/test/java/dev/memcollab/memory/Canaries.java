package dev.memcollab.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes secrets up, each in the shape that its issuer publishes or that a tool writes.
final class Canaries {
    private static final String DIGITS = "0123456789";
    private static final String HEX = DIGITS + "abcdef";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LETTERS = CAPITALS + "abcdefghijklmnopqrstuvwxyz";
    private static final String ALPHANUMERIC = LETTERS + DIGITS;
    private static final String URL_SAFE = ALPHANUMERIC + "-_";
    private static final String BASE64 = ALPHANUMERIC + "+/";
    private static final String SYMBOLS = ALPHANUMERIC + "!#%*+-_.~^";
    private static final int PIECE = 10;

    private final RandomGenerator random;
    private final List<Supplier<Canary>> kinds = new ArrayList<>();

    /// A text with a secret in it.
    ///
    /// @param marks pieces of the secret: where one of them stands, some of the secret does
    record Canary(String kind, String text, List<String> marks) {}

    Canaries(RandomGenerator random) {
        this.random = random;
        issuers();
        named();
    }

    /// A canary of each kind in turn.
    Canary next(int number) {
        return kinds.get(number % kinds.size()).get();
    }

    /// Secrets that are known by their own shape.
    private void issuers() {
        token("aws access key", List.of("AKIA", "ASIA"), CAPITALS + "234567", 16);
        token("github token", List.of("ghp_", "gho_", "ghs_", "ghu_"), ALPHANUMERIC, 36);
        made("github fine-grained token", "github_pat_",
                () -> chars(ALPHANUMERIC, 22) + "_" + chars(ALPHANUMERIC, 59));
        token("gitlab token", List.of("glpat-"), URL_SAFE, 20);
        made("slack token", "xoxb-", () -> chars(DIGITS, 12) + "-" + chars(DIGITS, 13) + "-"
                + chars(ALPHANUMERIC, 24));
        made("slack webhook", "https://hooks.slack.com/services/T",
                () -> chars(CAPITALS + DIGITS, 10) + "/B" + chars(CAPITALS + DIGITS, 10) + "/"
                        + chars(ALPHANUMERIC, 24));
        token("google key", List.of("AIza"), URL_SAFE, 35);
        token("stripe key", List.of("sk_live_", "rk_live_", "sk_test_"), ALPHANUMERIC, 99);
        made("openai key", "sk-proj-",
                () -> chars(URL_SAFE, 74) + "T3BlbkFJ" + chars(URL_SAFE, 74));
        made("anthropic key", "sk-ant-api03-", () -> chars(URL_SAFE, 93) + "AA");
        token("npm token", List.of("npm_"), ALPHANUMERIC, 36);
        token("pypi token", List.of("pypi-AgEIcHlwaS5vcmc"), URL_SAFE, 150);
        token("hugging face token", List.of("hf_"), LETTERS, 34);
        made("sendgrid key", "SG.", () -> chars(URL_SAFE, 22) + "." + chars(URL_SAFE, 43));
        kinds.add(this::jwt);
        kinds.add(this::privateKey);
    }

    /// Secrets that are known only by what stands around them.
    private void named() {
        named("aws secret key", BASE64, 40, "aws_secret_access_key = %s",
                "AWS_SECRET_ACCESS_KEY=%s", "aws configure set aws_secret_access_key %s");
        named("password in a url", ALPHANUMERIC + "-_.!~", 16,
                "postgres://app:%s@db.internal:5432/shop",
                "https://me:%s@github.com/acme/shop.git", "redis://:%s@cache:6379/0",
                "mongodb+srv://root:%s@cluster0.abc.mongodb.net/shop");
        named("password", () -> withDigit(SYMBOLS, 20), "DB_PASSWORD=%s", "password: %s",
                "PGPASSWORD=%s psql",
                "db.password=%s", "password = '%s'", "<password>%s</password>",
                "MYSQL_ROOT_PASSWORD: \"%s\"");
        named("bearer token", URL_SAFE, 43, "Authorization: Bearer %s",
                "curl -H 'Authorization: Bearer %s' https://api.internal/v1/me",
                "headers['Authorization'] = 'Bearer %s'");
        named("key of a service", () -> withDigit(ALPHANUMERIC, 32), "API_KEY=%s", "api_key: '%s'",
                "x-api-key: %s", "client_secret = %s", "const apiKey = `%s`;",
                "GET /v1/items?api_key=%s&page=2 HTTP/1.1");
        named("storage account key", BASE64, 86,
                "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=%s==;"
                        + "EndpointSuffix=core.windows.net");
    }

    private void token(String kind, List<String> prefixes, String alphabet, int length) {
        kinds.add(() -> {
            String secret = chars(alphabet, length);
            return new Canary(kind, oneOf(prefixes) + secret, pieces(secret));
        });
    }

    private void made(String kind, String prefix, Supplier<String> secrets) {
        kinds.add(() -> {
            String secret = secrets.get();
            return new Canary(kind, prefix + secret, pieces(secret));
        });
    }

    private void named(String kind, String alphabet, int length, String... forms) {
        named(kind, () -> chars(alphabet, length), forms);
    }

    private void named(String kind, Supplier<String> secrets, String... forms) {
        kinds.add(() -> {
            String secret = secrets.get();
            return new Canary(kind, oneOf(List.of(forms)).replace("%s", secret), pieces(secret));
        });
    }

    /// As password generators and most issuers see to it, and chance does nearly always.
    private String withDigit(String alphabet, int length) {
        var secret = new StringBuilder(chars(alphabet, length));
        secret.setCharAt(random.nextInt(length), chars(DIGITS, 1).charAt(0));
        return secret.toString();
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Canary jwt() {
        String header = base64("{\"alg\":\"RS256\",\"kid\":\"" + chars(HEX, 12) + "\"}");
        String claims = base64("{\"sub\":\"" + chars(DIGITS, 10) + "\",\"exp\":"
                + chars("123456789", 10) + ",\"scope\":\"" + chars(LETTERS, 8) + "\"}");
        String signature = chars(URL_SAFE, 86);
        return new Canary("jwt", header + "." + claims + "." + signature,
                pieces(claims + signature));
    }

    private Canary privateKey() {
        String label = oneOf(List.of("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "))
                + "PRIVATE KEY-----";
        var lines = new ArrayList<String>();
        for (int i = 0; i < 3 + random.nextInt(24); i++) {
            lines.add(chars(BASE64, 64));
        }
        lines.add(chars(BASE64, 1 + random.nextInt(60)) + "=");
        var marks = new ArrayList<String>();
        lines.stream().filter(line -> line.length() >= PIECE).forEach(line -> marks.addAll(pieces(
                line)));
        return new Canary("private key", "-----BEGIN " + label + "\n" + String.join("\n", lines)
                + "\n-----END " + label, marks);
    }

    private static List<String> pieces(String secret) {
        var pieces = new ArrayList<String>();
        for (int i = 0; i + PIECE <= secret.length(); i += PIECE) {
            pieces.add(secret.substring(i, i + PIECE));
        }
        pieces.add(secret.substring(secret.length() - PIECE));
        return pieces;
    }

    private String chars(String alphabet, int length) {
        var chars = new StringBuilder();
        for (int i = 0; i < length; i++) {
            chars.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return chars.toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Values that look like secrets and are none.
    String innocent(int number) {
        List<String> made = List.of(
                "commit " + chars(HEX, 40),
                "index " + chars(HEX, 7) + ".." + chars(HEX, 7) + " 100644",
                "id: " + uuid(),
                "request_id=" + uuid(),
                chars(HEX, 64) + "  dist/app-1.2.tar.gz",
                "\"integrity\": \"sha512-" + chars(BASE64, 86) + "==\"",
                "data:image/png;base64,iVBORw0KGgo" + chars(BASE64, 200) + "=",
                "const is" + word() + word() + " = get" + word() + word() + "();",
                low(word()) + "_token = next_" + low(word()) + "_token(" + chars(DIGITS, 2) + ")",
                "\"version\": \"1." + chars(DIGITS, 2) + ".0-rc.1+build." + chars(HEX, 7) + "\"",
                "!function(e,t){var n=e.token,r=t[" + chars(DIGITS, 3)
                        + "];n&&r.password===n.password||(e.key=t.key)}(this,x);",
                "github.com/acme/shop v1." + chars(DIGITS, 2) + ".0 h1:" + chars(BASE64, 43) + "=",
                "checksum = \"" + chars(HEX, 64) + "\"",
                "FROM node:20@sha256:" + chars(HEX, 64),
                "ETag: W/\"" + chars(HEX, 32) + "\"",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + chars(BASE64, 43) + " me@host",
                "traceparent: 00-" + chars(HEX, 32) + "-" + chars(HEX, 16) + "-01",
                "password = os.environ[\"" + up(word()) + "_PASSWORD\"]",
                "cache_key = \"" + word() + ":" + chars(DIGITS, 5) + ":" + chars(HEX, 32) + "\"",
                "api_key: ${" + up(word()) + "_API_KEY}",
                "token = " + low(word()) + "." + low(word()) + word() + "Token;",
                "max_tokens=" + chars("123456789", 5),
                "-----BEGIN CERTIFICATE-----\nMII" + chars(BASE64, 61) + "\n" + chars(BASE64, 64)
                        + "\n-----END CERTIFICATE-----",
                "primary_key: " + low(word()) + "_id_" + chars(DIGITS, 2),
                "https://cdn.example.com/app." + chars(HEX, 20) + ".min.js?v=" + chars(HEX, 8));
        return made.get(number % made.size());
    }

    private static String low(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static String up(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private String uuid() {
        return "%s-%s-4%s-a%s-%s".formatted(chars(HEX, 8), chars(HEX, 4), chars(HEX, 3),
                chars(HEX, 3), chars(HEX, 12));
    }

    private String word() {
        return oneOf(List.of("User", "Order", "Cache", "Session", "Refresh", "Parser", "Access",
                "Invoice"));
    }
}
