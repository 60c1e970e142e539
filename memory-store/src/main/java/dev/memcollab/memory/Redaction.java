package dev.memcollab.memory;

import static dev.memcollab.memory.SecretPattern.shaped;
import static dev.memcollab.memory.SecretPattern.token;

import dev.memcollab.constraint.Constraint;
import dev.memcollab.constraint.LearntConstraint;
import dev.memcollab.constraint.LearntConstraint.Scope;
import dev.memcollab.constraint.LearntConstraint.Source;
import dev.memcollab.trajectory.Project;
import dev.memcollab.trajectory.Step;
import dev.memcollab.trajectory.Task;
import dev.memcollab.trajectory.Trajectory;
import dev.memcollab.trajectory.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes secrets out of texts: each becomes `[redacted:kind]`.
///
/// It goes by shape, not by guess: the token formats that issuers publish, private keys, passwords in
/// URLs and headers, and values assigned to names such as `password`. Code without values, hashes and
/// UUIDs stay, and e-mail addresses unless they are asked for. Redacting twice is the same as once. Thread-safe.
public final class Redaction {
    /*
     * Shapes are bounded and mostly without nested repetition, so that hostile text costs no more
     * than long text. The order matters: the more a shape knows, the earlier it comes; what one has
     * taken out, none after it matches.
     */
    private static final String PEM_LABEL = "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";
    private static final String PEM_TEXT = "[A-Za-z0-9+/=\\s\\\\:,.\"'|>*]";
    private static final int PEM_SHORTEST = 32;
    private static final String PEM_BREAK = "(?:\\s|\\\\[nr])";

    private static final String NAME = "(?<name>pass(?:word|wd|phrase)|pwd|secret(?:[_-]?access)?"
            + "(?:[_-]?key)?|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key"
            + "|client[_-]?key[_-]?data|encryption[_-]?key|signing[_-]?key|account[_-]?key|credentials?)";
    private static final String NAME_SUFFIX = "(?:[_-]?(?:\\d{1,2}|prod|dev|live|test|value|b64))?";
    /// In JSON within JSON a quote gains a row of backslashes.
    private static final String ESCAPES = "\\\\{0,15}";
    private static final String ASSIGNS = ESCAPES + "[\"'`]?\\]?[ \\t]{0,20}"
            + "(?::[ \\t]{0,5}[A-Za-z][\\w.\\[\\]]{0,30}[ \\t]{0,5}=|:=|=>|={1,3}|:)[ \\t]{0,20}";
    private static final String QUOTED = "(?<quote>" + ESCAPES
            + "[\"'`])(?<secret>(?:(?!(?<!\\\\)\\k<quote>)[^\\n\\r]){6,200}?)(?<!\\\\)\\k<quote>";
    private static final String BARE = "(?<secret>[^\\s\"'`,;(){}\\[\\]<>\\\\|]{8,512}+)"
            + "(?![\\w.(\\[{]|<(?!/))";

