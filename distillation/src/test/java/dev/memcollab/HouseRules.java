package dev.memcollab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What holds for the main code of every module; a module's ArchitectureTest extends it and adds
/// its own borders.
@TestInstance(Lifecycle.PER_CLASS)
public abstract class HouseRules {
    private static final Set<Class<?>> GENERIC = Set.of(Throwable.class, Exception.class,
            RuntimeException.class, Error.class);

    private final int fewest;
    private final JavaClasses classes;

    /// Takes the module's classes.
    ///
    /// @param fewest the least number of them; fewer means that they were not found
    protected HouseRules(int fewest, String... packages) {
        this.fewest = fewest;
        this.classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
    }

    protected final JavaClasses classes() {
        return classes;
    }

    /// Names of the classes that own the process, and so its streams and its logging; a library has
    /// none.
    protected Set<String> ownersOfTheProcess() {
        return Set.of();
    }

    @Test
    void enoughClassesAreScanned() {
        assertThat(classes).hasSizeGreaterThanOrEqualTo(fewest);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", one.getName()).isTrue());
    }

    @Test
    void nobodyTouchesTheStandardStreams() {
        noClasses().that(not(owners())).should(ACCESS_STANDARD_STREAMS).check(classes);
    }

    @Test
    void nobodyUsesJavaUtilLogging() {
        noClasses().that(not(owners())).should(USE_JAVA_UTIL_LOGGING).check(classes);
    }

    @Test
    void nobodyMakesGenericExceptions() {
        noClasses().should().callConstructorWhere(generic()).check(classes);
    }

    private DescribedPredicate<JavaClass> owners() {
        return belongTo(DescribedPredicate.describe("an owner of the process",
                one -> ownersOfTheProcess().contains(one.getName())));
    }

    /// A generic exception made for its own sake, not as the `super(…)` of a better one.
    private static DescribedPredicate<JavaConstructorCall> generic() {
        return DescribedPredicate.describe("makes a generic exception",
                call -> GENERIC.stream().anyMatch(call.getTargetOwner()::isEquivalentTo)
                        && !call.getOriginOwner().isAssignableTo(Throwable.class));
    }
}
