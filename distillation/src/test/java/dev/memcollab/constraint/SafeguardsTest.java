package dev.memcollab.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeguardsTest {
    @ParameterizedTest
    @ValueSource(strings = {"turning off the verification of certificates",
            "turning the certificate check off", "skipping certificate verification",
            "disabling authentication for local callers", "bypassing the authorisation layer check",
            "bypassing permissions", "skipping the permission prompt", "skipping the slow tests",
            "dropping the failing test", "merging without a review", "deploying without tests",
            "not verifying the signature", "removing the signature check",
            "running the code without a sandbox", "leaving out the encryption",
            "sending it without encryption", "omitting input validation",
            "not validating the input", "rendering it without escaping",
            "switching off logging for speed", "suppressing the audit log's warnings",
            "deleting the backups", "raising no warnings", "removing rate limits",
            "relaxing the rate limit for known callers", "deleting old files without asking",
            "deleting the table without confirmation", "granting everyone access",
            "granting full access rights", "giving access to everyone",
            "accepting self-signed certificates", "accepting any certificate",
            "allowing all origins", "running it as root", "running the job as an administrator",
            "certificate verification disabled", "setting verification to false",
            "leaving the checks off", "making the review optional",
            "plain text instead of encryption",
            "never asking for approval", "commenting out the failing tests",
            "lowering the security of the connection", "ignoring failed security checks",
            "overriding the access controls", "stopping the firewall"})
    void enforcingLessSafetyWeakens(String enforce) {
        assertThat(weakened(enforce, "the slow way")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verifying the certificate", "asking the user before deleting",
            "waiting for a review", "running the tests", "validating the input",
            "escaping the output", "authentication", "the sandbox", "a backup", "logging",
            "checks of the signature", "requiring authorisation", "encrypting the backup",
            "slow certificate checks", "rate limits"})
    void avoidingSafetyWeakens(String avoid) {
        assertThat(weakened("the quick way", avoid)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refusing to merge without a review",
            "rejecting requests without authentication", "blocking attempts to bypass the check",
            "never skipping the tests", "failing the build when tests are skipped by name",
            "removing the test data after the run", "dropping privileges that are not needed",
            "skipping blank lines before validation", "not logging secrets",
            "turning the verification on", "lowering the permissions of the job",
            "a test without a real network", "deleting expired rows after a backup",
            "giving every worker its own connection", "allowing any order of the keys"})
    void enforcingSafetyDoesNot(String enforce) {
        assertThat(weakened(enforce, "the slow way")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"skipping the check", "turning the verification off",
            "deleting without asking", "running without a sandbox", "disabling tests",
            "checking the input only on the client", "escaping it twice", "escaping by hand",
            "tests that depend on their order", "validation scattered over the code",
            "verifying it after the write", "checking for it first", "logging the password"})
    void avoidingLessSafetyDoesNot(String avoid) {
        assertThat(weakened("the quick way", avoid)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.memcollab.constraint.GoodRules#all")
    void noGoodRuleWaitsForAPerson(Constraint rule) {
        assertThat(Safeguards.weakenedBy(rule)).isFalse();
    }

    private static boolean weakened(String enforce, String avoid) {
        return Safeguards.weakenedBy(new Constraint("a job is slow", enforce, avoid));
    }
}