    private static final List<SecretPattern> PATTERNS = List.of(
            shaped("private-key",
                    "(?<secret>-----BEGIN " + PEM_LABEL + "(?<body>(?:" + PEM_TEXT + "{1,20000}+-"
                            + "(?!-)){0,400}" + PEM_TEXT + "{0,20000}+)-----END " + PEM_LABEL
                            + ")",
                    "private key").where(match -> match.group("body").length() >= PEM_SHORTEST),
            shaped("private-key",
                    "(?<secret>-----BEGIN " + PEM_LABEL + "(?:" + PEM_BREAK
                            + "{1,8}[A-Za-z0-9+/=]{30,}+){1,400}(?:" + PEM_BREAK
                            + "{1,8}[A-Za-z0-9+/]{1,80}={1,2})?)",
                    "private key"),
            token("aws-access-key", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", "akia", "asia", "abia",
                    "acca"),
            shaped("aws-secret-key",
                    "(?i)aws[\\w.-]{0,20}(?:secret|session)[\\w.-]{0,20}(?:" + ASSIGNS
                            + "|[ \\t]{1,3})" + ESCAPES
                            + "[\"'`]?(?<secret>[A-Za-z0-9/+=]{40,2000})",
                    "aws"),
            token("github-token", "gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}",
                    "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
            token("gitlab-token",
                    "gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas)-[A-Za-z0-9_.-]{20,300}",
                    "glpat-", "glptt-", "gldt-", "glrt-", "glcbt-", "glft-", "glsoat-", "glagent-",
                    "glimt-", "gloas-"),
            token("slack-token", "xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,250}"
                    + "|xapp-\\d-[A-Za-z0-9-]{10,250}", "xox", "xapp-"),
            shaped("slack-webhook",
                    "https://hooks\\.slack\\.com/(?<secret>(?:services|workflows|triggers)"
                            + "/[A-Za-z0-9+/]{20,200})",
                    "hooks.slack.com"),
            token("google-key", "AIza[0-9A-Za-z_-]{35}|ya29\\.[0-9A-Za-z_-]{20,500}"
                    + "|GOCSPX-[A-Za-z0-9_-]{28}", "aiza", "ya29.", "gocspx-"),
            token("anthropic-key", "sk-ant-[A-Za-z0-9_-]{20,300}", "sk-ant-"),
            token("openai-key", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,300}"
                    + "|sk-(?=[A-Za-z]{0,200}[0-9])[A-Za-z0-9]{32,200}", "sk-"),
            token("stripe-key", "(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{16,250}"
                    + "|whsec_[A-Za-z0-9+/]{24,100}={0,2}", "k_live_", "k_test_", "k_prod_",
                    "whsec_"),
            token("npm-token", "npm_[A-Za-z0-9]{36}", "npm_"),
            token("pypi-token", "pypi-AgE[A-Za-z0-9_-]{50,500}", "pypi-age"),
            token("huggingface-token", "hf_[A-Za-z]{34,60}|api_org_[A-Za-z]{34}", "hf_",
                    "api_org_"),
            token("sendgrid-key", "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}", "sg."),
            token("digitalocean-token", "do[opr]_v1_[a-f0-9]{64}", "_v1_"),
            token("docker-token", "dckr_[po]at_[A-Za-z0-9_-]{27,80}", "dckr_"),
            token("vault-token", "hv[sb]\\.[A-Za-z0-9_-]{24,300}", "hvs.", "hvb."),
            token("databricks-token", "dapi[a-f0-9]{32}(?:-\\d)?", "dapi"),
            token("shopify-token", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "shp"),
            token("telegram-token", "\\d{8,10}:AA[A-Za-z0-9_-]{33}", ":aa"),
            token("age-key", "AGE-SECRET-KEY-1[0-9A-Z]{58}", "age-secret-key-1"),
            token("api-key", "gsk_[A-Za-z0-9]{52}|xai-[A-Za-z0-9]{80}|pplx-[A-Za-z0-9]{48}"
                    + "|r8_[A-Za-z0-9]{37}|lin_api_[A-Za-z0-9]{40}|ntn_[A-Za-z0-9]{46}"
                    + "|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|NRAK-[A-Z0-9]{27}"
                    + "|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|dp\\.(?:pt|st|ct)\\.[A-Za-z0-9._-]{40,80}"
                    + "|pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}|sbp_[a-f0-9]{40}"
                    + "|sntry[su]_[A-Za-z0-9+/=_-]{40,500}|rubygems_[a-f0-9]{48}"
                    + "|ATATT3[A-Za-z0-9_=-]{100,500}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}",
                    "gsk_", "xai-", "pplx-", "r8_", "lin_api_", "ntn_", "pmak-", "nrak-", "glsa_",
                    "dp.pt.", "dp.st.", "dp.ct.", "pscale_", "sbp_", "sntrys_", "sntryu_",
                    "rubygems_", "atatt3", "sq0atp-", "sq0csp-"),
            token("api-key", "key-[a-f0-9]{32}", "key-"),
            token("jwt", "eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{8,16000}"
                    + "\\.[A-Za-z0-9_-]{8,4000}", "eyj"),
            shaped("url-password",
                    "(?i)[a-z][a-z0-9+.-]{1,30}://[^\\s/:@\"'`<>]{0,100}:"
                            + "(?<secret>[^\\s/\"'`<>,;()\\[\\]?#]{1,200})@",
                    "://").where(match -> Secrecy.of(match.group("secret")).isNoPlaceholder()),
            shaped("url-parameter",
                    "(?i)[?&](?:password|passwd|pwd|access_token|auth_token|refresh_token|token"
                            + "|api_?key|secret|client_secret|sig|signature)="
                            + "(?<secret>[^&\\s\"'`<>\\[\\]{}()\\\\]{6,1000})",
                    "password=", "passwd=", "pwd=", "token=", "key=", "secret=", "sig=",
                    "signature=").where(match -> Secrecy.of(match.group("secret")).isWord()),
            shaped("authorization",
                    "(?i)authorization" + ESCAPES + "[\"'`]?\\]?\\s{0,5}[:=,]\\s{0,5}(?:" + ESCAPES
                            + "[\"'`])?"
                            + "(?:bearer|basic|token|bot|apikey|digest)\\s{1,5}"
                            + "(?<secret>[A-Za-z0-9._~+/=-]{8,4000})",
                    "authorization").where(match -> Secrecy.of(match.group("secret")).isCode()),
            shaped("authorization",
                    "(?i)(?<![A-Za-z0-9_])bearer\\s{1,5}(?<secret>[A-Za-z0-9._~+/=-]{20,4000})",
                    "bearer").where(match -> Secrecy.of(match.group("secret")).isRandom()),
            shaped("connection-string",
                    "(?i)(?:;(?:password|pwd)=(?<secret>[^;\"'`\\s$<{(\\[]{3,200})(?=[;\"'`\\s]|$))",
                    "password=", "pwd=")
                    .where(match -> Secrecy.of(match.group("secret")).isNoPlaceholder()),
            shaped("command-line",
                    "(?i)\\s--?(?:password|passwd|passphrase|token|api-?key|secret|auth-?token)"
                            + "\\s{1,3}[\"']?(?<secret>[^\\s\"'`$<{(\\[-][^\\s\"'`\\[\\]]{5,300})",
                    "-pass", "-token", "-api", "-secret", "-auth")
                    .where(match -> Secrecy.of(match.group("secret")).isWord()),
            shaped("command-line",
                    "\\bcurl\\b[^\\n]{0,300}?\\s(?:-u|--user)[ =]{0,3}[\"']?[^\\s:\"'$]{1,64}:"
                            + "(?<secret>[^\\s\"'`$<{\\[]{4,200})",
                    "curl").where(match -> Secrecy.of(match.group("secret")).isNoPlaceholder()),
            shaped("password", "(?i)" + NAME + NAME_SUFFIX + ASSIGNS + QUOTED, "pass", "pwd",
                    "secret", "token", "key", "credential").where(Redaction::quotedSecret),
            shaped("password", "(?i)" + NAME + NAME_SUFFIX + ASSIGNS + BARE, "pass", "pwd",
                    "secret", "token", "key", "credential").where(Redaction::bareSecret),
            shaped("password", "(?i)<[\\w.:-]{0,40}" + NAME + NAME_SUFFIX
                    + ">\\s{0,20}(?<secret>[^<>\\s]{6,500})\\s{0,20}</", "pass", "pwd", "secret",
                    "token", "key", "credential").where(Redaction::quotedSecret),
            shaped("password", "(?i)\\blogin\\s{1,5}\\S{1,100}\\s{1,5}password\\s{1,5}"
                    + "(?<secret>\\S{4,200})", "login")
                    .where(match -> Secrecy.of(match.group("secret")).isWord()),
            shaped("password", "(?i)(?<![A-Za-z0-9])_?auth" + ESCAPES
                    + "\"?\\s{0,5}[:=]\\s{0,5}" + ESCAPES
                    + "\"?(?<secret>[A-Za-z0-9+/]{12,2000}={0,2})", "auth")
                    .where(match -> Secrecy.of(match.group("secret")).isRandom()));

