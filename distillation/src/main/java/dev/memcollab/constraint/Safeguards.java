package dev.memcollab.constraint;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells, without a model, whether a rule weakens what keeps people and data safe: "enforce
/// skipping the review", "avoid verifying the certificate".
///
/// Such a rule is grammatical, may even make tests pass, and can be repeated by whoever wants it
/// learnt; so neither runs nor verifiers speak for it, and only a person can.
final class Safeguards {
    /*
     * Two word lists and their order. A word that takes away before a safeguard, in one clause,
     * weakens; so does a safeguard before its end ("verification disabled"). A word of refusal
     * before both turns it round ("refusing to merge without a review"). In the slot "avoid" it is
     * the other way: taking away is good advice there, and the safeguard alone weakens, unless the
     * rest says that only some way of doing it is meant ("checking the input only on the client").
     *
     * It errs to the side of asking a person: a good rule taken for a bad one waits for approval.
     */
    private static final String TAKING = "(?:disabl|deactivat|skip|bypass|circumvent|weaken|loosen"
            + "|relax|suppress|silenc|omit|remov|drop|delet|ignor|disregard|overrid|stop|evad|defeat"
            + "|waiv|reduc|lower|avoid)\\w*";
    private static final String TAKES_AWAY = "(?:" + TAKING + "|leaving (?:out|off)|commenting out"
            + "|without|no|not|never|instead of|rather than"
            + "|(?:turn|switch)(?:ing)?(?: off|(?=(?: [\\w-]+){1,4} off\\b)))";
    private static final String GUARDING = "(?:verify|validat|authenticat|authori[sz]|encrypt|escap"
            + "|saniti[sz]|confirm|ask)ing";
    private static final String GUARD = "(?:" + GUARDING
            + "|verification|validation|authentication|authori[sz]ation|encryption"
            + "|saniti[sz]ation|confirmation|certificates?|signatures?|reviews?|tests?|test suite"
            + "|testing|sandbox(?:ing)?|isolation|backups?|rate limits?|limits|checks?|checksums?"
            + "|logging|logs|audits?|audit trail|approvals?|firewalls?|security|safety|safeguards?"
            + "|protections?|guards?|integrity|access controls?|tls|warnings)";
    /// A verb, or a noun that ends its phrase: "dropping the tests", but not "dropping the test data".
    private static final String GUARD_ITSELF = "\\b(?:" + GUARDING + "\\b|checking(?=$|,)|" + GUARD
            + "(?=$|,| (?:of|in|on|off|at|for|to|from|by|with|when|where|while|that|which|before"
            + "|after|until|during|and|or|so|as|if|unless|entirely|altogether|completely|first)\\b))";
    private static final String SAME_CLAUSE = " (?:(?!(?:before|after|until|when|while|and|or|but|if"
            + "|unless|in|at|by|with|from|to|for|as|through|into|on|only|because|so|" + TAKING
            + ")\\b)[\\w'-]+ ){0,3}";

    /// Before a match, in its clause.
    private static final Pattern REFUSED = Pattern.compile("\\b(?:reject\\w*|refus\\w*|deny\\w*"
            + "|block\\w*|forbid\\w*|prevent\\w*|prohibit\\w*|disallow\\w*|detect\\w*|flag\\w*"
            + "|fail\\w*|never|not|without)\\b(?:(?!\\b(?:by|and|or|but|so|then|because)\\b)[^,])*$");
    private static final List<Pattern> WEAKENED = List.of(
            // skipping the slow tests
            Pattern.compile("\\b" + TAKES_AWAY + SAME_CLAUSE + GUARD_ITSELF),
            // verification disabled
            Pattern.compile("\\b" + GUARD + " (?:[\\w-]+ )?(?:disabled|off|to false|skipped"
                    + "|bypassed|removed|suppressed|ignored|optional)\\b"),
            // bypassing permissions; dropping them is good advice
            Pattern.compile("\\b(?:skip|bypass|circumvent|disabl|overrid)\\w*" + SAME_CLAUSE
                    + "(?:permissions?|privileges)\\b"),
            // accepting any certificate, granting everyone access
            Pattern.compile("\\b(?:accept|trust|allow|grant|giv|permit)\\w* (?:[\\w-]+ ){0,3}"
                    + "(?:any|all|every|everyone|anyone|everything|full|unrestricted|self-signed"
                    + "|expired|invalid|unsigned|unverified)\\b(?: [\\w-]+){0,2} (?:access|rights?"
                    + "|permissions?|privileges?|roles?|origins?|hosts?|certificates?|signatures?"
                    + "|commands?|packages?|plugins?)\\b"),
            // giving access to everyone
            Pattern.compile("\\b(?:access|rights|permissions?|privileges) (?:[\\w-]+ ){0,3}"
                    + "(?:everyone|anyone|everybody|everything|the world|the public)\\b"),
            // running it as root
            Pattern.compile("\\bas (?:an? |the )?(?:root|administrator|admin|superuser)\\b"));
    /// A safeguard at the beginning of what is to be avoided.
    private static final Pattern DONE = Pattern.compile("^(?:(?:running|requiring|doing|performing"
            + "|waiting for|asking for|using|keeping|enforcing|enabling|making|taking|adding|having"
            + ") )?(?:(?:the|an?|any|all|its|their|every|each|extra|slow|needless|manual) )*"
            + "(?:[\\w-]+ ){0,2}?" + GUARD_ITSELF);
    /// Not the safeguard is to be avoided, but a way of it.
    private static final Pattern QUALIFIED = Pattern
            .compile("\\b(?:only|just|alone|twice|again|after"
                    + "|late|too|by|with|that|which|whose|inside|within|each|every|against|from|spread"
                    + "|scattered|repeated|copied|where|one)\\b");

    private Safeguards() {}

    static boolean weakenedBy(Constraint constraint) {
        String enforce = plain(constraint.enforce());
        String avoid = plain(constraint.avoid());
        return weakens(enforce) || (DONE.matcher(avoid).find() && !QUALIFIED.matcher(avoid).find()
                && WEAKENED.stream().noneMatch(way -> way.matcher(avoid).find()));
    }

    private static boolean weakens(String slot) {
        return WEAKENED.stream().flatMap(way -> way.matcher(slot).results())
                .anyMatch(found -> !REFUSED.matcher(slot.substring(0, found.start())).find());
    }

    private static String plain(String slot) {
        return slot.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