    /// The user of a repository's address is everybody, and what follows `//` is a URL's host.
    private static final SecretPattern EMAIL = shaped("email",
            "(?<![A-Za-z0-9._%+/-])(?!(?:git|hg|svn)@)(?<secret>[A-Za-z0-9._%+-]{1,64}"
                    + "@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9_-])",
            "@");

    private final List<SecretPattern> patterns;

    /// Takes secrets out, and leaves e-mail addresses.
    public Redaction() {
        this(PATTERNS);
    }

    private Redaction(List<SecretPattern> patterns) {
        this.patterns = patterns;
    }

    /// Takes out e-mail addresses too.
    public static Redaction withEmails() {
        var all = new ArrayList<>(PATTERNS);
        all.add(EMAIL);
        return new Redaction(List.copyOf(all));
    }

    /// The text without secrets.
    public String redact(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        String clean = text;
        for (SecretPattern pattern : patterns) {
            clean = pattern.takeOut(clean, lowerCase);
        }
        return clean;
    }

    /// The project without secrets, such as the password in a remote's URL.
    public Project redact(Project project) {
        return new Project(redact(project.name()));
    }

    /// The task without secrets in any of its texts.
    public Task redact(Task task) {
        String givenId = task.givenId();
        return new Task(within(Task.MAX_CHARACTERS, task.text()),
                givenId == null ? null : redact(givenId), redact(task.project()), task.category(),
                redact(task.verifier()));
    }

    /// The step without secrets.
    public Step redact(Step step) {
        return new Step(step.kind(), redact(step.text()));
    }

    /// The report without secrets.
    public Trajectory.Report redact(Trajectory.Report report) {
        return new Trajectory.Report(redact(report.agent()), redact(report.feedback()),
                report.recalled().stream().map(this::redact).toList());
    }

    /// The trajectory without secrets in any of its texts, under the id that it has.
    public Trajectory redact(Trajectory trajectory) {
        List<Step> steps = trajectory.steps().stream().map(this::redact).toList();
        String feedback = redact(trajectory.feedback());
        if (Trajectory.characters(steps, feedback) > Trajectory.MAX_CHARACTERS) {
            steps = trajectory.steps().stream().map(this::within).toList();
            feedback = within(trajectory.feedback().length(), trajectory.feedback());
        }
        return new Trajectory(trajectory.id(), redact(trajectory.task()), trajectory.outcome(),
                steps, redact(trajectory.agent()), feedback,
                trajectory.recalled().stream().map(this::redact).toList(),
                trajectory.recordedAt());
    }

    /// The constraint without secrets in its slots and its sources, under the id that it has.
    public LearntConstraint redact(LearntConstraint learnt) {
        Constraint constraint = learnt.constraint();
        var clean = new Constraint(redact(constraint.when()), redact(constraint.enforce()),
                redact(constraint.avoid()));
        var scope = new Scope(redact(learnt.scope().project()), learnt.scope().category());
        List<Source> sources = learnt.sources().stream()
                .map(source -> new Source(source.kind(), redact(source.task()),
                        source.trajectories(), source.weak(), source.strong()))
                .toList();
        return new LearntConstraint(learnt.id(), clean, scope, sources, learnt.evidence(),
                learnt.ruling(), learnt.learntAt());
    }

    private Step within(Step step) {
        return new Step(step.kind(), within(step.text().length(), step.text()));
    }

    private @Nullable Verifier redact(@Nullable Verifier verifier) {
        return switch (verifier) {
            case Verifier.Answer(String expected) -> new Verifier.Answer(redact(expected));
            case Verifier.Tests(String code) -> new Verifier.Tests(redact(code));
            case null -> null;
        };
    }

    /// A mark may be longer than what it stands for: then the end of the text has to go.
    private String within(int characters, String text) {
        String clean = redact(text);
        return clean.length() <= characters ? clean : clean.substring(0, characters);
    }

    private static boolean quotedSecret(Matcher match) {
        Secrecy value = Secrecy.of(match.group("secret"));
        return isPassword(match) ? value.isNoPlaceholder() : value.isCode();
    }

    private static boolean bareSecret(Matcher match) {
        Secrecy value = Secrecy.of(match.group("secret"));
        return value.isNoReference() && (isPassword(match) ? value.isWord() : value.isRandom());
    }

    private static boolean isPassword(Matcher match) {
        return Pattern.matches("(?i)pass.*|pwd", match.group("name"));
    }
}
